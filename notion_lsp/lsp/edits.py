"""Workspace edits, in the form that this client takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from lsprotocol import types

from notion_lsp.files.uris import path_to_uri
from notion_lsp.lsp import convert

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from notion_lsp.assists import Change
    from notion_lsp.lsp.capabilities import Capabilities
    from notion_lsp.positions import Encoding

# The id of the one annotation: an editor asks before it makes an edit that has it.
_ASK = "notion-lsp"


class Text(NamedTuple):
    """The text of a document that is edited, and the version it has."""

    uri: str
    version: int | None
    text: str


class Opened(NamedTuple):
    """What a client calls a file that it has open, and the version of its text there."""

    uri: str
    version: int | None


@dataclass(frozen=True, slots=True)
class EditForm:
    """The form in which a client takes an edit; `opened` are the files that it has open."""

    capabilities: Capabilities
    encoding: Encoding
    opened: Mapping[Path, Opened]

    def fits(self, change: Change) -> bool:
        """Whether the client can make a change: not each can create a file."""
        return self.capabilities.create_files or all(
            each.text is not None for each in change.beside
        )

    def workspace_edit(
        self, change: Change, text: Text | None, label: str = "Files beside the code"
    ) -> types.WorkspaceEdit | None:
        """Return a change in this form, files beside the text first; `None` if it does not fit.

        `label` is what an editor that asks before it changes those files calls them.
        """
        if not self.fits(change):
            return None
        # LSP: without `documentChanges`, a client takes edits by URI only, without a version.
        if not self.capabilities.document_changes:
            return types.WorkspaceEdit(changes=self._changes(change, text))
        ask = _ASK if self.capabilities.annotations and change.beside else None
        operations = list(self._operations(change, text, ask))
        annotations = {ask: _annotation(label)} if ask else None
        return types.WorkspaceEdit(document_changes=operations, change_annotations=annotations)

    def _operations(
        self, change: Change, text: Text | None, ask: str | None
    ) -> Iterator[types.CreateFile | types.TextDocumentEdit]:
        # LSP 3.13: a client keeps this order, so a file is created before it is edited.
        for each in change.beside:
            uri, version = self._named(each.path)
            if each.text is None:
                # Somebody else may have made the file since it was looked for.
                options = types.CreateFileOptions(ignore_if_exists=True)
                yield types.CreateFile(uri, options=options, annotation_id=ask)
            made = convert.text_edits(each.text or "", each.edits, self.encoding)
            yield _document_edit(uri, version, made, ask)
        if text and change.edits:
            made = convert.text_edits(text.text, change.edits, self.encoding)
            yield _document_edit(text.uri, text.version, made, None)

    def _named(self, path: Path) -> Opened:
        return self.opened.get(path, Opened(path_to_uri(path), None))

    def _changes(self, change: Change, text: Text | None) -> dict[str, list[types.TextEdit]]:
        beside = {self._named(each.path).uri: each for each in change.beside}
        changes = {
            uri: convert.text_edits(each.text or "", each.edits, self.encoding)
            for uri, each in beside.items()
        }
        if text and change.edits:
            changes[text.uri] = convert.text_edits(text.text, change.edits, self.encoding)
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
