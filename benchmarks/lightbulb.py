"""What a lightbulb costs: parses, git processes and time, counted in the server's own process."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import statistics
import subprocess
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tree_sitter

from benchmarks.cache import run
from benchmarks.report import table, write_section
from benchmarks.sources import python_source
from notion_lsp import cli
from notion_lsp.lsp.server import create_server

if TYPE_CHECKING:
    from collections.abc import Iterator

Message = dict[str, Any]

LINES = 60
LONG = 6_000
RUNS = 11

# What VS Code announces of it: the edit of an action is asked for when the action is chosen.
_CAPABILITIES: Message = {
    "textDocument": {
        "publishDiagnostics": {"relatedInformation": True},
        "codeAction": {
            "dataSupport": True,
            "disabledSupport": True,
            "resolveSupport": {"properties": ["edit"]},
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}},
        },
    },
    "workspace": {
        "applyEdit": True,
        "workspaceEdit": {"documentChanges": True, "resourceOperations": ["create"]},
    },
}
_ABOUT = f"""\
What is done for one request, in a Python file of {LINES} lines in a git repository whose `.env` git
does not ignore: how often tree-sitter parses, and how many git processes run, at the first request
after the file is opened and at the next. The client resolves an action when it is chosen. Below,
the milliseconds of a lightbulb in a file of {LONG:,} lines, the median of {RUNS} requests.
"""


def main() -> None:
    """Count, measure, and write the section."""
    rows = [
        [name, *map(str, (first["parses"], first["git"], then["parses"], then["git"]))]
        for name, first, then in asyncio.run(_counted())
    ]
    rows.append(["`notion-lsp fix`, 5 tokens", *map(str, _fixed().values()), "", ""])
    head = ["", "parses", "git", "parses, next", "git, next"]
    times = [[f"{number} tokens", f"{asyncio.run(_time(number)):.0f}"] for number in (1, 5)]
    body = f"{_ABOUT}\n{table(head, rows)}\n\n{table([f'{LONG:,} lines', 'ms'], times)}"
    print(body, flush=True)
    write_section("Lightbulb", body)


async def _counted() -> list[tuple[str, Counter[str], Counter[str]]]:
    rows = []
    for number in (1, 5):
        with _project(LINES, number) as path:
            client = _Client(path)
            rows.append((f"lightbulb, {number} tokens", await client.cost(), await client.cost()))
    for title in ("Ignore this line", "Read it from the environment"):
        with _project(LINES, 1) as path:
            client = _Client(path)
            actions = await client.lightbulb()
            action = next(each for each in actions if each["title"].startswith(title))
            costs = [await client.cost("codeAction/resolve", action) for _ in range(2)]
            rows.append((f"resolve, {title}", costs[0], costs[1]))
    return rows


def _fixed() -> Counter[str]:
    with (
        _project(LINES, 5) as path,
        contextlib.redirect_stdout(io.StringIO()),
        _counting() as count,
    ):
        cli.main(["fix", str(path)])
    return count


async def _time(tokens: int) -> float:
    taken = []
    with _project(LONG, tokens) as path:
        client = _Client(path)
        for _ in range(RUNS):
            start = time.perf_counter()
            await client.lightbulb()
            taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1000


class _Client:
    """A client of a server in this process, with one file open."""

    def __init__(self, path: Path) -> None:
        self._server = create_server()
        self._server.protocol.set_writer(self, include_headers=False)
        self._answers: dict[int, Message] = {}
        self._answered = asyncio.Event()
        self._last = 0
        text = path.read_text("utf-8")
        folder = {"uri": path.parent.as_uri(), "name": "shop"}
        self._uri = path.as_uri()
        self._lines = text.count("\n")
        self._send(
            "initialize",
            {"processId": None, "rootUri": folder["uri"], "workspaceFolders": [folder]}
            | {"capabilities": _CAPABILITIES},
            self._next(),
        )
        item = {"uri": self._uri, "languageId": "python", "version": 1, "text": text}
        self._send("initialized", {})
        self._send("textDocument/didOpen", {"textDocument": item})

    async def cost(self, method: str = "", params: Message | None = None) -> Counter[str]:
        """Return what a request costs, by default a lightbulb over the whole file."""
        with _counting() as count:
            await (self.request(method, params or {}) if method else self.lightbulb())
        return count

    async def lightbulb(self) -> list[Message]:
        """Return what can be done about all tokens of the file."""
        end = {"line": self._lines, "character": 0}
        params = {
            "textDocument": {"uri": self._uri},
            "range": {"start": {"line": 0, "character": 0}, "end": end},
            "context": {"diagnostics": [], "only": ["quickfix"]},
        }
        actions: list[Message] = await self.request("textDocument/codeAction", params)
        return actions

    async def request(self, method: str, params: Message) -> Any:  # noqa: ANN401, any JSON
        """Return the result of a request."""
        number = self._next()
        self._send(method, params, number)
        while number not in self._answers:
            self._answered.clear()
            await self._answered.wait()
        return self._answers[number]["result"]

    def write(self, data: bytes) -> None:
        """Take a message of the server."""
        message = json.loads(data)
        if "method" not in message:
            self._answers[message["id"]] = message
            self._answered.set()

    def close(self) -> None:
        """Do nothing: there is nothing to close."""

    def _next(self) -> int:
        self._last += 1
        return self._last

    def _send(self, method: str, params: Message, number: int | None = None) -> None:
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        identified = message if number is None else {**message, "id": number}
        self._server.protocol.receive(json.dumps(identified).encode())  # type: ignore[attr-defined] # our protocol


@contextlib.contextmanager
def _project(lines: int, tokens: int) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        run("git", "init", "--quiet", str(root))
        path = root / "shop.py"
        path.write_text("\n".join(python_source(lines, tokens)) + "\n", "utf-8")
        run("git", "-C", str(root), "add", "shop.py")
        yield path


@contextlib.contextmanager
def _counting() -> Iterator[Counter[str]]:
    # From outside, so that the same count can be taken of any version of the code.
    count = Counter(parses=0, git=0)
    parser, process = tree_sitter.Parser, subprocess.Popen

    class Parser:
        def __init__(self, *arguments: Any) -> None:  # noqa: ANN401, handed on
            self._parser = parser(*arguments)

        def parse(self, *arguments: Any, **options: Any) -> tree_sitter.Tree:  # noqa: ANN401, handed on
            # What is read in pieces is parsed; the second call takes over what that has found.
            count["parses"] += "progress_callback" in options
            return self._parser.parse(*arguments, **options)

    class Process(process):  # type: ignore[misc, valid-type] # it is a class, in a variable
        def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401, handed on
            count["git"] += 1
            super().__init__(*arguments, **options)

    tree_sitter.Parser, subprocess.Popen = Parser, Process  # type: ignore[assignment, misc] # put back below
    try:
        yield count
    finally:
        tree_sitter.Parser, subprocess.Popen = parser, process  # type: ignore[misc] # as above


if __name__ == "__main__":
    main()
