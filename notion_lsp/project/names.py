"""The files of a folder that are told by their names, whatever they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.files import git, gitignore, ripgrep

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator
    from pathlib import Path


def files_named(folder: Path, name: re.Pattern[bytes]) -> list[Path]:
    """Return the files that a search of the folder meets and whose path below it has such a name.

    Empty ones are among them.
    """
    ignored = git.is_ignored(folder)
    if ignored is False:
        return [
            path
            for path in _in_repository(folder, name)
            if not set(gitignore.METADATA).intersection(path.relative_to(folder).parts)
        ]
    found = ripgrep.listed(folder, name, ignored=bool(ignored), left_out=gitignore.METADATA)
    if found is not None:
        return found
    return [path for path in gitignore.walk(folder) if name.search(bytes(path.relative_to(folder)))]


def _in_repository(folder: Path, name: re.Pattern[bytes]) -> Iterator[Path]:
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        waiting += git.inner_repositories(here)
        yield from git.listed(here, name)
