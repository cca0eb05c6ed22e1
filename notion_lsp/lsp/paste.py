"""The request `notion-lsp/paste`: what a client may paste instead of a token.

It has `textDocument`, the `range` that the paste replaces, and the `text`. The answer is a list,
the best choice first, and empty for a text that is no token. Each has a `title`, a `kind`, the
`insertText`, and an `additionalEdit` of the text around and of other files. All are edits of the
text before the paste.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from notion_lsp.assists import Change
from notion_lsp.explain.shown import plain
from notion_lsp.lsp.edits import Text
from notion_lsp.lsp.snapshot import require_current, snapshot_of
from notion_lsp.pasting import pastes
from notion_lsp.text import Span

if TYPE_CHECKING:
    from notion_lsp.lsp.documents import Document
    from notion_lsp.lsp.session import NotionServer
    from notion_lsp.lsp.snapshot import Snapshot
    from notion_lsp.pasting import Paste


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
    return [_choice(snapshot, each) for each in found if _fits(snapshot, each)]


def _fits(snapshot: Snapshot, paste: Paste) -> bool:
    return snapshot.form.fits(Change((), tuple(paste.beside)))


def _choice(snapshot: Snapshot, paste: Paste) -> dict[str, Any]:
    capabilities = replace(snapshot.form.capabilities, annotations=False)
    form = replace(snapshot.form, capabilities=capabilities)
    here = Text(snapshot.uri, snapshot.version, snapshot.subject.text)
    # VS Code makes the edits before the first other file together with the paste.
    around = form.workspace_edit(Change(paste.edits), here)
    beside = form.workspace_edit(Change((), tuple(paste.beside)), None)
    made = [each for edit in (around, beside) for each in (edit and edit.document_changes) or ()]
    return {
        "title": plain(paste.title),
        "kind": paste.id,
        "insertText": paste.text,
        "additionalEdit": types.WorkspaceEdit(document_changes=made),
    }
