"""Notebooks that are open: each cell is a document, and the file is the notebook's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from notion_lsp.lsp import told_again

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from notion_lsp.lsp.documents import Document
    from notion_lsp.lsp.session import NotionServer
    from notion_lsp.project.sources import NotebookCell

    Documents = Iterator[
        types.DidChangeTextDocumentParams
        | types.DidSaveTextDocumentParams
        | types.DidCloseTextDocumentParams
    ]

# pygls reads the annotations of a handler.
News = (
    types.DidOpenNotebookDocumentParams
    | types.DidChangeNotebookDocumentParams
    | types.DidSaveNotebookDocumentParams
    | types.DidCloseNotebookDocumentParams
)


def opened(server: NotionServer, news: News) -> Sequence[types.TextDocumentItem]:
    """Return the cells that the news of a notebook, which pygls has applied, opens."""
    match news:
        case types.DidOpenNotebookDocumentParams():
            # What was told of the file is told of its cells from now on.
            told_again.opened(server, news.notebook_document.uri)
            server.changed()
            return news.cell_text_documents
        case types.DidChangeNotebookDocumentParams():
            structure = news.change.cells.structure if news.change.cells else None
            return structure.did_open or () if structure else ()
    return ()


def documents(news: News) -> Documents:
    """Yield the other news of a notebook as those of its cells."""
    match news:
        case types.DidChangeNotebookDocumentParams():
            yield from _changes(news.change.cells or types.NotebookDocumentCellChanges())
        case types.DidSaveNotebookDocumentParams():
            # One file was saved, however many cells it has.
            saved = types.TextDocumentIdentifier(news.notebook_document.uri)
            yield types.DidSaveTextDocumentParams(saved)
        case types.DidCloseNotebookDocumentParams():
            yield from map(types.DidCloseTextDocumentParams, news.cell_text_documents)


def cell_of(server: NotionServer, document: Document) -> NotebookCell | None:
    """Return where a document stands among the cells of its notebook, if it is one."""
    # Only a lightbulb needs what these import: a start need not wait for it.
    from notion_lsp.project.sources import NotebookCell
    from notion_lsp.rewrite.notebook_cells import Cell

    notebook = server.workspace.get_notebook_document(cell_uri=document.uri)
    opened = [server.document(cell.document) for cell in notebook.cells] if notebook else []
    cells = [cell for cell in opened if cell]
    if document not in cells:
        return None
    # Copied: a thread reads them while the cells are typed in.
    texts = tuple(Cell(cell.source, cell.language_id) for cell in cells)
    return NotebookCell(texts, cells.index(document))


def leaky(server: NotionServer) -> list[str]:
    """Return the files of the open notebooks in which tokens are shown."""
    found = [
        server.file(document.uri)
        for document in server.documents()
        if server.file(document.uri) != document.uri
        and server.findings(document)
        and not server.open_file(document).left_out
    ]
    return list(dict.fromkeys(found))


def _changes(cells: types.NotebookDocumentCellChanges) -> Documents:
    if cells.structure:
        yield from map(types.DidCloseTextDocumentParams, cells.structure.did_close or ())
    for each in cells.text_content or ():
        yield types.DidChangeTextDocumentParams(each.document, each.changes)
