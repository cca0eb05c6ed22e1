"""Files as bytes and as text, and their names as paths and as URIs.

Reading and writing keep every byte that no edit touches: the encoding, the byte order mark, the
line endings, and bytes that are no text at all.
"""

from __future__ import annotations

import codecs
import contextlib
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from urllib.parse import quote, unquote, urlsplit

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "surrogateescape"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "surrogatepass"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "surrogatepass"),
    (b"", "utf-8", "surrogateescape"),
)
NOT_TEXT = "it is not text"
_LOCAL_HOSTS = ("", "localhost")
_WINDOWS_DRIVE = re.compile(r"/[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, and what gives its bytes back."""

    text: str
    encoding: str
    bom: bytes

    def encode(self, text: str) -> bytes:
        """Return the bytes of another text in this file's encoding, its byte order mark first."""
        errors = next(errors for _, encoding, errors in _MARKS if encoding == self.encoding)
        return self.bom + text.encode(self.encoding, errors)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that cannot be read or written, and why, as the end of a sentence."""

    path: Path
    reason: str


def decode(data: bytes) -> Decoded | None:
    """Return the text of the bytes, none where they are not text.

    Bytes that are not UTF-8 become lone surrogates, which `Decoded.encode` turns back.
    """
    bom, encoding, errors = next(mark for mark in _MARKS if data.startswith(mark[0]))
    try:
        text = data[len(bom) :].decode(encoding, errors)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else Decoded(text, encoding, bom)


def read(path: Path) -> Decoded | Unreadable:
    """Return the text of a file. What is not a regular file is never opened: it might block."""
    try:
        kind = path.stat().st_mode
        if stat.S_ISDIR(kind):
            os.scandir(path).close()  # one that cannot be looked into says so
            return Unreadable(path, "it is a folder")
        if not stat.S_ISREG(kind):
            return Unreadable(path, "it is not a regular file")
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        return Unreadable(path, _reason(error))
    return decode(data) or Unreadable(path, NOT_TEXT)


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
        return Unreadable(path, _reason(error))
    return None


def exists(path: Path) -> bool:
    """Whether something is there, a link to nothing too; false where nobody may look."""
    return os.path.lexists(path)


def is_folder(path: Path) -> bool:
    """Whether a folder is there; false where nobody may look."""
    return os.path.isdir(path)  # noqa: PTH112, Path.is_dir raises there


def path_to_uri(path: PurePath) -> str:
    """Return the `file:` URI of an absolute path, be it of this system or of another."""
    text = path.as_posix()
    if isinstance(path, PureWindowsPath) and text.startswith("//"):
        return "file:" + quote(text, errors="surrogatepass")
    if isinstance(path, PureWindowsPath):
        drive, rest = text[: len(path.drive)], text[len(path.drive) :]
        return f"file:///{drive}{quote(rest, errors='surrogatepass')}"
    return "file://" + quote(text, errors="surrogateescape")


def uri_to_path(uri: str, *, windows: bool = os.name == "nt") -> PurePath | None:
    """Return the path of a `file:` URI, none for any other; case and normal form are kept.

    Editors spell a drive in many ways: `file:///c%3A/x`, `file:///C:/x`.
    """
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    path = unquote(parts.path, errors="surrogateescape")
    if parts.scheme != "file" or not path or "\0" in path:
        return None
    if parts.netloc.lower() not in _LOCAL_HOSTS:
        path = f"//{unquote(parts.netloc)}{path}"
    if not windows:
        return PurePosixPath(path)
    return PureWindowsPath(path[1:] if _WINDOWS_DRIVE.match(path) else path)


def _take_over(before: os.stat_result, temporary: str) -> None:
    if hasattr(os, "chown"):
        with contextlib.suppress(OSError):
            os.chown(temporary, before.st_uid, before.st_gid)
    Path(temporary).chmod(stat.S_IMODE(before.st_mode))


def _reason(error: Exception) -> str:
    # Not the whole exception: its text may hold more than the reason.
    return (error.strerror or "unknown").lower() if isinstance(error, OSError) else "bad path"
