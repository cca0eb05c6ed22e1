"""A bare language client over stdio: it frames, sends, waits, and knows when a message came."""

from __future__ import annotations

import json
import os
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Message = dict[str, Any]

_CHUNK = 1 << 16
_HEADER_END = b"\r\n\r\n"

PUSH: Message = {"textDocument": {"publishDiagnostics": {"versionSupport": True}}}
PULL: Message = {"textDocument": {"diagnostic": {}}}


def frame(message: Message) -> bytes:
    """Return the message as it goes over the wire."""
    body = json.dumps({"jsonrpc": "2.0", **message}, separators=(",", ":")).encode()
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message, and the moment its last byte was read, in nanoseconds."""

    at: int
    message: Message


@contextmanager
def connect(command: Sequence[str]) -> Iterator[Client]:
    """Start a server and give a client of it; end the server afterwards, whatever its state."""
    client = Client(command)
    try:
        yield client
    finally:
        client.process.kill()
        client.process.communicate()


class Client:
    """One server process and the two pipes to it."""

    def __init__(self, command: Sequence[str]) -> None:
        """Start the server; `started` is the moment before that, in nanoseconds."""
        self.started = time.perf_counter_ns()
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        if self.process.stdin is None or self.process.stdout is None:
            message = "the server has no pipes"
            raise OSError(message)
        self._to, self._from = self.process.stdin.fileno(), self.process.stdout.fileno()
        self._read = bytearray()
        self._last_id = 0

    def initialize(self, capabilities: Message, root: Path) -> Arrival:
        """Shake hands; the arrival is that of the answer to `initialize`."""
        params = {
            "processId": os.getpid(),
            "rootUri": root.as_uri(),
            "workspaceFolders": [{"uri": root.as_uri(), "name": root.name}],
            "capabilities": {"general": {"positionEncodings": ["utf-16"]}, **capabilities},
        }
        answer = self.request("initialize", params)
        self.notify("initialized", {})
        return answer

    def open(self, uri: str, text: str) -> None:
        """Open a Python document at version 0."""
        document = {"uri": uri, "languageId": "python", "version": 0, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def notify(self, method: str, params: Message) -> None:
        """Send a notification."""
        self.send(frame({"method": method, "params": params}))

    def request(self, method: str, params: Message) -> Arrival:
        """Send a request and wait for its answer."""
        number = self.next_id()
        self.send(frame({"id": number, "method": method, "params": params}))
        return self.wait_for_answer(number)

    def worked(self) -> float:
        """Return how long the server's first thread has run so far, in milliseconds."""
        # Linux, Documentation/scheduler/sched-stats.rst: nanoseconds, those waited, and how often.
        ran, *_ = Path(f"/proc/{self.process.pid}/schedstat").read_text("ascii").split()
        return int(ran) / 1e6

    def next_id(self) -> int:
        """Return an id that no request has had."""
        self._last_id += 1
        return self._last_id

    def wait_for_answer(self, number: int) -> Arrival:
        """Read on until the answer to a request has come."""
        return self.wait_for(lambda message: message.get("id") == number)

    def wait_for_diagnostics(self, version: int) -> Arrival:
        """Read on until the diagnostics for a version of the document are published."""
        return self.wait_for(
            lambda message: (
                message.get("method") == "textDocument/publishDiagnostics"
                and message["params"].get("version") == version
            )
        )

    def wait_for(self, is_wanted: Callable[[Message], bool]) -> Arrival:
        """Read on until a wanted message has come; answer what the server asks meanwhile."""
        while True:
            arrival = self._receive()
            if "method" in arrival.message and "id" in arrival.message:
                self.send(frame({"id": arrival.message["id"], "result": None}))
            elif is_wanted(arrival.message):
                return arrival

    def send(self, data: bytes) -> None:
        """Write all of the data."""
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._to, rest) :]

    def _receive(self) -> Arrival:
        while (end := self._read.find(_HEADER_END)) < 0:
            self._fill()
        start = end + len(_HEADER_END)
        stop = start + _content_length(bytes(self._read[:end]))
        while len(self._read) < stop:
            self._fill()
        at = time.perf_counter_ns()
        message = json.loads(self._read[start:stop])
        del self._read[:stop]
        return Arrival(at, message)

    def _fill(self) -> None:
        data = os.read(self._from, _CHUNK)
        if not data:
            message = "the server has closed its output"
            raise EOFError(message)
        self._read += data


def _content_length(header: bytes) -> int:
    fields = (line.split(b":", 1) for line in header.split(b"\r\n"))
    return next(int(value) for name, value in fields if name.lower() == b"content-length")
