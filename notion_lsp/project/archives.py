"""The files that are not looked into: those that hold others, packed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import PurePath

# Documents of offices are archives too.
_ENDINGS = (
    *(".zip", ".jar", ".war", ".ear", ".apk", ".aar", ".ipa", ".whl", ".egg", ".nupkg", ".vsix"),
    *(".xpi", ".crx", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".epub", ".tar", ".tgz", ".tbz2"),
    *(".txz", ".gz", ".bz2", ".xz", ".zst", ".lz4", ".7z", ".rar", ".cab", ".deb", ".rpm", ".gem"),
)
# The end of their paths, in bytes: it is tried behind a dot alone, and a zero byte ends a path.
NAMED = re.compile(rf"\.(?i:{'|'.join(ending[1:] for ending in _ENDINGS)})\x00".encode())
# What they begin with: zip, gzip, bzip2, xz, Zstandard, 7z, RAR.
_BEGINNINGS = (
    *(b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd"),
    *(b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07"),
)
MOST_NAMED = 5  # archives in a sentence on them


def is_archive(path: PurePath) -> bool:
    """Whether a file's name is that of an archive."""
    return path.suffix.lower() in _ENDINGS


def is_packed(data: bytes) -> bool:
    """Whether a file's content, or the beginning of it, is that of an archive."""
    # One that is a program too, as those of Python's `zipapp`, begins with a line for the system.
    return (data.partition(b"\n")[2] if data.startswith(b"#!") else data).startswith(_BEGINNINGS)


def not_read(first: Sequence[str], number: int) -> str:
    """Return a sentence on the archives that nobody has looked into, which names the first ones."""
    more = f" and {number - len(first)} more" if number > len(first) else ""
    subject = "1 archive was" if number == 1 else f"{number} archives were"
    return f"{subject} not looked into: {', '.join(first)}{more}"
