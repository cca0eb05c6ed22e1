"""Standard input and output, and a Unix socket: how bytes come in and go out.

Whoever may speak to the server can read the files of the person who started it: a Unix socket is
that person's alone. Each connection gets a server of its own, so clients can come one after another
and at once. pygls' loops serve one client, and read standard input on the pool that runs handlers.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import os
import re
import socket
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from pygls.io_ import StdoutWriter

from notion_lsp.ending import leave, take_away
from notion_lsp.lsp.protocol import log_to_stderr
from notion_lsp.lsp.server import create_server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from notion_lsp.lsp.session import NotionServer

_CHUNK = 1 << 16
# A document of 32 MiB, each of its characters as an escape of JSON; no editor sends as much.
LONGEST = 192 << 20
# Before it may stand a body whose own header was none: with this message the two agree again.
_CONTENT_LENGTH = re.compile(rb"(?<![\w-])content-length\s*:\s*0*(\d{1,15})\s*\Z", re.IGNORECASE)
_HTTP_REQUEST = re.compile(rb".*\sHTTP/\d")
_LOGGER = logging.getLogger(__name__)
_PARENT_CHECK_SECONDS = 3.0


def serve_stdio() -> NoReturn:
    """Serve the one client on standard input and output, and end the process."""
    log_to_stderr()
    # `asyncio.run` would wait for the threads, and one may wait for git.
    leave(asyncio.new_event_loop().run_until_complete(_serve_stdio()))


def serve_pipe(path: str) -> None:
    """Serve every client that connects to a new Unix socket, until interrupted.

    An `OSError` says why there cannot be one, such as that the path is taken.
    """
    log_to_stderr()
    with _bound(Path(path)) as listening:
        take_away(Path(path))
        asyncio.run(_serve_pipe(listening))


@contextlib.contextmanager
def _bound(path: Path) -> Iterator[socket.socket]:
    if sys.platform == "win32":
        raise NotImplementedError  # the command does not offer it there
    listening = socket.socket(socket.AF_UNIX)
    if path.is_socket() and listening.connect_ex(str(path)) == errno.ECONNREFUSED:
        path.unlink()  # a server that was killed has left it
    before = os.umask(0o177)
    try:
        listening.bind(str(path))
    finally:
        os.umask(before)
    try:
        yield listening
    finally:
        path.unlink(missing_ok=True)


async def read_messages(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    """Yield the body of each message until the end of the input, or a request of HTTP.

    What is no header is skipped, and so is a message that is too long.
    """
    with contextlib.suppress(asyncio.IncompleteReadError):  # the input ends in a message
        while length := await _read_header(reader):
            if length <= LONGEST:
                yield await reader.readexactly(length)
            else:
                await _skip(reader, length)


async def _read_header(reader: asyncio.StreamReader) -> int | None:
    # LSP, base protocol: header fields, an empty line, then Content-Length bytes.
    length = 0
    while True:
        try:
            line = await reader.readline()
        except ValueError:  # a line longer than the reader's limit: no header is
            continue
        # A page in a browser can send what it likes to a port, behind this line.
        if not line or _HTTP_REQUEST.match(line):
            return None
        if found := _CONTENT_LENGTH.search(line):
            length = int(found[1])
        if not line.strip() and length:
            return length


async def _skip(reader: asyncio.StreamReader, length: int) -> None:
    _LOGGER.warning("a message of %s bytes is too long, and was not read", length)
    while length:
        length -= len(await reader.readexactly(min(length, _CHUNK)))


async def _serve_stdio() -> int:
    server = create_server()
    reader = asyncio.StreamReader()
    gate = _Gate()
    reader.set_transport(gate)
    feeding = reader, gate, asyncio.get_running_loop()
    threading.Thread(target=_feed, args=feeding, daemon=True).start()
    server.protocol.set_writer(StdoutWriter(sys.stdout.buffer))
    watch = asyncio.create_task(_end_with_parent(server, reader))
    # The client may go while an answer is being written.
    with contextlib.suppress(BrokenPipeError):
        await _converse(server, reader)
    watch.cancel()
    exit_code = server.own_protocol.exit_code
    # The input ended without `exit`: that is no orderly end.
    return 1 if exit_code is None else exit_code


class _Gate(asyncio.ReadTransport):
    """Keeps input out while much of what came before has not been handled."""

    def __init__(self) -> None:
        super().__init__()
        self._open = threading.Event()
        self._open.set()

    def pause_reading(self) -> None:
        self._open.clear()

    def resume_reading(self) -> None:
        self._open.set()

    def wait(self) -> None:
        """Wait, in a thread, until there is room."""
        self._open.wait()


def _feed(reader: asyncio.StreamReader, gate: _Gate, loop: asyncio.AbstractEventLoop) -> None:
    # The file descriptor, not the buffer: a buffer's lock, held by a thread that waits for input,
    # stops the interpreter from ending.
    descriptor = sys.stdin.fileno()
    fed = threading.Event()

    def feed(chunk: bytes) -> None:
        reader.feed_data(chunk)
        fed.set()

    while chunk := os.read(descriptor, _CHUNK):
        fed.clear()
        loop.call_soon_threadsafe(feed, chunk)
        fed.wait()
        gate.wait()
    loop.call_soon_threadsafe(reader.feed_eof)


async def _converse(
    server: NotionServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter | None = None
) -> None:
    protocol = server.own_protocol
    async for body in read_messages(reader):
        protocol.receive(body)
        if protocol.exit_code is not None:
            return
        # A client that does not read its answers may ask for no more.
        if writer:
            await writer.drain()
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


async def _serve_pipe(listening: socket.socket) -> None:
    if sys.platform == "win32":
        raise NotImplementedError

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server = create_server()
        server.protocol.set_writer(writer)
        with contextlib.suppress(ConnectionError):
            await _converse(server, reader, writer)
        server.own_protocol.close()
        writer.close()

    async with await asyncio.start_unix_server(connected, sock=listening) as serving:
        announce(listening.getsockname())
        await serving.serve_forever()


def announce(address: str) -> None:
    """Tell whoever started the server where it listens."""
    sys.stderr.write(f"notion-lsp: listening on {address}\n")
    sys.stderr.flush()
