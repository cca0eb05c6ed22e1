"""The command that opens the page on what to do after a leak."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from notion_lsp.explain.guide import page
from notion_lsp.files.uris import path_to_uri
from notion_lsp.lsp.questions import tell
from notion_lsp.lsp.references import files_of
from notion_lsp.lsp.snapshot import snapshot_of
from notion_lsp.positions import LineIndex
from notion_lsp.respond.guide import leaked
from notion_lsp.respond.named import Named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notion_lsp.lsp.documents import Document
    from notion_lsp.lsp.session import NotionServer
    from notion_lsp.respond.inventory import Files

_IN_A_TERMINAL = "`notion-lsp guide PATH:LINE` prints what to do after a leak."


class _About(NamedTuple):
    """What a page is made from."""

    named: Named
    path: Path
    line: int
    files: Files
    here: Path


async def open_page(server: NotionServer, place: object) -> dict[str, str]:
    """Have the client show the page, unless it says that it does so itself; return the file.

    A place has a document's `uri`, and an `offset` in code points or a `position`.
    """
    asked = place if isinstance(place, dict) else {}
    about = _about(server, asked)
    path = await asyncio.to_thread(lambda: server.pages.write(page(about and leaked(*about))))
    uri = path_to_uri(path)
    if not asked.get("shows") and not await _shown(server, uri):
        tell(server, types.MessageType.Info, _IN_A_TERMINAL)
    return {"uri": uri}


async def _shown(server: NotionServer, uri: str) -> bool:
    if not server.capabilities.show_document:
        return False
    with contextlib.suppress(JsonRpcException):
        params = types.ShowDocumentParams(uri, take_focus=True)
        return (await server.window_show_document_async(params)).success
    return False


def _about(server: NotionServer, asked: Mapping[str, Any]) -> _About | None:
    document = server.document(str(asked.get("uri")))
    offset = _offset(document, asked) if document else None
    if document is None or offset is None:
        return None
    subject, file = snapshot_of(server, document).subject, server.open_file(document)
    for finding in subject.findings:
        if any(span.start <= offset <= span.end for span in finding.spans):
            line = LineIndex(subject.text).position(finding.span.start, "utf-32")[0] + 1
            path = file.path or Path(subject.name)
            here = file.project.folder or path.parent
            named = Named(subject.text, finding)
            return _About(named, path, line, files_of(server, document.uri), here)
    return None


def _offset(document: Document, asked: Mapping[str, Any]) -> int | None:
    match asked:
        case {"offset": int(offset)}:
            return offset
        case {"position": {"line": int(line), "character": int(character)}}:
            return document.offset(types.Position(line, character))
    return None
