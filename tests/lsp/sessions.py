"""Servers to connect an editor to, and what they write."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import time
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from editor import SECONDS, Editor
from pygls.io_ import run_async

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

RECORDER = Path(__file__).with_name("recorder.py")
SERVER = (sys.executable, "-m", "notion_lsp", "server")


class Start(Protocol):
    """Starts a session of a kind of editor in some folders, with `initializationOptions`."""

    async def __call__(
        self, profile: str = "vscode", *folders: Path, options: object = None
    ) -> Editor: ...


class Listening:
    """A server that takes connections at an address, and the file of what it logs."""

    def __init__(self, folder: Path, *options: str) -> None:
        self._log = folder / "stderr"
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [*SERVER, *options], stdin=subprocess.DEVNULL, stderr=log
            )
        self.address = self._announced()

    @property
    def log(self) -> bytes:
        return self._log.read_bytes()

    def _announced(self) -> str:
        end = time.monotonic() + SECONDS
        while not (found := re.search(rb"listening on (.+)\n", self.log)):
            assert self.process.poll() is None, self.log
            assert time.monotonic() < end
            time.sleep(0.01)
        return found[1].decode()


class _Tee:
    """A stream that keeps what is read from it."""

    def __init__(self, stream: asyncio.StreamReader) -> None:
        self._stream = stream
        self.recorded = bytearray()

    async def readline(self) -> bytes:
        return self._kept(await self._stream.readline())

    async def readexactly(self, size: int) -> bytes:
        return self._kept(await self._stream.readexactly(size))

    def _kept(self, data: bytes) -> bytes:
        self.recorded += data
        return data


@contextmanager
def listening(folder: Path, *options: str) -> Iterator[Listening]:
    """Start a server that listens on a Unix socket in the folder, or as the options say."""
    server = Listening(folder, *(options or ("--pipe", str(folder / "socket"))))
    try:
        yield server
    finally:
        server.process.terminate()
        server.process.wait(SECONDS)


@asynccontextmanager
async def connected(server: Listening, editor: Editor) -> AsyncIterator[bytearray]:
    """Connect an editor; on the way out stop it. Yield what the server sends, as it comes."""
    stream, writer = await asyncio.open_unix_connection(server.address, limit=1 << 24)
    tee = _Tee(stream)
    client = editor.client
    client.protocol.set_writer(writer)
    reading = run_async(client._stop_event, tee, client.protocol)  # noqa: SLF001, what start_tcp does
    client._async_tasks.append(asyncio.ensure_future(reading))  # noqa: SLF001, the same
    try:
        yield tee.recorded
        await editor.stop()
    finally:
        writer.close()


@asynccontextmanager
async def recorded_process(folder: Path, editor: Editor) -> AsyncIterator[None]:
    """Start a server of its own for the editor, over stdio, recorded into the folder."""
    await editor.client.start_io(sys.executable, str(RECORDER), str(folder), *SERVER)
    yield
    await editor.stop()
