"""A file that takes the place of another as a whole, whatever ends the process meanwhile."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def replace(
    target: Path, data: bytes, before: os.stat_result | None, expected: bytes | None
) -> bool:
    """Put a file with these bytes in the place of one: whether that still holds what is expected.

    What goes wrong is an `OSError`, and the file is as it was.
    """
    # In the same folder: a rename is atomic only within a file system. A name has 255 bytes at the
    # most, and a character up to four.
    temporary = target.parent / f".{target.name[:50]}.{os.urandom(4).hex()}"
    handle, has_name = _created(temporary)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            if before:
                _take_over(target, before, temporary if has_name else handle)
            os.fsync(handle)
            # The last moment to see that somebody has saved the file: a rename cannot look.
            if expected is not None and target.read_bytes() != expected:
                return False
            if not has_name:
                _name(handle, temporary)
        temporary.replace(target)
        _sync_folder(target.parent)
    finally:
        temporary.unlink(missing_ok=True)
    return True


def _created(temporary: Path) -> tuple[int, bool]:
    """Open a new file of the owner's, and return whether it has its name already.

    Without one (open(2), `O_TMPFILE`) it is gone with the process, even with one that is killed.
    """
    if sys.platform == "linux":
        # Not every file system knows that, nor has every machine `/proc`, which names it later.
        with contextlib.suppress(OSError):
            handle = os.open(temporary.parent, os.O_TMPFILE | os.O_WRONLY, 0o600)
            if os.path.lexists(f"/proc/self/fd/{handle}"):
                return handle, False
            os.close(handle)
    binary = getattr(os, "O_BINARY", 0)  # Windows has line breaks of its own
    return os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY | binary, 0o600), True


def _name(handle: int, temporary: Path) -> None:
    # Only with a folder does Python ask for the link that follows another one; an absolute path
    # does not care for it.
    os.link(f"/proc/self/fd/{handle}", temporary, src_dir_fd=handle, follow_symlinks=True)


def _take_over(target: Path, before: os.stat_result, made: Path | int) -> None:
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.chown(made, before.st_uid, before.st_gid)
    os.chmod(made, stat.S_IMODE(before.st_mode))  # noqa: PTH101, a path has no handle
    if sys.platform == "linux":
        # Access lists and capabilities are such attributes too. A change of the owner drops them.
        for name in os.listxattr(target):
            with contextlib.suppress(OSError):
                os.setxattr(made, name, os.getxattr(target, name))


def _sync_folder(folder: Path) -> None:
    # POSIX: a rename is on the disk when its folder is. Windows does not open folders.
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
