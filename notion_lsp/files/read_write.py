"""Files as bytes and as text.

Reading and writing keep every byte that no edit touches: the encoding, the byte order mark, the
line endings, and bytes that are not valid in the encoding. Only regular files are opened.
"""

from __future__ import annotations

import codecs
import os
import stat
import time
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from notion_lsp.ending import held
from notion_lsp.files import regular, replacing
from notion_lsp.positions import LineIndex

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 2**25  # bytes; a larger file is searched in blocks, and is never rewritten
LARGEST_BY_HAND = 2**18  # bytes of a file that persons write; what reads it takes long for more
TOO_LARGE = f"it is larger than {LARGEST >> 20} MiB"
NOT_TEXT = "it is not text"
PACKED = "it is an archive"
_FOLDER = "it is a folder"
_LINKED = "it has another name, a hard link, which would keep the old content"
NOT_FOR_READING = (NOT_TEXT, PACKED)  # of a file that nobody named, no reason to say so
_ENCODINGS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le"}
_ENCODINGS |= {codecs.BOM_UTF16_BE: "utf-16-be"}
_ERRORS = {"utf-8": "surrogateescape"}
_MOMENT = 2.0  # seconds
PAUSE = 0.2  # seconds, in which a program writes the rest of a small file
_HEAD = 512  # bytes that VS Code, too, looks at to guess an encoding
_FEWEST = 16  # with fewer bytes, every second one may be zero by chance


class Decoded(NamedTuple):
    """A file's text, with the encoding and the byte order mark that turn it back into bytes."""

    text: str
    encoding: str
    bom: bytes

    def encode(self, text: str) -> bytes:
        """Return a text as the bytes of this file: its byte order mark, then its encoding."""
        return self.bom + text.encode(self.encoding, _strict(self.encoding))

    def lines(self) -> LineIndex:
        """Return an index of the text's lines, with the columns that an editor shows."""
        return LineIndex(self.text, escaped=self.encoding == "utf-8")


class Unreadable(NamedTuple):
    """A file that cannot be read, and the reason, as the end of a sentence."""

    path: Path
    reason: str


class Unwritten(NamedTuple):
    """A file that could not be written and is as it was, and the reason, as that of another."""

    path: Path
    reason: str


def decode(data: bytes) -> Decoded | None:
    """Return the text of the bytes, `None` if they are not text.

    Bytes that are not valid UTF-8 become lone surrogates, which `Decoded.encode` turns back.
    """
    bom, encoding = encoding_of(data)
    try:
        text = data[len(bom) :].decode(encoding, _strict(encoding))
    except UnicodeDecodeError:
        return None
    # A zero byte is how git, too, tells a binary file.
    return None if "\0" in text else Decoded(text, encoding, bom)


def decode_any(data: bytes) -> Decoded:
    """Return the text of any bytes; those of a binary file become what an editor would show."""
    found = decode(data)
    if found:
        return found
    bom, encoding = encoding_of(data)
    return Decoded(data[len(bom) :].decode(encoding, lenient(encoding)), encoding, bom)


def encoding_of(head: bytes) -> tuple[bytes, str]:
    """Return the byte order mark at the beginning of a file, if any, and the file's encoding.

    Without a mark the encoding is UTF-16 if every second byte of the head is zero and no other is,
    as VS Code has it; else UTF-8.
    """
    mark = next(filter(head.startswith, _ENCODINGS), b"")
    if mark:
        return mark, _ENCODINGS[mark]
    even, odd = head[:_HEAD:2], head[1:_HEAD:2]
    if len(head) < _FEWEST:
        return b"", "utf-8"
    if not any(odd) and all(even):
        return b"", "utf-16-le"
    return b"", "utf-16-be" if not any(even) and all(odd) else "utf-8"


def lenient(encoding: str) -> str:
    """Return the error handler with which any bytes can be decoded."""
    return _ERRORS.get(encoding, "replace")


def read(path: Path, largest: int = LARGEST) -> Decoded | Unreadable:
    """Return the text of a file of so many bytes at the most, or why it cannot be read."""
    data = read_bytes(path, largest)
    if isinstance(data, Unreadable):
        return data
    return decode(data) or Unreadable(path, NOT_TEXT)


def text_of(path: Path) -> str | None:
    """Return the text of a file, `None` if it cannot be read."""
    found = read(path)
    return None if isinstance(found, Unreadable) else found.text


def read_bytes(path: Path, largest: int = LARGEST) -> bytes | Unreadable:
    """Return the bytes of a file, or why they cannot be read; so many at the most."""
    try:
        file = open_file(path)
        if isinstance(file, Unreadable):
            return file
        with file:
            # Asking for the size first would tell nothing of a file that grows meanwhile.
            data = file.read(largest + 1)
    except (OSError, ValueError) as error:
        return unreadable(path, error)
    if len(data) <= largest:
        return data
    return Unreadable(
        path, TOO_LARGE if largest == LARGEST else f"it is larger than {largest >> 10} KiB"
    )


def open_file(path: Path) -> BinaryIO | Unreadable:
    """Return a regular file, open, or raise `OSError`; opening a pipe or a device might block."""
    reason = _no_file(path.stat())
    if reason == _FOLDER:
        os.scandir(path).close()  # raises where the folder may not be read: a better reason
    return Unreadable(path, reason) if reason else regular.opened(path)


def _no_file(about: os.stat_result) -> str:
    if stat.S_ISDIR(about.st_mode):
        return _FOLDER
    return "" if stat.S_ISREG(about.st_mode) else regular.NOT_ONE


def unreadable(path: Path, error: Exception) -> Unreadable:
    """Return why a file cannot be read, without the exception's own text: it may quote the file."""
    return Unreadable(path, _reason(error))


def _reason(error: Exception) -> str:
    return (error.strerror or "unknown").lower() if isinstance(error, OSError) else "bad path"


def write_atomically(path: Path, data: bytes, expected: bytes | None = None) -> Unwritten | None:
    """Write all of the bytes to a file or none; return what went wrong, `None` if nothing did.

    What is written is on the disk when this returns. The file keeps its mode, its extended
    attributes and, if the system allows it, its owner; a link keeps its target. Only the owner can
    read a new file. A file that no longer holds the expected bytes is left as it is.
    """
    try:
        target = path.resolve()
        before = target.stat() if target.exists() else None
        if before and (reason := _no_file(before)):
            return Unwritten(path, reason)
        if before and not os.access(target, os.W_OK):
            return Unwritten(path, "it is write-protected")
        if before and before.st_nlink > 1:
            # To rename over one name of a file leaves its old content under the others.
            return Unwritten(path, _LINKED)
        with held():
            done = replacing.replace(target, data, before, expected)
        return None if done else Unwritten(path, "it changed in the meantime")
    except (OSError, ValueError, RuntimeError) as error:
        return Unwritten(path, _reason(error))


def exists(path: Path) -> bool:
    """Whether the path exists, be it a broken link; false where it may not be looked at."""
    return os.path.lexists(path)


def is_gone(path: Path) -> bool:
    """Whether nothing is there; false where nobody can look, as behind a path that is too long."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False
    return False


def children(folder: Path) -> list[Path]:
    """Return what is in a folder; nothing where it may not be looked at."""
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def matching(folder: Path, pattern: str) -> list[Path]:
    """Return what matches a pattern in a folder, sorted; nothing where it may not be looked at."""
    try:
        return sorted(folder.glob(pattern))
    except OSError:
        return []


def is_file(path: Path) -> bool:
    """Whether the path is a regular file; false where it may not be looked at, or cannot be."""
    return os.path.isfile(path)  # noqa: PTH113, Path.is_file raises there


def is_folder(path: Path) -> bool:
    """Whether the path is a folder; false where it may not be looked at."""
    return os.path.isdir(path)  # noqa: PTH112, Path.is_dir raises there


def is_fresh(path: Path) -> bool:
    """Whether a file has changed a moment ago: another program may still be writing it."""
    try:
        return time.time() - path.stat().st_mtime < _MOMENT
    except (OSError, ValueError):
        return False


def is_empty(path: Path) -> bool:
    """Whether a file holds nothing; false where that cannot be told."""
    try:
        return path.stat().st_size == 0
    except (OSError, ValueError):
        return False


def is_link(path: Path) -> bool:
    """Whether the path is a link; false where it may not be looked at."""
    return os.path.islink(path)  # noqa: PTH114, Path.is_symlink raises there


def _strict(encoding: str) -> str:
    # Both ways with this handler give the same bytes; half a code unit of UTF-16 is an error.
    return _ERRORS.get(encoding, "surrogatepass")
