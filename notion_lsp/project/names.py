"""The files of a folder that are told by their names, whatever they hold."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from notion_lsp.files import git, gitignore, ripgrep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path


def files_named(folder: Path, told: Callable[[bytes], Iterable[bytes]]) -> list[Path]:
    """Return the files that a search of the folder meets and that are told by their names.

    Empty ones are among them. `told` is given paths, with a zero byte behind each, and returns some
    of these.
    """
    in_repository = gitignore.top_of(folder) is not None
    is_ignored = git.is_ignored(folder) if in_repository else None
    if is_ignored is False:
        return list(_in_repository(folder, told))
    left_out = gitignore.METADATA
    found = ripgrep.named(folder, told, ignored=bool(is_ignored), left_out=left_out)
    return _among(folder, gitignore.walk(folder), told) if found is None else found


def _among(
    folder: Path, walked: Iterable[Path], told: Callable[[bytes], Iterable[bytes]]
) -> list[Path]:
    listed = b"".join(b"%b\0" % bytes(path.relative_to(folder)) for path in walked)
    return _named(folder, told(listed))


def _in_repository(folder: Path, told: Callable[[bytes], Iterable[bytes]]) -> Iterator[Path]:
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        waiting += git.inner_repositories(here)
        yield from _named(here, told(git.listed(here)))


def _named(folder: Path, paths: Iterable[bytes]) -> list[Path]:
    return [folder / os.fsdecode(path) for path in dict.fromkeys(paths)]
