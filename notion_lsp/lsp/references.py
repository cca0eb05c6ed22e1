"""Where the token or the variable under the cursor is used: in the workspace, and in its document.

What is typed and not saved yet counts, and not what the disk has of it.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types

from notion_lsp.files.uris import path_to_uri
from notion_lsp.lsp import convert
from notion_lsp.positions import LineIndex
from notion_lsp.respond import variables
from notion_lsp.respond.inventory import Files, Looked, uses_in
from notion_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.detect.custom import Patterns
    from notion_lsp.explain.uses import Role
    from notion_lsp.lsp.documents import Document
    from notion_lsp.lsp.session import NotionServer

_KINDS: dict[Role, types.DocumentHighlightKind] = {
    "sets": types.DocumentHighlightKind.Write,
    "reads": types.DocumentHighlightKind.Read,
}


async def everywhere(
    server: NotionServer, uri: str, position: types.Position
) -> list[types.Location] | None:
    """Return where what is under the cursor is used; `None` if it is no token and no variable."""
    document = server.document(uri)
    if document is None:
        return None
    # The texts as they are now: the search goes on beside the typing.
    asked, texts = _text(server, document), [_text(server, each) for each in server.documents()]
    files, offset = files_of(server, uri), document.offset(position)
    found = await asyncio.to_thread(_everywhere, files, asked, offset, texts)
    if found is None:
        return None
    return [
        types.Location(at, convert.span_range(looked.index, use.spans[0], server.encoding))
        for at, looked in found
        # On the disk, an open notebook may be older than its cells.
        if not server.notebook(at)
        for use in looked.uses
    ]


def files_of(server: NotionServer, uri: str) -> Files:
    """Return the files of the workspace as they are in their buffers, for a document's project."""
    newer = {path: document.source for path, document in server.documents_on_disk().items()}
    patterns = server.configuration.project(server.file(uri)).patterns
    return Files(_outermost(server.configuration.folders), newer, patterns)


async def in_document(
    server: NotionServer, uri: str, position: types.Position
) -> list[types.DocumentHighlight] | None:
    """Return the uses of what is under the cursor in its document, `None` if it has none."""
    document = server.document(uri)
    if document is None or not _may_be_one(document, position):
        return None
    asked, patterns = _text(server, document), server.open_file(document).project.patterns
    looked = await asyncio.to_thread(_here, asked, document.offset(position), patterns)
    if looked is None:
        return None
    return [
        types.DocumentHighlight(
            convert.span_range(looked.index, span, server.encoding),
            _KINDS.get(use.role, types.DocumentHighlightKind.Text),
        )
        for use in looked.uses
        for span in use.spans
    ]


@dataclass(frozen=True, slots=True)
class _Text:
    """An open document as it was when somebody asked; its path is a name where it is not saved."""

    uri: str
    path: Path
    index: LineIndex
    saved: bool


def _text(server: NotionServer, document: Document) -> _Text:
    path = server.configuration.path(document.uri)
    name = path or Path(document.uri.rpartition("/")[2])
    return _Text(document.uri, name, LineIndex(document.source), saved=path is not None)


def _outermost(folders: Sequence[Path]) -> tuple[Path, ...]:
    # A folder within another one would be searched twice, and list its uses twice.
    return tuple(each for each in folders if not any(other in each.parents for other in folders))


def _everywhere(
    files: Files, asked: _Text, offset: int, texts: Sequence[_Text]
) -> list[tuple[str, Looked]] | None:
    wanted = files.at(asked.path, asked.index.text, Span(offset, offset))
    if wanted is None:
        return None
    uris = {each.path: each.uri for each in texts if each.saved}
    looked, _ = files.look(wanted)
    # What was never saved has no path that a search of the folders could find.
    loose = (
        (each.uri, uses_in(each.path, each.index, wanted, files.patterns))
        for each in texts
        if not each.saved
    )
    found = [(uris.get(each.path) or path_to_uri(each.path), each) for each in looked]
    return [*found, *((uri, each) for uri, each in loose if each)]


def _here(asked: _Text, offset: int, patterns: Patterns) -> Looked | None:
    alone = Files((), {asked.path: asked.index.text}, patterns)
    wanted = alone.at(asked.path, asked.index.text, Span(offset, offset))
    return uses_in(asked.path, asked.index, wanted, patterns) if wanted else None


def _may_be_one(document: Document, position: types.Position) -> bool:
    # Editors ask wherever the cursor goes: most documents have nothing that is worth a search.
    line, column = document.place(position)
    text = document.lines[line]
    return bool(document.known.token_numbers()) or bool(
        variables.names_at(text, Span(column, column))
    )
