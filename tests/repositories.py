"""Git repositories for tests, made anew and independent of the person's own configuration."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from notion_lsp.detect.plain import find_plain

if TYPE_CHECKING:
    from pathlib import Path

_AUTHOR = ("-c", "user.name=A", "-c", "user.email=a@example.org")


def run_git(folder: Path, *arguments: str) -> None:
    environment = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(
        ["git", *_AUTHOR, *arguments], cwd=folder, env=environment, check=True, capture_output=True
    )


def make_repository(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    run_git(folder, "init", "--quiet")
    return folder


def repository_with(folder: Path, text: str, message: str = "a change") -> Path:
    """Make a repository whose one commit has the text as `a.py`."""
    write(make_repository(folder) / "a.py", text)
    commit(folder, message)
    return folder


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def commit(folder: Path, message: str = "a change") -> str:
    """Commit all of the work tree, and return the id of the commit."""
    run_git(folder, "add", "--all")
    run_git(folder, "commit", "--quiet", "--allow-empty", "--message", message)
    return answer(folder, "rev-parse", "HEAD")


def answer(folder: Path, *arguments: str) -> str:
    """Return what git answers, in one line."""
    done = subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)
    return done.stdout.decode().strip()


def refusal(folder: Path, *arguments: str) -> str:
    """Return what is said when git refuses; a token is never among it."""
    with pytest.raises(subprocess.CalledProcessError) as refused:
        run_git(folder, *arguments)
    said: bytes = refused.value.stdout + refused.value.stderr
    assert not find_plain(said.decode())
    return said.decode()
