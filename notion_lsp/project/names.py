"""The files of a folder that are told by their names, whatever they hold."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from notion_lsp.files import git, gitignore, ripgrep

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence
    from pathlib import Path


def files_named(folder: Path, names: Sequence[re.Pattern[bytes]]) -> list[Path]:
    """Return the files that a search of the folder meets and whose path below it has such a name.

    Empty ones are among them. A zero byte stands behind each path.
    """
    ignored = git.is_ignored(folder)
    if ignored is False:
        return [
            path
            for path in _in_repository(folder, names)
            if not set(gitignore.METADATA).intersection(path.relative_to(folder).parts)
        ]
    listed = ripgrep.listed(folder, left_out=gitignore.METADATA)
    if listed is None:
        walked = (bytes(path.relative_to(folder)) for path in gitignore.walk(folder))
        listed = b"".join(b"%b\0" % path for path in walked)
    # To ask about the few with such a name takes less time than to ask about all of them.
    return list(gitignore.met(folder, _named(folder, listed, names)))


def _in_repository(folder: Path, names: Sequence[re.Pattern[bytes]]) -> Iterator[Path]:
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        waiting += git.inner_repositories(here)
        yield from _named(here, git.listed(here), names)


def _named(folder: Path, listed: bytes, names: Sequence[re.Pattern[bytes]]) -> list[Path]:
    # To look at each path by itself takes several times as long as to look at all of them.
    places = (found.start() for name in names for found in name.finditer(listed))
    starts = dict.fromkeys(listed.rfind(b"\0", 0, place) + 1 for place in places)
    paths = dict.fromkeys(listed[start : listed.index(b"\0", start)] for start in starts)
    return [folder / os.fsdecode(path) for path in paths]
