"""A vendor's own command, where nothing else knows how a person has signed in.

It is told a value by standard input alone, and what it says is not shown: it may quote that.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from notion_lsp.files import programs
from notion_lsp.keep import NotKeptError

if TYPE_CHECKING:
    import subprocess

    from notion_lsp.keep import Environment

_BOUNDS = programs.Bounds(seconds=60.0)  # a person may have to unlock something first


def run(
    title: str, environment: Environment, *command: str, given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """Return what became of a command on the environment's `PATH`.

    Raise `NotKeptError` where it is not there, or does not end.
    """
    name, *arguments = command
    path = path_of(name, environment)
    if path is None:
        raise NotKeptError(f"This needs `{name}`, the command of {title}: install it.")
    told = [str(path), *arguments]
    done = programs.run(told, path.parent, environment, ends=programs.Ends(given), bounds=_BOUNDS)
    if done is None:
        raise NotKeptError(f"`{name}` does not answer: see what it does by itself.")
    return done


def path_of(name: str, environment: Environment) -> Path | None:
    """Return where a command is on the environment's `PATH`, `None` if it is not."""
    path = shutil.which(name, path=environment.get("PATH", ""))
    # On Windows, a program of the working folder would be found first.
    return Path(path) if path and Path(path).is_absolute() else None


def signed_in(title: str, environment: Environment, *command: str) -> str:
    """Return the first line that a command prints: the access token of who is signed in."""
    done = run(title, environment, *command)
    printed = done.stdout.decode("ascii", "replace").strip()
    if done.returncode or not printed.isprintable() or not printed:
        raise NotKeptError(f"`{command[0]}` is not signed in to {title}: sign in again.")
    return printed
