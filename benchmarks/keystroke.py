"""How soon after a keystroke its diagnostics are there, in files of any size."""

from __future__ import annotations

import statistics
import tempfile
import time
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.client import PULL, PUSH, connect, frame
from benchmarks.report import BUSY, goal, table, write_section
from benchmarks.servers import OURS, PLAIN, ruff_server
from benchmarks.sources import python_source, typing_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from benchmarks.client import Client, Message
    from benchmarks.servers import Server

SIZES = (100, 1_000, 10_000, 100_000)
FINDINGS = 50
KEYSTROKES = 300
ROUNDS = 2

_WARM_UP = 30
_TYPED = "\n    shipping = round(subtotal * 0.05, 2)  # to the islands it is more"

_ABOUT = f"""\
From the write of `didChange` to the arrival of the diagnostics for that version, over stdio, in
milliseconds: median / 99th percentile of {KEYSTROKES} characters typed in the middle of the file,
each as soon as the one before is answered; of {ROUNDS} rounds the one with the better percentile,
which other programs have disturbed less. A pull client asks with `textDocument/diagnostic` in
the same write. The peer "plain pygls" has the documents of pygls and one regex over the text;
ruff lints, which is more work, and finds no tokens.
"""


class Latency(NamedTuple):
    """The median and the 99th percentile, in milliseconds."""

    p50: float
    p99: float

    def __str__(self) -> str:
        return f"{self.p50:.2f} / {self.p99:.2f}"


# The most that a keystroke in a file of any size may take, by the number of findings in it.
_MOST = {0: Latency(0.6, 3), FINDINGS: Latency(1.5, 7.5)}


@dataclass(frozen=True, slots=True)
class Case:
    """A server, how its client gets diagnostics, and how many tokens the file holds."""

    server: Server
    pull: bool = False
    findings: int = 0

    @property
    def name(self) -> str:
        """What the table calls it."""
        findings = f", {self.findings} findings" if self.findings else ""
        return f"{self.server.name}, {'pull' if self.pull else 'push'}{findings}"


def main() -> None:
    """Measure all cases at all sizes, and write the section."""
    cases = _cases()
    measured: dict[tuple[Case, int], list[Latency]] = {}
    for case, lines in ROUNDS * [(case, lines) for case in cases for lines in SIZES]:
        measured.setdefault((case, lines), []).append(_latency(case, lines))
    best = {key: min(latencies, key=lambda each: each.p99) for key, latencies in measured.items()}
    rows = [[case.name, *(str(best[case, lines]) for lines in SIZES)] for case in cases]
    goals = "".join(_goal(best, findings) for findings in _MOST)
    head = ["lines", *(f"{lines:,}" for lines in SIZES)]
    write_section("Keystroke to diagnostics", f"{_ABOUT}\n{goals}\n{table(head, rows)}")


def _goal(measured: Mapping[tuple[Case, int], Latency], findings: int) -> str:
    most = _MOST[findings]
    ours = [
        latency
        for (case, _), latency in measured.items()
        if case.server is OURS and case.findings == findings
    ]
    met = all(each.p50 <= most.p50 and each.p99 <= most.p99 for each in ours)
    return goal(f"with {findings} findings at most {most}", met=met, reason=BUSY)


def keystrokes(case: Case, lines: int, number: int = KEYSTROKES) -> list[float]:
    """Return the milliseconds that each of so many keystrokes took, after a warm-up."""
    source = python_source(lines, case.findings)
    with tempfile.TemporaryDirectory() as folder, connect(case.server.command) as client:
        root = Path(folder).resolve()
        client.initialize(PULL if case.pull else PUSH, root)
        uri = (root / "shop.py").as_uri()
        client.open(uri, "\n".join(source))
        line = typing_line(source)
        changes = _changes(line, len(source[line]), _WARM_UP + number)
        taken = [
            _keystroke(client, case, uri, version, change)
            for version, change in enumerate(changes, start=1)
        ]
    return taken[_WARM_UP:]


def _cases() -> list[Case]:
    ruff = ruff_server()
    servers = [OURS, PLAIN, *([ruff] if ruff else [])]
    cases = [Case(server, pull) for server in servers for pull in (False, True)]
    full = [Case(server, pull, FINDINGS) for server in (OURS, PLAIN) for pull in (False, True)]
    return [*cases, *full]


def _latency(case: Case, lines: int) -> Latency:
    taken = keystrokes(case, lines)
    latency = Latency(statistics.median(taken), statistics.quantiles(taken, n=100)[98])
    print(f"{case.name}, {lines:,} lines: {latency} ms", flush=True)
    return latency


def _changes(line: int, column: int, number: int) -> list[Message]:
    changes = []
    for character in islice(cycle(_TYPED), number):
        position = {"line": line, "character": column}
        changes.append({"range": {"start": position, "end": position}, "text": character})
        line, column = (line + 1, 0) if character == "\n" else (line, column + 1)
    return changes


def _keystroke(client: Client, case: Case, uri: str, version: int, change: Message) -> float:
    document = {"uri": uri, "version": version}
    params = {"textDocument": document, "contentChanges": [change]}
    data = frame({"method": "textDocument/didChange", "params": params})
    number = client.next_id()
    if case.pull:
        asked = {"textDocument": {"uri": uri}}
        data += frame({"id": number, "method": "textDocument/diagnostic", "params": asked})
    start = time.perf_counter_ns()
    client.send(data)
    arrival = client.wait_for_answer(number) if case.pull else client.wait_for_diagnostics(version)
    return (arrival.at - start) / 1e6
