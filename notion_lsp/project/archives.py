"""The files that are not looked into: those that hold others, packed."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from notion_lsp.files import read_write

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path, PurePath
    from typing import BinaryIO

# Documents of offices are archives too.
_ENDINGS = (
    *(".zip", ".jar", ".war", ".ear", ".apk", ".aar", ".ipa", ".whl", ".egg", ".nupkg", ".vsix"),
    *(".xpi", ".crx", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".epub", ".tar", ".tgz", ".tbz2"),
    *(".txz", ".gz", ".bz2", ".xz", ".zst", ".lz4", ".7z", ".rar", ".cab", ".deb", ".rpm", ".gem"),
)
# The end of their paths, in bytes: it is tried behind a dot alone, and a zero byte ends a path.
_CHOICE = "|".join(ending[1:] for ending in _ENDINGS)
NAMED = rf"\.(?i:{_CHOICE})\x00"
# Where capitals do not count, `re` tries each choice to its end.
_NAMED_IN_LOWER_CASE = rf"\.(?:{_CHOICE})\x00".encode()
# What they begin with: zip, gzip, compress, xz, Zstandard, bzip2, 7z, RAR, lz4, lzip, lzop,
# cabinets, packages of Debian, RPM, macOS and Chrome. No word of a text is one of these.
_BEGINNINGS = (
    *(b"PK\x03\x04", b"\x1f\x8b\x08", b"\x1f\x9d", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd"),
    *(b"BZh%d1AY&SY" % level for level in range(1, 10)),
    *(b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x04\x22\x4d\x18", b"LZIP\x01", b"\x89LZO\0"),
    *(b"MSCF\0\0\0\0", b"!<arch>\ndebian-binary", b"\xed\xab\xee\xdb", b"xar!\0"),
    *(b"Cr24\x02\0", b"Cr24\x03\0"),
)
# A zip may stand behind a program that unpacks it. It is told by its end (APPNOTE.TXT of PKWARE,
# 4.3.16), which has 22 bytes unless there is a comment.
_END_OF_ZIP, _SIZE_OF_END = b"PK\x05\x06", 22
_HEAD = 2**10  # bytes that tell an archive
MOST_NAMED = 5  # archives in a sentence on them


def is_archive(path: PurePath) -> bool:
    """Whether a file's name is that of an archive."""
    return path.suffix.lower() in _ENDINGS


def named_so(listed: bytes) -> Iterator[bytes]:
    """Yield those of the paths, with a zero byte behind each, that have the name of an archive."""
    # To look at each path by itself takes several times as long as to look at all of them.
    for found in re.finditer(_NAMED_IN_LOWER_CASE, listed.lower()):
        yield listed[listed.rfind(b"\0", 0, found.start()) + 1 : found.end() - 1]


def is_packed(data: bytes) -> bool:
    """Whether a file's content is that of an archive."""
    # One that is a program too, as those of Python's `zipapp`, begins with a line for the system.
    content = data.partition(b"\n")[2] if data.startswith(b"#!") else data
    end = data[-_SIZE_OF_END:] if len(data) > _SIZE_OF_END else b""
    return content.startswith(_BEGINNINGS) or end.startswith(_END_OF_ZIP)


def holds_an_archive(file: BinaryIO) -> bool:
    """Whether the content of an open file, from its start, is that of an archive."""
    head = file.read(_HEAD)
    if not file.seekable():
        return is_packed(head)
    file.seek(max(len(head), file.seek(0, os.SEEK_END) - _SIZE_OF_END))
    return is_packed(head + file.read())


def is_named_archive(path: Path) -> bool:
    """Whether a file has the name of an archive, and not the content of lines in ASCII."""
    if not is_archive(path):
        return False
    try:
        opened = read_write.open_file(path)
        if isinstance(opened, read_write.Unreadable):
            return True
        with opened as file:
            head = file.read(_HEAD)
    except OSError:
        return True
    has_lines = b"\n" in head or not head
    return is_packed(head) or b"\0" in head or not (has_lines and head.isascii())


def not_read(first: Sequence[str], number: int) -> str:
    """Return a sentence on the archives that nobody has looked into, which names the first ones."""
    more = f" and {number - len(first)} more" if number > len(first) else ""
    subject = "1 archive was" if number == 1 else f"{number} archives were"
    return f"{subject} not looked into: {', '.join(first)}{more}"
