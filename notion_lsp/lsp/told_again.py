"""What the client was told of files that are not open, taken back or told anew."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lsprotocol import types

from notion_lsp.files import read_write
from notion_lsp.files.uris import path_to_uri
from notion_lsp.lsp import closed_files, diagnostics

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from notion_lsp.lsp.session import NotionServer


def closed(server: NotionServer, uri: str) -> None:
    """Note that a client that pulls may still show what it was told of a file while it was open."""
    if server.capabilities.pull and (path := server.configuration.path(uri)):
        server.told.pulled.add(path_to_uri(path))


def opened(server: NotionServer, uri: str) -> None:
    """Take back what was published for a file before it was opened."""
    path = server.configuration.path(uri)
    if path and (told := path_to_uri(path)) in server.told.pushed:
        server.told.pushed.discard(told)
        diagnostics.clear(server, told)


def folders_changed(server: NotionServer) -> None:
    """Take back what was published for files that are in no folder of the workspace any more."""
    gone = {uri for uri in server.told.pushed if server.configuration.folder(uri) is None}
    server.told.pushed -= gone
    for uri in gone:
        diagnostics.clear(server, uri)


async def look_again(server: NotionServer, uris: Iterable[str]) -> None:
    """Take back, or tell anew, what was told of files that have changed or are gone.

    For a folder, these are the files below it.
    """
    changed = [path for uri in uris if (path := server.configuration.path(uri))]
    told = {uri: server.configuration.path(uri) for uri in server.told.pushed | server.told.pulled}
    again = {
        uri: path
        for uri, path in told.items()
        if path and any(path.is_relative_to(each) for each in changed)
    }
    if server.told.pulled & again.keys():
        server.changed()
    for uri, path in again.items():
        if uri in server.told.pushed:
            await _tell_again(server, uri, path)


async def _tell_again(server: NotionServer, uri: str, path: Path) -> None:
    project = server.configuration.project(uri)
    made = await asyncio.to_thread(closed_files.file_diagnostics, server, project, path)
    # One that is there and cannot be read may still have what it had.
    if made is None and read_write.exists(path):
        return
    if not made:
        server.told.pushed.discard(uri)
    server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, made or []))
