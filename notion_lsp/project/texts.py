"""The texts of files: as an editor or a rewrite has them now, else as they are saved."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from notion_lsp.files import read_write
from notion_lsp.refused import Refused

# Texts that are newer than those on the disk, by their files' paths.
Newer = Mapping[Path, str]
AS_SAVED: Newer = MappingProxyType({})


def text_of(path: Path, newer: Newer) -> str | None:
    """Return the text of a file, `None` where it cannot be read."""
    return newer[path] if path in newer else read_write.text_of(path)


def text_to_edit(path: Path, newer: Newer) -> str | Refused | None:
    """Return the text of a file that is to be edited, `None` where there is no file yet."""
    if path in newer:
        return newer[path]
    if not read_write.exists(path):
        return None
    read = read_write.read(path)
    if isinstance(read, read_write.Unreadable):
        return Refused(f"{path.name} cannot be read: {read.reason}.")
    return read.text
