"""A regular file, open: to read it never waits."""

from __future__ import annotations

import errno
import io
import os
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from pathlib import Path

    from _typeshed import WriteableBuffer

NOT_ONE = "it is not a regular file"


def opened(path: Path) -> BinaryIO:
    """Return a regular file, open; to open or to read it may raise `OSError`."""
    return io.BufferedReader(_Impatient(path, opener=_without_waiting))


class _Impatient(io.FileIO):
    """A file that fails where a reader would have to wait for what is to come.

    `/proc/kmsg` is a regular file that has nothing until the kernel says something: proc(5).
    """

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read into the buffer; return how many bytes."""
        got: int | None = super().readinto(buffer)
        if got is None:
            raise BlockingIOError(errno.EAGAIN, NOT_ONE)
        return got


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
