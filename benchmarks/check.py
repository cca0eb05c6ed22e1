"""How long `notion-lsp check` takes on one small file."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.report import table, write_section
from benchmarks.servers import CHECK
from benchmarks.sources import python_source

if TYPE_CHECKING:
    from collections.abc import Sequence

RUNS = 21
LINES = 60

_ABOUT = f"""\
The wall time of `notion-lsp check` on one file of {LINES} lines, in milliseconds, the median of
{RUNS} runs; beside it a Python that does nothing. Wanted: at most 120.
"""


def main() -> None:
    """Measure, and write the section."""
    with tempfile.TemporaryDirectory() as folder:
        rows = [
            _row("no token", [*CHECK, _file(folder, "clean.py", 0)]),
            _row("one token", [*CHECK, _file(folder, "leaky.py", 1)]),
            _row("`python -c pass`", [sys.executable, "-c", "pass"]),
        ]
    write_section("Check of one file", f"{_ABOUT}\n{table(['', 'ms'], rows)}")


def wall_time(command: Sequence[str], cwd: Path | None = None) -> float:
    """Return the seconds that a command took."""
    start = time.perf_counter()
    quiet = subprocess.DEVNULL
    subprocess.run(command, cwd=cwd, stdout=quiet, stderr=quiet, check=False)
    return time.perf_counter() - start


def _file(folder: str, name: str, findings: int) -> str:
    path = Path(folder, name)
    path.write_text("\n".join(python_source(LINES, findings)), "utf-8")
    return str(path)


def _row(name: str, command: Sequence[str]) -> list[str]:
    taken = statistics.median(wall_time(command) for _ in range(RUNS)) * 1000
    print(f"check, {name}: {taken:.0f} ms", flush=True)
    return [name, f"{taken:.0f}"]
