"""The files that are not looked into: those that hold others, packed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# Documents of offices are archives too.
_ENDINGS = (
    *(".zip", ".jar", ".war", ".ear", ".apk", ".aar", ".ipa", ".whl", ".egg", ".nupkg", ".vsix"),
    *(".xpi", ".crx", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".epub", ".tar", ".tgz", ".tbz2"),
    *(".txz", ".gz", ".bz2", ".xz", ".zst", ".lz4", ".7z", ".rar", ".cab", ".deb", ".rpm", ".gem"),
)
# The pattern of their paths, as bytes; the choice is tried behind a dot alone.
NAMED = rf"\.(?i:{'|'.join(ending[1:] for ending in _ENDINGS)})\Z".encode()
# What they begin with: zip, gzip, bzip2, xz, Zstandard, 7z, RAR.
_BEGINNINGS = (
    *(b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd"),
    *(b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07"),
)
_MOST_NAMES = 5


def is_archive(path: Path) -> bool:
    """Whether a file's name is that of an archive."""
    return path.suffix.lower() in _ENDINGS


def is_packed(data: bytes) -> bool:
    """Whether a file's content, or the beginning of it, is that of an archive."""
    # One that is a program too, as those of Python's `zipapp`, begins with a line for the system.
    return (data.partition(b"\n")[2] if data.startswith(b"#!") else data).startswith(_BEGINNINGS)


def not_read(names: Sequence[str]) -> str:
    """Return a sentence on the archives that nobody has looked into."""
    listed = ", ".join(names[:_MOST_NAMES])
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    subject = "1 archive was" if len(names) == 1 else f"{len(names)} archives were"
    return f"{subject} not looked into: {listed}{more}"
