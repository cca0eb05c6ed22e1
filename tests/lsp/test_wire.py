"""Bytes on the pipe: whatever comes in, the next request is answered, and nothing leaks."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from token_factory import access_token
from wire import SECONDS, Wire

from notion_lsp.lsp.transport import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

URI = "file:///nowhere/a.py"
BLOCK = b" " * (1 << 20)
LEAK = f'token = "{access_token(1)}"\n'


@pytest.fixture(scope="module")
def wire(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    """Yield a session that outlives the test: whatever a test sends, the next one is answered."""
    with Wire(tmp_path_factory.mktemp("wire")) as opened:
        yield opened


@pytest.fixture
def last(tmp_path: Path) -> Iterator[Wire]:
    """Yield a session that the test ends."""
    with Wire(tmp_path) as opened:
        yield opened


def still_answers(wire: Wire) -> bool:
    wire.open("file:///nowhere/next.py", LEAK)
    return bool(wire.notification("textDocument/publishDiagnostics")["diagnostics"])


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"textDocument": None, "position": {"line": 0, "character": 0}},
        {"textDocument": {"uri": URI}, "position": {"line": "x", "character": 0}},
        {"textDocument": access_token(1), "position": {"line": 0, "character": 0}},
    ],
)
def test_a_request_whose_parameters_do_not_parse_is_answered(
    wire: Wire, params: dict[str, object]
) -> None:
    answer = wire.request("textDocument/hover", **params)
    assert answer["error"]["code"] == -32602
    assert still_answers(wire)


def test_a_body_that_is_not_json_is_answered_with_a_parse_error(wire: Wire) -> None:
    wire.write_body(b'{"jsonrpc": "2.0", "id": 9, "method": ')
    assert wire.answer_to(None)["error"]["code"] == -32700
    assert still_answers(wire)


@pytest.mark.parametrize(
    "body",
    [
        *(b"[]", b"7", b'"text"', b"null", b"[" * 100_000),
        *(b'{"id": NaN, "method": "shutdown"}', b'{"id": -Infinity, "method": "shutdown"}'),
        *(b'{"id": [1], "method": "shutdown"}', b'{"id": {}, "method": "shutdown"}'),
        *(b'{"id": 1, "method": ["shutdown"]}', b'{"id": 1, "method": {}}', b'{"method": null}'),
    ],
)
def test_a_body_that_is_no_message_is_answered_with_an_error(wire: Wire, body: bytes) -> None:
    wire.write_body(body)
    assert wire.answer_to(None)["error"]["code"] in {-32600, -32700}
    assert still_answers(wire)


@pytest.mark.parametrize(
    "header",
    [
        b"Content-Type: text/plain\r\n\r\n",
        b"Content-Length: many\r\n\r\n",
        b"Content-Length: %b\r\n\r\n" % (b"9" * 5_000),
        b"Content-Length: -1\r\n\r\n",
        b"Content-Length: many\r\n\r\n{}",
        b"Content-Length: %b2\r\n\r\n{}" % (b"0" * 20),
        b"{}",
        b"\r\n\r\n",
        b"x" * 200_000 + b"\r\n\r\n",
    ],
)
def test_a_header_without_a_length_is_passed_over(wire: Wire, header: bytes) -> None:
    wire.write(header)
    assert still_answers(wire)


def test_a_message_that_is_too_long_is_passed_over(wire: Wire) -> None:
    blocks = LONGEST // len(BLOCK) + 1
    wire.write(b"Content-Length: %d\r\n\r\n" % (blocks * len(BLOCK)))
    before = len(wire.received)
    for _ in range(blocks):
        wire.write(BLOCK)
    assert still_answers(wire)
    # To read it would have been to answer that it is no JSON.
    assert b'"error"' not in wire.received[before:]


def test_an_unknown_method_is_answered_and_an_unknown_notification_is_not(wire: Wire) -> None:
    wire.notify("no/such/notification", x=1)
    assert wire.request("no/such/request")["error"]["code"] == -32601


def test_a_nested_object_with_a_jsonrpc_key_is_data(wire: Wire) -> None:
    wire.notify("no/such/notification", inner={"jsonrpc": "2.0", "id": 1, "method": "exit"})
    assert still_answers(wire)


@pytest.fixture(scope="module")
def pulling(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    capabilities: dict[str, object] = {"textDocument": {"diagnostic": {}}}
    with Wire(tmp_path_factory.mktemp("pulling"), capabilities=capabilities) as opened:
        yield opened


@pytest.mark.parametrize(
    "method", ["textDocument/hover", "textDocument/codeAction", "textDocument/diagnostic"]
)
@pytest.mark.parametrize("uri", [URI, "untitled:x", "no scheme", "weird://host/a b%zz", ""])
def test_a_request_about_a_document_that_is_not_open_is_answered_empty(
    pulling: Wire, method: str, uri: str
) -> None:
    place = {"line": 3, "character": 9}
    answer = pulling.request(
        method,
        textDocument={"uri": uri},
        position=place,
        range={"start": place, "end": place},
        context={"diagnostics": []},
    )
    result = answer["result"]
    assert result in (None, []) or result["items"] == []


def test_a_change_of_a_document_that_is_not_open_says_nothing_to_the_person(wire: Wire) -> None:
    document = {"uri": URI, "version": 2}
    wire.notify("textDocument/didChange", textDocument=document, contentChanges=[{"text": LEAK}])
    assert still_answers(wire)
    assert b"showMessage" not in wire.received


@pytest.mark.parametrize("uri", ["untitled:Untitled-1", "vscode-notebook-cell:/a.ipynb#W0", "x:y"])
def test_a_document_of_another_scheme_is_searched(wire: Wire, uri: str) -> None:
    wire.open(uri, LEAK)
    published = wire.notification("textDocument/publishDiagnostics")
    assert (published["uri"], len(published["diagnostics"])) == (uri, 1)


def test_a_line_of_thirty_megabytes_is_searched(wire: Wire) -> None:
    wire.open(URI, "x" * 30_000_000 + f' "{access_token(1)}"')
    assert len(wire.notification("textDocument/publishDiagnostics")["diagnostics"]) == 1


def test_lone_surrogates_and_control_characters_in_the_text_do_no_harm(wire: Wire) -> None:
    wire.open(URI, f'"\ud83d {access_token(1)} \x00\x1b"')
    [diagnostic] = wire.notification("textDocument/publishDiagnostics")["diagnostics"]
    assert diagnostic["range"]["start"]["character"] == 3


def test_a_request_after_shutdown_is_answered_with_an_error(last: Wire) -> None:
    last.send({"jsonrpc": "2.0", "id": 50, "method": "shutdown"})
    last.answer_to(50)
    assert last.request("textDocument/hover")["error"]["code"] == -32600


@pytest.mark.parametrize(("before", "code"), [("shutdown", 0), ("nothing", 1)])
def test_exit_ends_the_process_with_the_code_the_protocol_asks_for(
    last: Wire, before: str, code: int
) -> None:
    if before == "shutdown":
        last.send({"jsonrpc": "2.0", "id": 50, "method": "shutdown"})
        last.answer_to(50)
    last.send({"jsonrpc": "2.0", "method": "exit"})
    assert last.process.wait(SECONDS) == code


def test_cancelling_what_has_been_answered_is_not_logged(last: Wire) -> None:
    last.notify("$/cancelRequest", id=1)
    last.request("shutdown")
    last.notify("exit")
    assert last.process.wait(SECONDS) == 0
    assert last.process.stderr
    assert last.process.stderr.read() == b""


def test_the_end_of_the_input_ends_the_process(last: Wire) -> None:
    assert last.process.stdin
    last.process.stdin.close()
    assert last.process.wait(SECONDS) == 1


@pytest.mark.skipif(os.name == "nt", reason="kill is POSIX")
def test_the_death_of_the_editor_ends_the_process(tmp_path: Path) -> None:
    editor = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    with Wire(tmp_path, processId=editor.pid) as wire:
        editor.send_signal(signal.SIGKILL)
        editor.wait()
        assert wire.process.wait(SECONDS) is not None


def test_no_secret_leaves_the_process_outside_an_edit(tmp_path: Path) -> None:
    with Wire(tmp_path) as wire:
        wire.open(URI, LEAK)
        [diagnostic] = wire.notification("textDocument/publishDiagnostics")["diagnostics"]
        place = {"line": 0, "character": 12}
        document = {"uri": URI}
        wire.request("textDocument/hover", textDocument=document, position=place)
        context = {"diagnostics": [diagnostic]}
        asked = {"textDocument": document, "range": diagnostic["range"], "context": context}
        wire.request("textDocument/codeAction", **asked)
        wire.request("textDocument/hover", textDocument=access_token(1))
        wire.request("workspace/executeCommand", command=access_token(1))
        wire.notify("textDocument/didChange", textDocument=LEAK)
        wire.write_body(json.dumps(LEAK).encode()[:-3])
        wire.request("shutdown")
        wire.notify("exit")
        assert wire.process.wait(SECONDS) == 0
        assert wire.process.stderr
        logged = wire.process.stderr.read()
    assert access_token(1).encode() not in wire.received + logged


def test_a_text_where_a_list_belongs_is_one_error_and_not_one_for_each_character(
    tmp_path: Path,
) -> None:
    with Wire(tmp_path) as wire:
        place = {"line": 0, "character": 0}
        about = {"textDocument": {"uri": URI}, "range": {"start": place, "end": place}}
        answer = wire.request("textDocument/codeAction", **about, context={"diagnostics": "x" * 99})
        wire.notify("exit")
        assert wire.process.stderr
        assert wire.process.stderr.read().count(b"Traceback") == 1
    assert answer["error"]["code"] == -32602
