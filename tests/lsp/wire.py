"""A client that speaks bytes: for messages that no well-behaved client sends."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from types import TracebackType

    from typing_extensions import Self

SECONDS = 90


class Wire:
    """A server process, what is written to it and what comes back, message by message."""

    def __init__(
        self,
        folder: Path,
        command: Sequence[str] = (sys.executable, "-m", "notion_lsp"),
        **initialize: object,
    ) -> None:
        self.folder = folder
        self._command = command
        self._initialize = initialize
        self.received = b""
        self._messages: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._id = 0

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(
            [*self._command, "server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()
        parameters: dict[str, object] = {
            "processId": None,
            "rootUri": self.folder.as_uri(),
            "capabilities": {},
        }
        self.answer = self.request("initialize", **(parameters | self._initialize))
        self.notify("initialized")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.kill()
        self.process.wait(SECONDS)
        # What it has started may hold the pipe a little longer.
        self._reading.join(SECONDS)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream:
                stream.close()

    def request(self, method: str, **params: object) -> dict[str, Any]:
        """Send a request and return its answer, as it came."""
        return self.answer_to(self.send_request(method, **params))

    def send_request(self, method: str, **params: object) -> int:
        self._id += 1
        self.send({"jsonrpc": "2.0", "id": self._id, "method": method, "params": params})
        return self._id

    def notify(self, method: str, **params: object) -> None:
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def send(self, message: object) -> None:
        self.write_body(json.dumps(message).encode())

    def write_body(self, body: bytes) -> None:
        self.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))

    def write(self, data: bytes) -> None:
        assert self.process.stdin
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def answer_to(self, request: int | str | None) -> dict[str, Any]:
        """Return the next message that answers the request; what comes before is passed over."""
        return self.until(lambda message: "method" not in message and message["id"] == request)

    def notification(self, method: str) -> dict[str, Any]:
        """Return the parameters of the next notification of that method."""
        params: dict[str, Any] = self.until(lambda each: each.get("method") == method)["params"]
        return params

    def until(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        while message := self._messages.get(timeout=SECONDS):
            if wanted(message):
                return message
        raise EOFError

    def open(self, uri: str, text: str, language: str = "python") -> None:
        document = {"uri": uri, "languageId": language, "version": 1, "text": text}
        self.notify("textDocument/didOpen", textDocument=document)

    def _read(self) -> None:
        stream = self.process.stdout
        assert stream
        while header := stream.readline():
            self.received += header
            if header.lower().startswith(b"content-length"):
                length = int(header.split(b":")[1])
            if header == b"\r\n":
                body = stream.read(length)
                self.received += body
                self._messages.put(json.loads(body))
        self._messages.put(None)
