"""A notebook in an editor: its cells are buffers, told of by the messages of notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from editor import Editor


class Notebook:
    """An open notebook; a cell is a text, with its language where that is not Python."""

    def __init__(self, editor: Editor, uri: str, *cells: str | tuple[str, str]) -> None:
        self.editor = editor
        self.uri = uri
        self.cells: list[str] = []
        self._version = 1
        self._made = 0
        opened = [self._make(cell) for cell in cells]
        self.cells += [item.uri for item in opened]
        document = types.NotebookDocument(uri, "jupyter-notebook", 1, self._told(self.cells))
        params = types.DidOpenNotebookDocumentParams(document, opened)
        editor.client.notebook_document_did_open(params)

    @property
    def texts(self) -> list[str]:
        return [self.editor.buffers[uri].text for uri in self.cells]

    def splice(self, start: int, deleted: int, *cells: str | tuple[str, str]) -> list[str]:
        """Put new cells where others are deleted; return their URIs."""
        opened = [self._make(cell) for cell in cells]
        gone = self.cells[start : start + deleted]
        uris = [item.uri for item in opened]
        self.cells[start : start + deleted] = uris
        self._tell_structure(start, deleted, uris, opened, gone)
        for uri in gone:
            self._forget(uri)
        return uris

    def move(self, start: int, to: int) -> None:
        """Move a cell, as VS Code tells of it: the cells in between are deleted and added."""
        self.cells.insert(to, self.cells.pop(start))
        first, last = sorted((start, to))
        self._tell_structure(first, last + 1 - first, self.cells[first : last + 1])

    def typed(
        self,
        document: types.VersionedTextDocumentIdentifier,
        changes: Sequence[types.TextDocumentContentChangeEvent],
    ) -> None:
        """Tell of what was typed in a cell."""
        text = types.NotebookDocumentCellContentChanges(document, changes)
        self._tell(types.NotebookDocumentCellChanges(text_content=[text]))

    def save(self) -> None:
        identifier = types.NotebookDocumentIdentifier(self.uri)
        params = types.DidSaveNotebookDocumentParams(identifier)
        self.editor.client.notebook_document_did_save(params)

    def close(self) -> None:
        closed = [types.TextDocumentIdentifier(uri) for uri in self.cells]
        identifier = types.NotebookDocumentIdentifier(self.uri)
        params = types.DidCloseNotebookDocumentParams(identifier, closed)
        self.editor.client.notebook_document_did_close(params)
        for uri in self.cells:
            self._forget(uri)

    def _make(self, cell: str | tuple[str, str]) -> types.TextDocumentItem:
        text, language = (cell, "python") if isinstance(cell, str) else cell
        path = self.uri.partition(":")[2].removeprefix("//")
        uri = f"vscode-notebook-cell:{path}#W{self._made}sZmlsZQ%3D%3D"
        self._made += 1
        self.editor.notebooks[uri] = self
        return self.editor.buffer(uri, text, language)

    def _forget(self, uri: str) -> None:
        del self.editor.buffers[uri], self.editor.notebooks[uri]

    def _told(self, uris: Sequence[str]) -> list[types.NotebookCell]:
        code, markup = types.NotebookCellKind.Code, types.NotebookCellKind.Markup
        buffers = self.editor.buffers
        return [
            types.NotebookCell(markup if buffers[uri].language == "markdown" else code, uri)
            for uri in uris
        ]

    def _tell_structure(
        self,
        start: int,
        deleted: int,
        uris: Sequence[str],
        opened: Sequence[types.TextDocumentItem] = (),
        closed: Sequence[str] = (),
    ) -> None:
        array = types.NotebookCellArrayChange(start, deleted, self._told(uris))
        gone = [types.TextDocumentIdentifier(uri) for uri in closed]
        structure = types.NotebookDocumentCellChangeStructure(array, opened, gone)
        self._tell(types.NotebookDocumentCellChanges(structure=structure))

    def _tell(self, cells: types.NotebookDocumentCellChanges) -> None:
        self._version += 1
        identifier = types.VersionedNotebookDocumentIdentifier(self._version, self.uri)
        change = types.NotebookDocumentChangeEvent(cells=cells)
        params = types.DidChangeNotebookDocumentParams(identifier, change)
        self.editor.client.notebook_document_did_change(params)


async def counts(notebook: Notebook) -> list[int]:
    return [len(await notebook.editor.shown(uri)) for uri in notebook.cells]


def notebook_in(editor: Editor, folder: Path, *cells: str | tuple[str, str]) -> Notebook:
    return Notebook(editor, (folder / "a.ipynb").as_uri(), *cells)
