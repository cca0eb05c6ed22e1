"""The request `notion-lsp/paste`: what a client may paste instead of a token.

It has `textDocument`, the `range` that the paste replaces, and the `text`. The answer is a list,
the best choice first, and empty for a text that is no token. Each has a `title`, a `kind`, and the
`edit` to make instead of the paste, of the text as it is and of other files.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pygls.exceptions import JsonRpcInvalidParams

from notion_lsp.explain.shown import plain
from notion_lsp.lsp import convert
from notion_lsp.lsp.edits import Text
from notion_lsp.lsp.snapshot import require_current, snapshot_of
from notion_lsp.pasting import pastes
from notion_lsp.text import Span

if TYPE_CHECKING:
    from lsprotocol import types

    from notion_lsp.lsp.documents import Document
    from notion_lsp.lsp.session import NotionServer
    from notion_lsp.lsp.snapshot import Snapshot
    from notion_lsp.pasting import Paste


async def asked(server: NotionServer, params: Any) -> list[dict[str, Any]]:  # noqa: ANN401, what the client sends
    """Answer the request."""
    try:
        uri, place = str(params["textDocument"]["uri"]), convert.range_of(params["range"])
        text = str(params["text"])
    except (KeyError, TypeError, ValueError):
        raise JsonRpcInvalidParams from None
    document = server.document(uri)
    return await offered(server, document, place, text) if document else []


async def offered(
    server: NotionServer, document: Document, place: types.Range, text: str
) -> list[dict[str, Any]]:
    """Return what may be pasted over a place of a document instead of a text.

    Raises the protocol's `ContentModified` where the document is another one before it is made.
    """
    file = server.open_file(document)
    if file.left_out:
        return []
    snapshot, ignored = snapshot_of(server, document), file.project.ignored(file.path, server.today)
    at = Span(document.offset(place.start), document.offset(place.end))
    found = await asyncio.to_thread(pastes, snapshot.subject, at, text, ignored)
    require_current(server, snapshot)
    return [_choice(snapshot, each) for each in found if snapshot.form.fits(each.change)]


def _choice(snapshot: Snapshot, paste: Paste) -> dict[str, Any]:
    # A person has chosen this edit already.
    capabilities = replace(snapshot.form.capabilities, annotations=False)
    form = replace(snapshot.form, capabilities=capabilities)
    here = Text(snapshot.uri, snapshot.version, snapshot.subject.text)
    edit = form.workspace_edit(paste.change, here)
    return {"title": plain(paste.title), "kind": paste.id, "edit": edit}
