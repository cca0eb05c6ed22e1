"""How long `notion-lsp check` takes on one small file."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.report import goal, table, write_section
from benchmarks.servers import CHECK
from benchmarks.sources import python_source

if TYPE_CHECKING:
    from collections.abc import Sequence

RUNS = 21
LINES = 60

_ABOUT = f"""\
The wall time of `notion-lsp check` on one file of {LINES} lines, in milliseconds, the median of
{RUNS} runs; beside it a Python that does nothing.
"""
_MOST = 120  # milliseconds
_REASON = """\
a file with a token also loads the module `regex`, the patterns of all kinds,
and the languages, one of which may say that the token belongs in this file.\
"""


def main() -> None:
    """Measure, and write the section."""
    with tempfile.TemporaryDirectory() as folder:
        taken = {
            "no token": _median([*CHECK, _file(folder, "clean.py", 0)]),
            "one token": _median([*CHECK, _file(folder, "leaky.py", 1)]),
            "`python -c pass`": _median([sys.executable, "-c", "pass"]),
        }
    rows = [[name, f"{each:.0f}"] for name, each in taken.items()]
    for row in rows:
        print("check", *row, "ms", flush=True)
    met = max(taken.values()) <= _MOST
    wanted = goal(f"at most {_MOST} ms for either file", met=met, reason=_REASON)
    write_section("Check of one file", f"{_ABOUT}\n{wanted}\n{table(['', 'ms'], rows)}")


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


def _median(command: Sequence[str]) -> float:
    return statistics.median(wall_time(command) for _ in range(RUNS)) * 1000
