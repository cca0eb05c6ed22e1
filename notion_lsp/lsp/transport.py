"""Standard input and output, TCP and WebSocket: how bytes come in and go out.

Each connection gets a server of its own, so clients can come one after another and at once.
pygls' loops serve one client, read standard input on the pool that runs handlers, and send
WebSocket frames that browsers refuse.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import threading
from typing import TYPE_CHECKING, Any

from pygls.io_ import StdoutWriter

from notion_lsp.lsp.protocol import Protocol, log_to_stderr
from notion_lsp.lsp.server import create_server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable

    from websockets.asyncio.server import ServerConnection

    from notion_lsp.lsp.session import NotionServer

_CHUNK = 1 << 16
_PARENT_CHECK_SECONDS = 3.0


def serve_stdio() -> int:
    """Serve the one client on standard input and output; return the exit code."""
    log_to_stderr()
    return asyncio.run(_serve_stdio())


def serve_tcp(host: str, port: int) -> None:
    """Serve every client that connects, until interrupted."""
    log_to_stderr()
    asyncio.run(_serve_tcp(host, port))


def serve_ws(host: str, port: int) -> None:
    """Serve every client that connects over WebSocket, until interrupted."""
    log_to_stderr()
    asyncio.run(_serve_ws(host, port))


async def read_messages(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    """Yield the body of each message until the end of the input; skip what is no header."""
    while True:
        # LSP, base protocol: header fields, an empty line, then Content-Length bytes.
        length = 0
        while True:
            try:
                line = await reader.readline()
            except ValueError:  # a line longer than the reader's limit: no header is
                continue
            if not line:
                return
            name, _, value = line.partition(b":")
            if name.strip().lower() == b"content-length" and value.strip().isdigit():
                length = int(value)
            if not line.strip() and length:
                break
        try:
            yield await reader.readexactly(length)
        except asyncio.IncompleteReadError:
            return


async def _serve_stdio() -> int:
    server = create_server()
    reader = asyncio.StreamReader()
    threading.Thread(target=_feed, args=(reader, asyncio.get_running_loop()), daemon=True).start()
    server.protocol.set_writer(StdoutWriter(sys.stdout.buffer))
    watch = asyncio.create_task(_end_with_parent(server, reader))
    # The client may go while an answer is being written.
    with contextlib.suppress(BrokenPipeError):
        await _converse(server, reader)
    watch.cancel()
    exit_code = _protocol(server).exit_code
    # The input ended without `exit`: that is no orderly end.
    return 1 if exit_code is None else exit_code


def _feed(reader: asyncio.StreamReader, loop: asyncio.AbstractEventLoop) -> None:
    # The file descriptor, not the buffer: a buffer's lock, held by a thread that waits for input,
    # stops the interpreter from ending.
    descriptor = sys.stdin.fileno()
    while chunk := os.read(descriptor, _CHUNK):
        loop.call_soon_threadsafe(reader.feed_data, chunk)
    loop.call_soon_threadsafe(reader.feed_eof)


async def _converse(server: NotionServer, reader: asyncio.StreamReader) -> None:
    protocol = _protocol(server)
    async for body in read_messages(reader):
        protocol.receive(body)
        if protocol.exit_code is not None:
            return
        # Input that is there already must not keep answers that take longer from going on.
        await asyncio.sleep(0)


async def _end_with_parent(server: NotionServer, reader: asyncio.StreamReader) -> None:
    while True:
        await asyncio.sleep(_PARENT_CHECK_SECONDS)
        # LSP, initialize: a server ends when the process that started it is gone.
        if server.process_id is not None and not _is_running(server.process_id):
            reader.feed_eof()
            return


def _is_running(process_id: int) -> bool:
    import psutil

    # `os.kill(process_id, 0)` only asks on POSIX: on Windows, 0 is CTRL_C_EVENT.
    return psutil.pid_exists(process_id)


async def _serve_tcp(host: str, port: int) -> None:
    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server = create_server()
        server.protocol.set_writer(writer)
        with contextlib.suppress(ConnectionError):
            await _converse(server, reader)
        _protocol(server).close()
        writer.close()

    listening = await asyncio.start_server(connected, host, port)
    _announce(listening.sockets)
    async with listening:
        await listening.serve_forever()


async def _serve_ws(host: str, port: int) -> None:
    from websockets.asyncio.server import serve
    from websockets.exceptions import ConnectionClosed

    async def connected(websocket: ServerConnection) -> None:
        server = create_server()
        protocol = _protocol(server)
        protocol.set_writer(_TextFrames(websocket), include_headers=False)
        with contextlib.suppress(ConnectionClosed):
            async for message in websocket:
                protocol.receive(message.encode() if isinstance(message, str) else message)
                if protocol.exit_code is not None:
                    break
        protocol.close()

    # websockets takes messages of up to 1 MiB by default: a document may be longer.
    async with serve(connected, host, port, max_size=None) as listening:
        _announce(listening.sockets)
        # Nothing ever sets it: this serves until it is interrupted.
        await asyncio.get_running_loop().create_future()


class _TextFrames:
    """A writer of text frames: browsers hand binary ones to the page as blobs."""

    def __init__(self, websocket: ServerConnection) -> None:
        self._websocket = websocket

    async def write(self, data: bytes) -> None:
        from websockets.exceptions import ConnectionClosed

        with contextlib.suppress(ConnectionClosed):  # the reading side notices too
            await self._websocket.send(data, text=True)

    def close(self) -> Awaitable[None]:
        return self._websocket.close()


def _protocol(server: NotionServer) -> Protocol:
    assert isinstance(server.protocol, Protocol)  # noqa: S101, create_server makes no other
    return server.protocol


def _announce(sockets: Any) -> None:  # noqa: ANN401, asyncio's transport sockets
    # With port 0 the system chooses one: whoever started us reads it here.
    for socket in sockets:
        host, port, *_ = socket.getsockname()
        sys.stderr.write(f"notion-lsp: listening on {host}:{port}\n")
    sys.stderr.flush()
