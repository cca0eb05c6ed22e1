"""What is looked for when the typing pauses: tokens that are not written out in one line.

It takes the whole text, so no keystroke waits for it: the next one puts it off.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from notion_lsp.lsp import diagnostics

if TYPE_CHECKING:
    from notion_lsp.lsp.session import NotionServer

SECONDS = 0.2


def opened(server: NotionServer, uri: str) -> None:
    """Look at a document that nobody has typed in yet."""
    if document := server.document(uri):
        document.look_for_hidden(server.configuration.project(uri).patterns)


def changed(server: NotionServer, uri: str) -> None:
    """Look at a document once it has not changed for a while."""
    closed(server, uri)
    later = asyncio.get_running_loop().call_later
    server.pauses[uri] = later(SECONDS, _look, server, uri)


def closed(server: NotionServer, uri: str) -> None:
    """Look no more."""
    if waiting := server.pauses.pop(uri, None):
        waiting.cancel()


def _look(server: NotionServer, uri: str) -> None:
    server.pauses.pop(uri, None)
    document = server.document(uri)
    if document is None:
        return
    is_new = document.look_for_hidden(server.configuration.project(uri).patterns)
    server.warn()
    if is_new and not server.capabilities.pull:
        diagnostics.publish_changed(server, document)
    elif is_new and server.capabilities.refresh:
        server.workspace_diagnostic_refresh(None)
