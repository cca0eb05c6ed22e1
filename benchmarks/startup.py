"""What it costs to have the server at all: time to the first answer, and memory."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from benchmarks.client import PULL, connect
from benchmarks.report import table, write_section
from benchmarks.servers import EMPTY, OURS
from benchmarks.sources import python_source

if TYPE_CHECKING:
    from benchmarks.servers import Server

PAIRS = 21
LINES = 10_000

_MEBIBYTE = 1 << 20
_MEMORY_RUNS = 3

_ABOUT = f"""\
The peer "empty pygls" is a pygls server without a feature. Start-up is from the start of the
process to the answer to `initialize`, the median of {PAIRS} alternating pairs. Memory is the
resident set, the median of {_MEMORY_RUNS}. Wanted: start-up within 10 %, memory with a document
at most 1.15 times.
"""


def main() -> None:
    """Measure start-up and memory beside an empty server, and write the section."""
    pairs = [(_start_up(OURS), _start_up(EMPTY)) for _ in range(PAIRS)]
    rows = [_row("start-up, ms", *zip(*pairs, strict=True))]
    for title, lines in (("idle, MiB", 0), (f"{LINES:,} lines open, MiB", LINES)):
        runs = [(_memory(OURS, lines), _memory(EMPTY, lines)) for _ in range(_MEMORY_RUNS)]
        rows.append(_row(title, *zip(*runs, strict=True)))
    head = ["", OURS.name, EMPTY.name, "ratio"]
    write_section("Start-up and memory", f"{_ABOUT}\n{table(head, rows)}")


def _row(title: str, ours: tuple[float, ...], empty: tuple[float, ...]) -> list[str]:
    middle, peer = statistics.median(ours), statistics.median(empty)
    print(f"{title}: {middle:.1f}, empty pygls {peer:.1f}", flush=True)
    return [title, f"{middle:.1f}", f"{peer:.1f}", f"{middle / peer:.2f}"]


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
