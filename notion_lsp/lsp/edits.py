"""Workspace edits, in the form that this client takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lsprotocol import types

from notion_lsp.files.uris import path_to_uri
from notion_lsp.lsp import convert

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from notion_lsp.lsp.capabilities import Capabilities
    from notion_lsp.lsp.documents import Document
    from notion_lsp.positions import Encoding
    from notion_lsp.text import Edit

    OpenDocument = Callable[[str], Document | None]

_ASK = "notion-lsp"


@dataclass(frozen=True)
class Change:
    """Edits of an open document, and of files beside it: path, text, whether to create, edits.

    `label` is what an editor that asks before it changes those files calls them.
    """

    uri: str
    version: int | None
    text: str
    edits: tuple[Edit, ...]
    beside: tuple[tuple[Path, str, bool, Sequence[Edit]], ...] = ()
    label: str = "Files beside the code"


def workspace_edit(
    change: Change, capabilities: Capabilities, encoding: Encoding, opened: OpenDocument
) -> types.WorkspaceEdit | None:
    """Return the edit, files beside the document first; none if the client cannot create one."""
    creates = any(create for _, _, create, _ in change.beside)
    if creates and not capabilities.create_files:
        return None
    if not capabilities.document_changes:
        return types.WorkspaceEdit(changes=_changes(change, encoding))
    ask = _ASK if capabilities.annotations and change.beside else None
    operations: list[types.CreateFile | types.TextDocumentEdit] = []
    for path, text, create, edits in change.beside:
        uri = path_to_uri(path)
        if create:
            options = types.CreateFileOptions(ignore_if_exists=True)
            operations.append(types.CreateFile(uri, options=options, annotation_id=ask))
        document = opened(uri)
        version = document.version if document else None
        made = convert.text_edits(text, edits, encoding)
        operations.append(_document_edit(uri, version, made, ask))
    if change.edits:
        made = convert.text_edits(change.text, change.edits, encoding)
        operations.append(_document_edit(change.uri, change.version, made, None))
    annotations = {ask: _annotation(change.label)} if ask else None
    return types.WorkspaceEdit(document_changes=operations, change_annotations=annotations)


def _changes(change: Change, encoding: Encoding) -> dict[str, list[types.TextEdit]]:
    changes = {
        path_to_uri(path): convert.text_edits(text, edits, encoding)
        for path, text, _, edits in change.beside
    }
    if change.edits:
        changes[change.uri] = convert.text_edits(change.text, change.edits, encoding)
    return changes


def _document_edit(
    uri: str, version: int | None, edits: list[types.TextEdit], ask: str | None
) -> types.TextDocumentEdit:
    identifier = types.OptionalVersionedTextDocumentIdentifier(uri=uri, version=version)
    annotated = [types.AnnotatedTextEdit(ask, each.range, each.new_text) for each in edits if ask]
    return types.TextDocumentEdit(identifier, annotated or edits)


def _annotation(label: str) -> types.ChangeAnnotation:
    return types.ChangeAnnotation(
        label, needs_confirmation=True, description="Written by notion-lsp"
    )
