"""How the process ends when a terminal or the system asks for it: at once, with what it started.

Python raises an exception for Ctrl-C, and loses it where there is nobody to raise it to, as in a
`__del__`: the process goes on. So a signal ends the process here, unless a write is half done.
"""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Python runs handlers in the main thread, and another one may write.
_writes: list[None] = []
_asked: list[int] = []
_listening: list[Path] = []


def end_on_signals() -> None:
    """Have signals that ask a process to end do so, but those that it is to ignore."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # Windows has no SIGHUP
        number = getattr(signal, name, None)
        # `nohup` has one ignored.
        if number and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _ask)


@contextmanager
def held() -> Iterator[None]:
    """Have the process end only after this: what is half written may hold tokens."""
    _writes.append(None)
    try:
        yield
    finally:
        _writes.pop()
        _end_if_asked()


def take_away(socket: Path) -> None:
    """Have a socket gone when a signal ends the process."""
    _listening.append(socket)


def leave(exit_code: int) -> NoReturn:
    """End the process, and the programs that it has started."""
    try:
        import psutil

        for each in psutil.Process().children(recursive=True):
            with suppress(psutil.Error):  # it has ended
                each.kill()
    finally:
        os._exit(exit_code)


def _ask(number: int, _frame: object) -> None:
    _asked.append(number)
    _end_if_asked()


def _end_if_asked() -> None:
    # Whoever comes second, the signal or the end of the write, ends the process.
    if _asked and not _writes:
        for each in _listening:
            each.unlink(missing_ok=True)
        leave(128 + _asked[0])
