"""What a run of a command takes."""

from __future__ import annotations

import os
import subprocess
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# A program that is installed does not compile its modules at each start.
_WITHOUT = "PYTHONDONTWRITEBYTECODE"


class Taken(NamedTuple):
    """What a run took: seconds by the clock and of the processors, and MB of memory."""

    wall: float
    processor: float
    memory: float


def taken(command: Sequence[str], folder: Path) -> Taken:
    """Run a command in a folder, with what it starts, and return what that took."""
    environment = {name: value for name, value in os.environ.items() if name != _WITHOUT}
    start, quiet = time.perf_counter(), subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=quiet, stderr=quiet)
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0  # it is gone: nobody can wait for it again
    wall = time.perf_counter() - start
    return Taken(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000)
