"""Standard input and output, Unix socket, WebSocket: the same session over each."""

from __future__ import annotations

import asyncio
import json
import signal
import stat
import subprocess
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

import pytest
from canary import leaks
from editor import SECONDS, Editor
from profiles import PROFILES
from sessions import SERVER, connected, listening, recorded_process
from token_factory import access_token
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sessions import Listening
    from websockets.asyncio.client import ClientConnection

TOKEN = access_token(1)
LEAK = f'token = "{TOKEN}"\n'
LOOKUP = 'import os\n\ntoken = os.environ["NOTION_TOKEN"]\n'


@pytest.fixture(scope="module")
def websockets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Listening]:
    with listening(tmp_path_factory.mktemp("websockets"), "--ws", "0") as server:
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


async def test_clients_come_at_once_and_one_after_another_over_a_unix_socket(
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


async def test_a_client_that_leaves_takes_no_other_with_it_over_a_unix_socket(
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
    async with connect(websockets.address) as websocket:
        await websocket.send('{"jsonrpc": "2.0", "id": 1, "method": "textDocument/hover"}')
        assert isinstance(await websocket.recv(), str)


async def test_a_request_before_the_first_is_answered_with_an_error(websockets: Listening) -> None:
    async with connect(websockets.address) as websocket:
        assert (await asked(websocket, "textDocument/hover", {}))["error"]["code"] == -32002
        assert "result" in await initialized(websocket)


async def test_no_token_is_told_over_websockets(tmp_path: Path) -> None:
    place = {"textDocument": {"uri": "untitled:x"}, "position": {"line": 0, "character": 12}}
    with listening(tmp_path, "--ws", "0") as server:
        async with connect(server.address) as websocket:
            told = [await initialized(websocket), await opened(websocket)]
            told += [await asked(websocket, "textDocument/hover", place)]
            told += [await asked(websocket, "workspace/executeCommand", {"command": TOKEN})]
    bodies = [json.dumps(message).encode() for message in told]
    recorded = b"".join(b"Content-Length: %d\r\n\r\n%b" % (len(body), body) for body in bodies)
    assert b"access-token" in recorded
    assert leaks(recorded, server.log, [TOKEN]) == []


async def test_clients_come_at_once_and_leave_alone_over_websockets(websockets: Listening) -> None:
    address = websockets.address
    async with connect(address) as stays:
        assert "result" in await initialized(stays)
        async with connect(address) as leaves:
            assert "result" in await initialized(leaves)
            assert (await asked(leaves, "shutdown", None))["result"] is None
            await leaves.send('{"jsonrpc": "2.0", "method": "exit"}')
            await leaves.wait_closed()
        assert (await opened(stays))["method"] == "textDocument/publishDiagnostics"


async def test_a_connection_that_breaks_is_not_a_fault(websockets: Listening) -> None:
    address = websockets.address
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
    stream, writer = await asyncio.open_unix_connection(shared_server.address)
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


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "https://localhost.evil.example"},
        {"origin": "null"},
        {"origin": "http://[::1"},
        {"additional_headers": {"Origin": "http://evil.example:80@127.0.0.1.evil.example"}},
    ],
)
async def test_a_page_of_another_host_is_not_served(
    websockets: Listening, headers: dict[str, Any]
) -> None:
    with pytest.raises(InvalidStatus, match="403"):
        await connect(websockets.address, **headers)


async def test_a_name_that_leads_to_this_machine_is_not_served(websockets: Listening) -> None:
    port = urlsplit(websockets.address).port
    with pytest.raises(InvalidStatus, match="403"):
        await connect(
            websockets.address.replace("127.0.0.1", "evil.example"), host="127.0.0.1", port=port
        )


async def test_a_page_of_this_machine_is_served(websockets: Listening) -> None:
    async with connect(websockets.address, origin=Origin("http://localhost:3000")) as websocket:
        assert "result" in await initialized(websocket)


@pytest.mark.parametrize("path", ["/", "/x", "/%00"])
async def test_an_address_without_its_secret_is_refused(websockets: Listening, path: str) -> None:
    with pytest.raises(InvalidStatus, match="403"):
        await connect(urljoin(websockets.address, path))


def refused(folder: Path, *options: str) -> str:
    """Return what a server says that does not start."""
    command = [*SERVER, *options]
    ended = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, timeout=SECONDS
    )
    assert ended.returncode == 2
    return ended.stderr


def test_another_host_is_served_only_to_who_says_so(tmp_path: Path) -> None:
    said = refused(tmp_path, "--ws", "0", "--host", "0.0.0.0")  # noqa: S104, it must be refused
    assert "can be reached from other machines" in said


@pytest.mark.parametrize("option", ["--host=::1", "--let-other-machines-connect"])
@pytest.mark.parametrize("where", [["--stdio"], ["--pipe", "socket"], []])
def test_what_a_websocket_alone_has_is_not_passed_over(
    tmp_path: Path, where: list[str], option: str
) -> None:
    assert "go with --ws" in refused(tmp_path, *where, option)


@pytest.mark.parametrize("port", ["70000", "-1"])
def test_what_is_no_port_is_refused(tmp_path: Path, port: str) -> None:
    assert f"cannot listen: {port} is no port" in refused(tmp_path, "--ws", port)


def test_a_unix_socket_is_its_owners_alone(shared_server: Listening) -> None:
    assert stat.S_IMODE(Path(shared_server.address).stat().st_mode) == 0o600


def test_a_path_that_is_taken_is_left_as_it_is(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("text")
    said = refused(tmp_path, "--pipe", str(taken))
    assert "cannot listen: Address already in use." in said
    assert taken.read_text() == "text"


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_server_that_is_ended_takes_its_socket_with_it(tmp_path: Path, name: str) -> None:
    # A shell that runs the tests in the background has them, and so the server, ignore Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with listening(tmp_path) as server:
        server.process.send_signal(getattr(signal, name))
        server.process.wait(SECONDS)
    assert not Path(server.address).exists()


def test_the_socket_of_a_server_that_was_killed_is_made_anew(tmp_path: Path) -> None:
    with listening(tmp_path) as killed:
        killed.process.kill()
        killed.process.wait()
    with listening(tmp_path) as server:
        assert Path(server.address).is_socket()


@pytest.mark.parametrize(
    "request_line",
    [
        b"POST / HTTP/1.1\r\n",
        b"get /x HTTP/1.0\r\n",
        b"M-SEARCH * HTTP/1.1\r\n",
        b"PUT\t/a b HTTP/1.1\r\n",
    ],
)
async def test_a_request_of_http_is_not_answered(
    shared_server: Listening, request_line: bytes
) -> None:
    body = b'{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}'
    stream, writer = await asyncio.open_unix_connection(shared_server.address)
    writer.write(request_line + b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
    assert await asyncio.wait_for(stream.read(), SECONDS) == b""
    writer.close()
