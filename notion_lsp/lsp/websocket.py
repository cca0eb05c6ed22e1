"""WebSocket: each connection gets a server of its own, as on the other transports.

Any page in a browser can connect to any port of the machine. So the address ends in a secret, and
the page must be of this machine too. pygls sends binary frames, which browsers hand to a page as
blobs.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import secrets
from http import HTTPStatus
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosed

from notion_lsp.lsp.protocol import log_to_stderr
from notion_lsp.lsp.server import create_server
from notion_lsp.lsp.transport import LONGEST, announce

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from websockets.asyncio.server import ServerConnection
    from websockets.http11 import Request, Response


def serve_ws(host: str, port: int) -> None:
    """Serve every client that connects over WebSocket, until interrupted."""
    log_to_stderr()
    asyncio.run(_serve_ws(host, port))


def is_local(host: str) -> bool:
    """Whether a host, such as `localhost` or `::1`, is this machine to itself alone."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


async def _serve_ws(host: str, port: int) -> None:
    path = f"/{secrets.token_urlsafe()}"

    def refuse(connection: ServerConnection, request: Request) -> Response | None:
        reason = _refusal(request, path, host)
        return connection.respond(HTTPStatus.FORBIDDEN, reason) if reason else None

    async with serve(_connected, host, port, max_size=LONGEST, process_request=refuse) as listening:
        # With port 0 the system chooses one: whoever started us reads it here.
        for each in listening.sockets:
            name, number, *_ = each.getsockname()
            announce(f"ws://{f'[{name}]' if ':' in name else name}:{number}{path}")
        # Nothing ever sets it: this serves until it is interrupted.
        await asyncio.get_running_loop().create_future()


async def _connected(websocket: ServerConnection) -> None:
    protocol = create_server().own_protocol
    writer = _TextFrames(websocket)
    protocol.set_writer(writer, include_headers=False)
    with contextlib.suppress(ConnectionClosed):
        async for message in websocket:
            protocol.receive(message.encode() if isinstance(message, str) else message)
            if protocol.exit_code is not None:
                break
            await writer.sent()
    protocol.close()


def _refusal(request: Request, path: str, host: str) -> str | None:
    if not hmac.compare_digest(request.path.encode(), path.encode()):
        return "The address ends in a secret.\n"
    names = [*request.headers.get_all("Host"), *request.headers.get_all("Origin")]
    if is_local(host) and not all(map(_is_local_address, names)):
        return "This host is not served.\n"
    return None


class _TextFrames:
    """A writer of text frames: browsers hand binary ones to the page as blobs."""

    def __init__(self, websocket: ServerConnection) -> None:
        self._websocket = websocket
        self._sending: set[asyncio.Future[None]] = set()

    def write(self, data: bytes) -> Awaitable[None]:
        sending = asyncio.ensure_future(self._send(data))
        self._sending.add(sending)
        sending.add_done_callback(self._sending.discard)
        return sending

    async def sent(self) -> None:
        """Wait until all is sent: a client that does not read its answers may ask for no more."""
        if self._sending:
            await asyncio.wait(self._sending)

    async def _send(self, data: bytes) -> None:
        with contextlib.suppress(ConnectionClosed):  # the reading side notices too
            await self._websocket.send(data, text=True)

    def close(self) -> Awaitable[None]:
        return self._websocket.close()


def _is_local_address(name: str) -> bool:
    # `Host` has no scheme. What is no address, such as the origin `null`, is not of this machine.
    try:
        return is_local(urlsplit(name if "//" in name else f"//{name}").hostname or "")
    except ValueError:
        return False
