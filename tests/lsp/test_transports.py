"""Standard input and output, TCP, WebSocket: the same session over each."""

from __future__ import annotations

import asyncio
import json
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any

import pytest
from canary import leaks
from editor import Editor
from profiles import PROFILES
from sessions import connected, listening, recorded_process
from token_factory import access_token
from websockets.asyncio.client import connect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sessions import Listening
    from websockets.asyncio.client import ClientConnection

TOKEN = access_token(1)
LEAK = f'token = "{TOKEN}"\n'
LOOKUP = 'import os\n\ntoken = os.environ["NOTION_TOKEN"]\n'


@pytest.fixture(scope="module")
def websockets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Listening]:
    with listening(tmp_path_factory.mktemp("websockets"), "--ws") as server:
        yield server


async def fixed(editor: Editor, folder: Path) -> str:
    return await editor.fix(editor.open(folder / "a.py", LEAK))


@pytest.mark.parametrize("profile", ["vscode", "neovim-0.11", "eglot"])
async def test_a_token_is_found_and_fixed_over_standard_input_and_output(
    tmp_path: Path, profile: str
) -> None:
    editor = Editor(PROFILES[profile], [tmp_path])
    async with recorded_process(tmp_path, editor):
        await editor.initialize()
        assert await fixed(editor, tmp_path) == LOOKUP
    written = (tmp_path / "stdout").read_bytes(), (tmp_path / "stderr").read_bytes()
    assert leaks(*written, editor.tokens) == []


async def test_clients_come_at_once_and_one_after_another_over_tcp(
    shared_server: Listening, tmp_path: Path
) -> None:
    for _ in range(2):
        editors = [Editor(PROFILES["eglot"], [tmp_path]) for _ in range(2)]
        async with AsyncExitStack() as stack:
            for editor in editors:
                await stack.enter_async_context(connected(shared_server, editor))
            for editor in editors:
                await editor.initialize()
            assert [await fixed(editor, tmp_path) for editor in editors] == [LOOKUP, LOOKUP]


async def test_a_client_that_leaves_takes_no_other_with_it_over_tcp(
    shared_server: Listening, tmp_path: Path
) -> None:
    stays, leaves = (Editor(PROFILES["vscode"], [tmp_path]) for _ in range(2))
    async with connected(shared_server, stays):
        await stays.initialize()
        async with connected(shared_server, leaves):
            await leaves.initialize()
        assert await fixed(stays, tmp_path) == LOOKUP


async def initialized(websocket: ClientConnection) -> dict[str, Any]:
    params: dict[str, object] = {"processId": None, "rootUri": None, "capabilities": {}}
    return await asked(websocket, "initialize", params)


async def asked(websocket: ClientConnection, method: str, params: object) -> dict[str, Any]:
    request = {"jsonrpc": "2.0", "id": method, "method": method, "params": params}
    await websocket.send(json.dumps(request))
    answer: dict[str, Any] = json.loads(await websocket.recv())
    return answer


async def opened(websocket: ClientConnection) -> dict[str, Any]:
    document = {"uri": "untitled:x", "languageId": "python", "version": 1, "text": LEAK}
    return await asked(websocket, "textDocument/didOpen", {"textDocument": document})


async def test_what_browsers_can_read_comes_over_websockets(websockets: Listening) -> None:
    async with connect(f"ws://127.0.0.1:{websockets.port}") as websocket:
        await websocket.send('{"jsonrpc": "2.0", "id": 1, "method": "textDocument/hover"}')
        assert isinstance(await websocket.recv(), str)


async def test_a_request_before_the_first_is_answered_with_an_error(websockets: Listening) -> None:
    async with connect(f"ws://127.0.0.1:{websockets.port}") as websocket:
        assert (await asked(websocket, "textDocument/hover", {}))["error"]["code"] == -32002
        assert "result" in await initialized(websocket)


async def test_clients_come_at_once_and_leave_alone_over_websockets(websockets: Listening) -> None:
    address = f"ws://127.0.0.1:{websockets.port}"
    async with connect(address) as stays:
        assert "result" in await initialized(stays)
        async with connect(address) as leaves:
            assert "result" in await initialized(leaves)
            assert (await asked(leaves, "shutdown", None))["result"] is None
            await leaves.send('{"jsonrpc": "2.0", "method": "exit"}')
            await leaves.wait_closed()
        assert (await opened(stays))["method"] == "textDocument/publishDiagnostics"


async def test_a_connection_that_breaks_is_not_a_fault(websockets: Listening) -> None:
    address = f"ws://127.0.0.1:{websockets.port}"
    async with connect(address) as breaks:
        await initialized(breaks)
        await breaks.send('{"jsonrpc": "2.0", "id": 1, "method": "shutdown"}')
        breaks.transport.abort()
    async with connect(address) as next_one:
        assert "result" in await initialized(next_one)
    assert b"Traceback" not in websockets.log


async def test_a_client_that_breaks_off_while_it_waits_is_not_a_fault(
    shared_server: Listening, tmp_path: Path
) -> None:
    before = shared_server.log
    breaks = Editor(PROFILES["vscode"], [tmp_path])
    stream, writer = await asyncio.open_connection("127.0.0.1", shared_server.port)
    capabilities: dict[str, object] = {"textDocument": {"diagnostic": {}}}
    params = {"processId": None, "rootUri": tmp_path.as_uri(), "capabilities": capabilities}
    requests: list[tuple[str, object]] = [
        ("initialize", params),
        ("workspace/diagnostic", {"previousResultIds": []}),
        ("no/such", None),
    ]
    for method, asked_for in requests:
        request = {"jsonrpc": "2.0", "id": method, "method": method, "params": asked_for}
        body = json.dumps(request).encode()
        writer.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
    await stream.readuntil(b'"no/such"')
    writer.transport.abort()
    async with connected(shared_server, breaks):
        await breaks.initialize()
    assert b"ERROR" not in shared_server.log[len(before) :]
