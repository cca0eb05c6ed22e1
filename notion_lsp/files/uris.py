"""Paths as `file:` URIs, and back."""

from __future__ import annotations

import os
import re
from pathlib import PurePath, PurePosixPath, PureWindowsPath
from urllib.parse import quote, unquote, urlsplit

_LOCAL_HOSTS = ("", "localhost")  # RFC 8089; any other host is a share of Windows
_WINDOWS_DRIVE = re.compile(r"/[A-Za-z]:")


def path_to_uri(path: PurePath) -> str:
    """Return the `file:` URI of an absolute path, of this system or of another one."""
    text = path.as_posix()
    # The server of a UNC path is the host of its URI (RFC 8089, appendix E.3).
    if isinstance(path, PureWindowsPath) and text.startswith("//"):
        return "file:" + quote(text, errors="surrogatepass")
    if isinstance(path, PureWindowsPath):
        drive, rest = text[: len(path.drive)], text[len(path.drive) :]
        return f"file:///{drive}{quote(rest, errors='surrogatepass')}"
    return "file://" + quote(text, errors="surrogateescape")


def name_to_uri(name: str) -> str:
    """Return a path relative to a folder, with `/`, as a URI relative to that of the folder."""
    return quote(name, errors="surrogateescape")


def relative_name(path: PurePath, folder: PurePath) -> str:
    """Return a path with `/`, relative to the folder if it is inside; a token may stand in it."""
    return (path.relative_to(folder) if folder in path.parents else path).as_posix()


def uri_to_path(uri: str, *, windows: bool = os.name == "nt") -> PurePath | None:
    """Return the path of a `file:` URI, `None` for any other; case and normal form stay.

    Editors spell a drive in many ways: `file:///c%3A/x`, `file:///C:/x`.
    """
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    path = unquote(parts.path, errors="surrogateescape")
    # No path holds a zero byte, and the system's calls raise for one.
    if parts.scheme != "file" or not path or "\0" in path:
        return None
    if parts.netloc.lower() not in _LOCAL_HOSTS:
        path = f"//{unquote(parts.netloc)}{path}"
    if not windows:
        return PurePosixPath(path)
    return PureWindowsPath(path[1:] if _WINDOWS_DRIVE.match(path) else path)
