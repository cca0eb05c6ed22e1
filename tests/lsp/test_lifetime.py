"""A session from its beginning to its end: what it keeps, and what it leaves behind."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import psutil
import pytest
from sessions import listening
from token_factory import access_token
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from wire import SECONDS, Wire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

URI = "file:///nowhere/a.py"
LEAK = f'token = "{access_token(1)}"\n'
MEGABYTE = 1 << 20
PUBLISHED = "textDocument/publishDiagnostics"


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    with Wire(tmp_path, capabilities={"workspace": {"applyEdit": True}}) as opened:
        yield opened


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Have the programs that a test starts end at SIGINT: a job in the background ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def memory(wire: Wire) -> int:
    return psutil.Process(wire.process.pid).memory_info().rss


def ends_well(wire: Wire, shutdown: int) -> bool:
    answer = wire.answer_to(shutdown)
    wire.notify("exit")
    return answer == {"id": shutdown, "jsonrpc": "2.0", "result": None} and (
        wire.process.wait(SECONDS) == 0
    )


def change(wire: Wire, version: int) -> None:
    place = {"line": 0, "character": 0}
    changes = [{"range": {"start": place, "end": place}, "text": "x"}]
    if version % 2:
        changes[0]["range"] = {"start": place, "end": {"line": 0, "character": 1}}
        changes[0]["text"] = ""
    document = {"uri": URI, "version": version}
    wire.notify("textDocument/didChange", textDocument=document, contentChanges=changes)


def test_a_second_initialize_is_an_error_and_keeps_all(wire: Wire) -> None:
    wire.open(URI, LEAK)
    again = wire.request("initialize", processId=None, rootUri=None, capabilities={})
    assert again["error"]["code"] == -32600
    change(wire, 2)
    assert wire.until(lambda each: each.get("params", {}).get("version") == 2)["params"][
        "diagnostics"
    ]


def test_a_shutdown_during_a_scan_is_answered(wire: Wire, tmp_path: Path) -> None:
    for number in range(100):
        (tmp_path / f"{number}.py").write_text(LEAK)
    wire.send_request("workspace/executeCommand", command="notion-lsp.scanWorkspace")
    assert ends_well(wire, wire.send_request("shutdown"))


def test_a_shutdown_with_an_edit_that_is_not_answered_is_answered(
    wire: Wire, tmp_path: Path
) -> None:
    (tmp_path / "a.py").write_text(LEAK)
    wire.send_request("workspace/executeCommand", command="notion-lsp.fixWorkspace")
    wire.until(lambda each: each.get("method") == "workspace/applyEdit")
    assert ends_well(wire, wire.send_request("shutdown"))


def end_by_signal(wire: Wire, number: int) -> int:
    wire.process.send_signal(number)
    return 128 + number


def end_by_closing(wire: Wire, _number: int) -> int:
    assert wire.process.stdin
    wire.process.stdin.close()
    return 1


def end_by_exit(wire: Wire, _number: int) -> int:
    assert wire.request("shutdown")["result"] is None
    wire.notify("exit")
    return 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize(
    ("end", "number"),
    [
        (end_by_signal, signal.SIGTERM),
        (end_by_signal, signal.SIGHUP),
        (end_by_signal, signal.SIGINT),
        (end_by_closing, 0),
        (end_by_exit, 0),
    ],
)
def test_who_ends_the_server_ends_what_it_has_started(
    wire: Wire, tmp_path: Path, end: Callable[[Wire, int], int], number: int
) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    os.mkfifo(tmp_path / ".gitignore")
    wire.send_request("workspace/executeCommand", command="notion-lsp.scanWorkspace")
    server, until = psutil.Process(wire.process.pid), time.monotonic() + SECONDS
    while not (started := server.children(recursive=True)) and time.monotonic() < until:
        pass
    assert end(wire, number) == wire.process.wait(SECONDS)
    assert started
    assert psutil.wait_procs(started, SECONDS)[1] == []


def test_a_shutdown_is_answered_whatever_is_going_on(wire: Wire, tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"{number}.py").write_text(LEAK)
    wire.open(URI, LEAK)
    place = {"line": 0, "character": 12}
    here = {"textDocument": {"uri": URI}, "position": place}
    about = {"textDocument": {"uri": URI}, "range": {"start": place, "end": place}}
    asked = [
        wire.send_request("textDocument/hover", **here),
        wire.send_request("textDocument/codeAction", **about, context={"diagnostics": []}),
        wire.send_request("textDocument/references", **here, context={"includeDeclaration": True}),
        wire.send_request("textDocument/documentHighlight", **here),
        wire.send_request("workspace/executeCommand", command="notion-lsp.scanWorkspace"),
        wire.send_request("workspace/executeCommand", command="notion-lsp.fixWorkspace"),
    ]
    change(wire, 2)
    shutdown = wire.send_request("shutdown")
    answers: set[int] = set()
    while not answers.issuperset([*asked, shutdown]):
        answer = wire.until(lambda each: "method" not in each)
        answers.add(answer["id"])
    wire.notify("exit")
    assert wire.process.wait(SECONDS) == 0


def test_a_change_leaves_nothing_behind(wire: Wire) -> None:
    wire.open(URI, LEAK)

    def type_on(first: int, last: int) -> int:
        for version in range(first, last):
            change(wire, version)
            wire.notification(PUBLISHED)
        return memory(wire)

    # 2 KiB for each would be 6 MB.
    before = type_on(2, 1002)
    assert type_on(1002, 4002) - before < MEGABYTE


def test_a_document_that_is_closed_leaves_nothing_behind(wire: Wire) -> None:
    def open_and_close(first: int, last: int) -> int:
        for number in range(first, last):
            uri = f"file:///nowhere/{number}.py"
            wire.open(uri, "x = 1\n")
            wire.notify("textDocument/didClose", textDocument={"uri": uri})
            while wire.notification(PUBLISHED)["uri"] != uri:
                pass
        return memory(wire)

    # 3 KiB for each would be 6 MB.
    before = open_and_close(0, 1500)
    assert open_and_close(1500, 3500) - before < MEGABYTE


# The answers to these are 150 MB. They take a second: after forty, the server would close a
# WebSocket, as a client that does not read answers no ping either.
START = {"line": 0, "character": 0}
DOCUMENT = {"uri": URI, "languageId": "python", "version": 1, "text": LEAK * 1000}
LETTER = {
    "textDocument": {"uri": URI, "version": 2},
    "contentChanges": [{"range": {"start": START, "end": START}, "text": "x"}],
}
CHANGE: dict[str, object] = {"method": "textDocument/didChange", "params": LETTER}
MESSAGES: list[dict[str, object]] = [
    {
        "id": 1,
        "method": "initialize",
        "params": {"processId": None, "rootUri": None, "capabilities": {}},
    },
    {"method": "textDocument/didOpen", "params": {"textDocument": DOCUMENT}},
    *[CHANGE] * 400,
]
UNREAD = [json.dumps({"jsonrpc": "2.0", **message}) for message in MESSAGES]


def most_memory(process: subprocess.Popen[bytes], send: Callable[[str], object]) -> int:
    """Return the most memory of a server whose client sends, until it does nothing any more."""

    def send_all() -> None:
        with suppress(OSError, ConnectionClosed):  # at the end of the test
            for message in UNREAD:
                send(message)

    threading.Thread(target=send_all, daemon=True).start()
    server, held, before, until = psutil.Process(process.pid), 0, None, time.monotonic() + SECONDS
    # It has done nothing for three seconds: so it waits, and is not slow.
    while before != (before := server.cpu_times()[:2]):
        assert time.monotonic() < until
        time.sleep(3)
        held = max(held, server.memory_info().rss)
    return held


def framed(message: str) -> bytes:
    return b"Content-Length: %d\r\n\r\n%b" % (len(message), message.encode())


def test_a_client_that_does_not_read_is_waited_for(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "notion_lsp", "server"]
    with subprocess.Popen(
        command, cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as server:
        to = server.stdin
        assert to
        held = most_memory(server, lambda message: os.write(to.fileno(), framed(message)))
        server.kill()
    assert held < 150 * MEGABYTE


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no Unix socket")
def test_a_client_of_a_socket_that_does_not_read_is_waited_for(tmp_path: Path) -> None:
    with listening(tmp_path) as server, socket.socket(socket.AF_UNIX) as client:
        client.connect(server.address)
        held = most_memory(server.process, lambda message: client.sendall(framed(message)))
    assert held < 150 * MEGABYTE


def test_a_client_of_a_websocket_that_does_not_read_is_waited_for(tmp_path: Path) -> None:
    # Compressed, all of it would fit into the buffers.
    with (
        listening(tmp_path, "--ws", "0") as server,
        connect(server.address, compression=None) as client,
    ):
        held = most_memory(server.process, client.send)
        client.socket.shutdown(socket.SHUT_RDWR)
    assert held < 150 * MEGABYTE
