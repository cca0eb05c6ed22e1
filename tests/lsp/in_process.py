"""A server in the test's own process, so that a test can watch what a message makes it do."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from editor import SECONDS

from notion_lsp.lsp.server import create_server

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Message = dict[str, Any]


class InProcess:
    """A client without a wire: what it sends is handled before the call returns."""

    def __init__(self, folder: Path, capabilities: Message) -> None:
        self.server = create_server()
        self.server.protocol.set_writer(self, include_headers=False)
        self.notifications: list[Message] = []
        self._answers: dict[int, Message] = {}
        self._news = asyncio.Event()
        self._last = 0
        about = {"uri": folder.as_uri(), "name": folder.name}
        params = {"processId": None, "rootUri": None, "workspaceFolders": [about]}
        self.send("initialize", **params, capabilities=capabilities)
        self.notify("initialized")

    def notify(self, method: str, **params: object) -> None:
        self._receive({"method": method, "params": params})

    def send(self, method: str, **params: object) -> int:
        """Send a request and return its number."""
        self._last += 1
        self._receive({"id": self._last, "method": method, "params": params})
        return self._last

    async def answer(self, number: int) -> Message:
        """Return the message that answers a request, once it is there."""
        await self.until(lambda: number in self._answers)
        return self._answers[number]

    async def until(self, happened: Callable[[], bool]) -> None:
        """Return when it has happened; only what the server sends makes it happen."""
        while not happened():
            self._news.clear()
            await asyncio.wait_for(self._news.wait(), SECONDS)

    async def request(self, method: str, **params: object) -> Any:  # noqa: ANN401, any JSON
        return (await self.answer(self.send(method, **params)))["result"]

    def open(self, uri: str, text: str, language: str = "python") -> None:
        item = {"uri": uri, "languageId": language, "version": 1, "text": text}
        self.notify("textDocument/didOpen", textDocument=item)

    def type(self, uri: str, text: str, version: int) -> None:
        """Type at the start of a document."""
        start = {"line": 0, "character": 0}
        change = {"range": {"start": start, "end": start}, "text": text}
        document = {"uri": uri, "version": version}
        self.notify("textDocument/didChange", textDocument=document, contentChanges=[change])

    def write(self, data: bytes) -> None:
        """Take a message of the server, as its writer."""
        message = json.loads(data)
        if "method" in message:
            self.notifications.append(message)
            self._news.set()
            return
        self._answers[message["id"]] = message
        self._news.set()

    def close(self) -> None:
        """Close nothing: the server's writer has this method."""

    def _receive(self, message: Message) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.server.protocol.receive(data)  # type: ignore[attr-defined] # it is our own protocol
