"""The files of a folder that are told by their names, whatever they hold."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from notion_lsp.files import git, gitignore, ripgrep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path


def listed(folder: Path) -> dict[Path, bytes]:
    """Return a folder and the repositories in it, with the files of each that count, as git has it.

    The files are paths, with a zero byte behind each. A folder outside of a repository is taken for
    one. Nothing is listed of a folder that is ignored itself, and where git is missing.
    """
    found: dict[Path, bytes] = {}
    waiting = [] if git.is_ignored(folder) else [folder]
    while waiting:
        here = waiting.pop()
        there = git.listed(here)
        if there is not None:
            found[here] = there.names
            waiting += there.inner
    return found


def files_named(
    folder: Path, by_git: Mapping[Path, bytes], told: Callable[[bytes], Iterable[bytes]]
) -> list[Path]:
    """Return the files that a search of the folder meets and that are told by their names.

    Empty ones are among them. `told` is given paths, with a zero byte behind each, and returns some
    of these. What git has listed is known.
    """
    if by_git:
        found = {here: git.unignored(here, told(names)) for here, names in by_git.items()}
        return [path for here, named in found.items() for path in _named(here, named)]
    left_out = gitignore.METADATA
    ignored = bool(git.is_ignored(folder))
    by_ripgrep = ripgrep.named(folder, told, ignored=ignored, left_out=left_out)
    return _walked(folder, told) if by_ripgrep is None else by_ripgrep


def _walked(folder: Path, told: Callable[[bytes], Iterable[bytes]]) -> list[Path]:
    walked = (bytes(path.relative_to(folder)) for path in gitignore.walk(folder))
    return _named(folder, told(b"".join(b"%b\0" % name for name in walked)))


def _named(folder: Path, paths: Iterable[bytes]) -> list[Path]:
    return [folder / os.fsdecode(path) for path in dict.fromkeys(paths)]
