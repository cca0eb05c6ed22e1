"""Whether a server stays as quick and as small as it was, over an hour of four people's work."""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from token_factory import access_token

from benchmarks.client import PULL, PUSH, connect, frame
from benchmarks.report import BUSY, goal, table, write_section
from benchmarks.servers import OURS
from benchmarks.sources import python_source, typing_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.client import Client, Message

SECONDS = 3600
FILES = 200

_LINES = 2000
_FINDINGS = 20
_KEYS_A_SECOND = 20
_SETTLED = 600  # seconds, after which memory should grow no more
_SCAN = 60  # seconds between two
_MOST_P99 = 5.0  # ms
_MOST_GROWTH = 1.1
_DEFECT = "this is a defect."
# What a client of a document that changes has to expect (LSP, ErrorCodes).
_EXPECTED = {-32800, -32801, -32802}

_ABOUT = """\
Four servers at once, two with a client that is pushed diagnostics and two with one that pulls, for
{minutes} minutes; the load of the machine was {load}. Each client types {keys} characters a second
into files of {lines:,} lines with {findings} tokens, pastes tokens and deletes them, opens and
closes files, saves, hovers, opens lightbulbs, and scans a folder of {files} files every minute. A
keystroke is timed as in the first table; beside it is what the server's loop has worked meanwhile,
which other programs on the machine do not change. Memory is the resident set. An error is an answer
with one, but for those that say that the document has changed.
"""


@dataclass
class Session:
    """One client's hour: what it measured."""

    pull: bool
    taken: list[float] = field(default_factory=list)  # ms
    worked: list[float] = field(default_factory=list)  # ms of the processor
    requests: int = 0
    errors: int = 0
    settled: float = 0.0  # MiB
    ended: float = 0.0  # MiB
    failure: str = ""


class _Person:
    """Somebody who works with a client until the time is over."""

    def __init__(self, client: Client, root: Path, session: Session, seed: int) -> None:
        self._client, self._root, self._session = client, root, session
        self._chosen = random.Random(seed)
        self._version = 0
        self._number = 0
        self._open_next()

    def work(self, seconds: float) -> None:
        start = time.monotonic()
        next_scan = start + self._chosen.random() * _SCAN
        memory = psutil.Process(self._client.process.pid).memory_info
        actions: list[Callable[[], None]] = [self._hover, self._lightbulb, self._save, self._paste]
        actions.append(self._change_file)
        while (now := time.monotonic()) < start + seconds:
            self._key("\n" if self._chosen.random() < 1 / 40 else "x")
            if self._chosen.random() < 1 / 20:
                self._chosen.choice(actions)()
            if now > next_scan:
                next_scan = now + _SCAN
                command = {"command": "notion-lsp.scanWorkspace", "arguments": []}
                self._ask("workspace/executeCommand", command)
            held = memory().rss / 2**20
            self._session.ended = held
            if now < start + min(_SETTLED, seconds / 2):
                self._session.settled = held
            time.sleep(1 / _KEYS_A_SECOND)

    def _open_next(self) -> None:
        self._number = (self._number + 1) % FILES
        self._version = 0
        self._uri = (self._root / f"shop_{self._number}.py").as_uri()
        self._source = python_source(_LINES, _FINDINGS)
        self._line, self._column = typing_line(self._source), 0
        self._client.open(self._uri, "\n".join(self._source))

    def _change_file(self) -> None:
        self._client.notify("textDocument/didClose", {"textDocument": {"uri": self._uri}})
        self._open_next()

    def _key(self, character: str) -> None:
        before = self._client.worked()
        self._session.taken.append(self._edit(self._column, self._column, character))
        self._session.worked.append(self._client.worked() - before)
        ended = character == "\n"
        self._line, self._column = (self._line + ended), 0 if ended else self._column + 1

    def _paste(self) -> None:
        token = access_token(self._chosen.randrange(10**6))
        self._edit(self._column, self._column, f'"{token}"')
        self._edit(self._column, self._column + len(token) + 2, "")

    def _edit(self, start: int, end: int, text: str) -> float:
        self._version += 1
        document = {"uri": self._uri, "version": self._version}
        edges = [{"line": self._line, "character": each} for each in (start, end)]
        change = {"range": dict(zip(("start", "end"), edges, strict=True)), "text": text}
        params = {"textDocument": document, "contentChanges": [change]}
        data = frame({"method": "textDocument/didChange", "params": params})
        number = self._client.next_id()
        if self._session.pull:
            asked = {"textDocument": {"uri": self._uri}}
            data += frame({"id": number, "method": "textDocument/diagnostic", "params": asked})
        begun = time.perf_counter_ns()
        self._client.send(data)
        if self._session.pull:
            arrival = self._client.wait_for_answer(number)
        else:
            arrival = self._client.wait_for_diagnostics(self._version)
        self._note(arrival.message)
        return (arrival.at - begun) / 1e6

    def _hover(self) -> None:
        place = {"line": 0, "character": 12}
        asked = {"textDocument": {"uri": self._uri}, "position": place}
        self._ask("textDocument/hover", asked)

    def _lightbulb(self) -> None:
        place = {"line": 0, "character": 12}
        context: Message = {"diagnostics": []}
        asked = {"textDocument": {"uri": self._uri}, "range": {"start": place, "end": place}}
        self._ask("textDocument/codeAction", asked | {"context": context})

    def _save(self) -> None:
        self._client.notify("textDocument/didSave", {"textDocument": {"uri": self._uri}})

    def _ask(self, method: str, params: Message) -> None:
        self._note(self._client.request(method, params).message)

    def _note(self, answer: Message) -> None:
        self._session.requests += "id" in answer
        code = answer.get("error", {}).get("code")
        self._session.errors += code is not None and code not in _EXPECTED


def main() -> None:
    """Work for an hour, or for the seconds in SOAK_SECONDS, and write the section."""
    seconds = float(os.environ.get("SOAK_SECONDS", SECONDS))
    sessions = [Session(pull) for pull in (False, False, True, True)]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        subprocess.run(["git", "init", "--quiet", root], check=True)  # noqa: S607, whose git it is does not matter
        for number in range(FILES):
            text = "\n".join(python_source(100, number % 3))
            (root / f"shop_{number}.py").write_text(text, "utf-8")
        threads = [
            threading.Thread(target=_work, args=(root, session, seed, seconds))
            for seed, session in enumerate(sessions)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    load = psutil.getloadavg()
    _write(sessions, seconds, f"{load[2]:.0f} in the last quarter of an hour")


def _work(root: Path, session: Session, seed: int, seconds: float) -> None:
    capabilities = PULL if session.pull else PUSH
    try:
        with connect(OURS.command) as client:
            client.initialize({"textDocument": capabilities["textDocument"]}, root)
            _Person(client, root, session, seed).work(seconds)
    except (OSError, EOFError) as error:  # the server has ended
        session.failure = type(error).__name__


def _write(sessions: list[Session], seconds: float, load: str) -> None:
    about = _ABOUT.format(
        minutes=round(seconds / 60),
        load=load,
        keys=_KEYS_A_SECOND,
        lines=_LINES,
        findings=_FINDINGS,
        files=FILES,
    )
    rows = [_row(session) for session in sessions]
    head = ["", "keystrokes", "p50, ms", "p99, ms", "p50, processor", "p99, processor"]
    head += ["answers", "errors", "MiB, settled", "MiB, end"]
    write_section("Soak", f"{about}\n{''.join(_goals(sessions))}\n{table(head, rows)}")


def _goals(sessions: list[Session]) -> Iterator[str]:
    p99 = max(_p99(each.taken) for each in sessions)
    worked = max(_p99(each.worked) for each in sessions)
    growth = max(each.ended / each.settled for each in sessions)
    errors = sum(each.errors + bool(each.failure) for each in sessions)
    yield goal(f"a 99th percentile of at most {_MOST_P99} ms", met=p99 <= _MOST_P99, reason=BUSY)
    processor = f"of the processor at most {_MOST_P99} ms"
    yield goal(processor, met=worked <= _MOST_P99, reason=_DEFECT)
    memory = f"memory at the end at most {_MOST_GROWTH} times what it was after ten minutes"
    yield goal(memory, met=growth <= _MOST_GROWTH, reason=_DEFECT)
    yield goal("no error", met=not errors, reason=_DEFECT)


def _row(session: Session) -> list[str]:
    return [
        "pull" if session.pull else "push",
        f"{len(session.taken):,}",
        f"{statistics.median(session.taken):.2f}",
        f"{_p99(session.taken):.2f}",
        f"{statistics.median(session.worked):.2f}",
        f"{_p99(session.worked):.2f}",
        f"{session.requests:,}",
        str(session.errors) + (f", {session.failure}" if session.failure else ""),
        f"{session.settled:.1f}",
        f"{session.ended:.1f}",
    ]


def _p99(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=100)[98]
