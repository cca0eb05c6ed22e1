"""Files as bytes and as text, and their names as paths and as URIs.

Reading and writing keep every byte that no edit touches: the encoding, the byte order mark, the
line endings, and bytes that are no text at all. What is not a regular file is never opened.
"""

from __future__ import annotations

import codecs
import contextlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from notion_lsp.positions import LineIndex

LARGEST = 2**25  # what is larger is read piece by piece, and is never rewritten
TOO_LARGE = f"it is larger than {LARGEST // 2**20} MiB"
NOT_TEXT = "it is not text"
_ENCODINGS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le"}
_ENCODINGS |= {codecs.BOM_UTF16_BE: "utf-16-be"}
_ERRORS = {"utf-8": "surrogateescape"}
_HEAD = 512
_FEWEST = 16  # fewer bytes say too little of their encoding


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, and what gives its bytes back."""

    text: str
    encoding: str
    bom: bytes

    def encode(self, text: str) -> bytes:
        """Return the bytes of another text in this file's encoding, its byte order mark first."""
        return self.bom + text.encode(self.encoding, _strict(self.encoding))

    def index(self) -> LineIndex:
        """Return the lines of the text, whose columns are those that an editor shows."""
        return LineIndex(self.text, escaped=self.encoding == "utf-8")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that cannot be read or written, and why, as the end of a sentence."""

    path: Path
    reason: str


def decode(data: bytes) -> Decoded | None:
    """Return the text of the bytes, none where they are not text.

    Bytes that are not UTF-8 become lone surrogates, which `Decoded.encode` turns back.
    """
    bom, encoding = encoding_of(data)
    try:
        text = data[len(bom) :].decode(encoding, _strict(encoding))
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else Decoded(text, encoding, bom)


def decode_any(data: bytes) -> Decoded:
    """Return the text of the bytes, and of what is not text what an editor would show."""
    found = decode(data)
    if found:
        return found
    bom, encoding = encoding_of(data)
    return Decoded(data[len(bom) :].decode(encoding, lenient(encoding)), encoding, bom)


def encoding_of(head: bytes) -> tuple[bytes, str]:
    """Return the byte order mark that the bytes begin with, if any, and their encoding.

    Without a mark it is UTF-16 where each second byte of the head is zero and no other is, which
    is how VS Code tells; else UTF-8.
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
    """Return how to decode what need not be text: nothing is an error."""
    return _ERRORS.get(encoding, "replace")


def read(path: Path) -> Decoded | Unreadable:
    """Return the text of a file."""
    data = read_bytes(path)
    if isinstance(data, Unreadable):
        return data
    return decode(data) or Unreadable(path, NOT_TEXT)


def text_of(path: Path) -> str | None:
    """Return the text of a file, `None` where it cannot be read."""
    found = read(path)
    return None if isinstance(found, Unreadable) else found.text


def read_bytes(path: Path) -> bytes | Unreadable:
    """Return the bytes of a file that is not too large."""
    try:
        file = open_file(path)
        if isinstance(file, Unreadable):
            return file
        with file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        return unreadable(path, error)
    return Unreadable(path, TOO_LARGE) if len(data) > LARGEST else data


def open_file(path: Path) -> BinaryIO | Unreadable:
    """Return a regular file, open, or raise `OSError`. No other is opened: it might block."""
    kind = path.stat().st_mode
    if stat.S_ISDIR(kind):
        os.scandir(path).close()  # one that cannot be looked into says so
        return Unreadable(path, "it is a folder")
    return path.open("rb") if stat.S_ISREG(kind) else Unreadable(path, "it is not a regular file")


def unreadable(path: Path, error: Exception) -> Unreadable:
    """Return what went wrong, without the exception's own text: it may hold more than that."""
    reason = (error.strerror or "unknown").lower() if isinstance(error, OSError) else "bad path"
    return Unreadable(path, reason)


def write_atomically(path: Path, data: bytes) -> Unreadable | None:
    """Put the bytes into a file, all of them or none; return what went wrong, if anything.

    The file keeps its mode and, where the system allows it, its owner; a link keeps its target. A
    new file can be read by its owner alone.
    """
    temporary = None
    try:
        target = path.resolve()
        before = target.stat() if target.exists() else None
        if before and not os.access(target, os.W_OK):
            return Unreadable(path, "it is write-protected")
        import tempfile

        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        if before:
            _take_over(before, temporary)
        Path(temporary).replace(target)
    except (OSError, ValueError, RuntimeError) as error:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
        return unreadable(path, error)
    return None


def exists(path: Path) -> bool:
    """Whether something is there, a link to nothing too; false where nobody may look."""
    return os.path.lexists(path)


def is_folder(path: Path) -> bool:
    """Whether a folder is there; false where nobody may look."""
    return os.path.isdir(path)  # noqa: PTH112, Path.is_dir raises there


def is_link(path: Path) -> bool:
    """Whether the path is a link; false where nobody may look."""
    return os.path.islink(path)  # noqa: PTH114, Path.is_symlink raises there


def _strict(encoding: str) -> str:
    # What gives the very bytes back: half a character of UTF-16 does not.
    return _ERRORS.get(encoding, "surrogatepass")


def _take_over(before: os.stat_result, temporary: str) -> None:
    if hasattr(os, "chown"):
        with contextlib.suppress(OSError):
            os.chown(temporary, before.st_uid, before.st_gid)
    Path(temporary).chmod(stat.S_IMODE(before.st_mode))
