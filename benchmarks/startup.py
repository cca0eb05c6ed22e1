"""What it costs to have the server at all: time to the first answer, and memory."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from benchmarks.client import PULL, connect
from benchmarks.report import BUSY, goal, table, write_section
from benchmarks.servers import EMPTY, OURS
from benchmarks.sources import python_source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.servers import Server

PAIRS = 21
LINES = 10_000

_MEBIBYTE = 1 << 20
_MEMORY_RUNS = 3

_ABOUT = f"""\
The peer "empty pygls" is a pygls server without a feature. Start-up is from the start of the
process to the answer to `initialize`, the median of {PAIRS} alternating pairs. Memory is the
resident set, the median of {_MEMORY_RUNS}.
"""
_MOST_TIME, _MOST_MEMORY = 1.10, 1.15
_REASON = """\
what is left above the peer is the import of the server's own
modules that a session needs from its start; all others are imported when they are used.\
"""


def main() -> None:
    """Measure start-up and memory beside an empty server, and write the section."""
    pairs = [(_start_up(OURS), _start_up(EMPTY)) for _ in range(PAIRS)]
    measured = {"start-up, ms": _medians(pairs)}
    for title, lines in (("idle, MiB", 0), (f"{LINES:,} lines open, MiB", LINES)):
        runs = [(_memory(OURS, lines), _memory(EMPTY, lines)) for _ in range(_MEMORY_RUNS)]
        measured[title] = _medians(runs)
    ratios = {title: ours / empty for title, (ours, empty) in measured.items()}
    rows = [
        [title, f"{ours:.1f}", f"{empty:.1f}", f"{ratios[title]:.2f}"]
        for title, (ours, empty) in measured.items()
    ]
    for row in rows:
        print(*row, flush=True)
    start_up, *memory = ratios.values()
    goals = goal(
        f"start-up at most {_MOST_TIME:.2f} times the peer's",
        met=start_up <= _MOST_TIME,
        reason=_REASON,
    ) + goal(
        f"memory at most {_MOST_MEMORY:.2f} times the peer's",
        met=max(memory) <= _MOST_MEMORY,
        reason=BUSY,
    )
    head = ["", OURS.name, EMPTY.name, "ratio"]
    write_section("Start-up and memory", f"{_ABOUT}\n{goals}\n{table(head, rows)}")


def _medians(pairs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    ours, empty = zip(*pairs, strict=True)
    return statistics.median(ours), statistics.median(empty)


def _start_up(server: Server) -> float:
    with tempfile.TemporaryDirectory() as folder, connect(server.command) as client:
        answer = client.initialize(PULL, Path(folder).resolve())
        return (answer.at - client.started) / 1e6


def _memory(server: Server, lines: int) -> float:
    with tempfile.TemporaryDirectory() as folder, connect(server.command) as client:
        root = Path(folder).resolve()
        client.initialize(PULL, root)
        if lines:
            client.open((root / "shop.py").as_uri(), "\n".join(python_source(lines)))
        # The answer to a request, even one it does not know, says that all before it is done.
        client.request("bench/done", {})
        return psutil.Process(client.process.pid).memory_info().rss / _MEBIBYTE
