"""Applies a workspace edit as an editor of given capabilities can, and refuses any other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from buffer import Buffer
from lsprotocol import types

from notion_lsp.files.uris import uri_to_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from buffer import TextEdit
    from profiles import Profile

    Changes = list[types.TextDocumentContentChangePartial]
    Operation = types.TextDocumentEdit | types.CreateFile | types.RenameFile | types.DeleteFile


def apply_workspace_edit(
    edit: types.WorkspaceEdit,
    profile: Profile,
    buffers: Mapping[str, Buffer],
    encoding: types.PositionEncodingKind,
) -> Iterator[tuple[str, Changes]]:
    """Make the edit; yield the changes of each open document."""
    for operation in _operations(edit, profile):
        if isinstance(operation, types.CreateFile):
            _create(operation)
            continue
        assert isinstance(operation, types.TextDocumentEdit), "nothing is deleted or renamed"
        document, edits = operation.text_document, operation.edits
        plain = [each for each in edits if not isinstance(each, types.SnippetTextEdit)]
        assert len(plain) == len(edits), "snippets are not announced"
        if document.uri in buffers:
            buffer = buffers[document.uri]
            assert edit.document_changes is None or document.version == buffer.version
            yield document.uri, buffer.edit(plain)
        else:
            assert document.version is None, "a version of a document that is not open"
            _edit_file(_path(document.uri), plain, encoding)


def _operations(edit: types.WorkspaceEdit, profile: Profile) -> Sequence[Operation]:
    if edit.document_changes is None:
        assert not profile.document_changes, "the versions are left out"
        return [
            types.TextDocumentEdit(types.OptionalVersionedTextDocumentIdentifier(uri), edits)
            for uri, edits in (edit.changes or {}).items()
        ]
    assert edit.changes is None
    made = [each for each in edit.document_changes if not isinstance(each, types.TextDocumentEdit)]
    assert not made or profile.creates_files, "resource operations are not announced"
    assert profile.document_changes, "document changes are not announced"
    _check_annotations(edit, profile)
    return edit.document_changes


def _check_annotations(edit: types.WorkspaceEdit, profile: Profile) -> None:
    used = set()
    for operation in edit.document_changes or ():
        if isinstance(operation, types.TextDocumentEdit):
            annotated = (each for each in operation.edits if hasattr(each, "annotation_id"))
            used |= {each.annotation_id for each in annotated}
        elif operation.annotation_id is not None:
            used.add(operation.annotation_id)
    assert used == set(edit.change_annotations or ())
    assert profile.annotates or not used, "annotations are not announced"


def _create(operation: types.CreateFile) -> None:
    path = _path(operation.uri)
    if path.exists():
        assert operation.options
        assert operation.options.ignore_if_exists, "it exists"
    else:
        path.write_bytes(b"")


def _edit_file(path: Path, edits: Sequence[TextEdit], encoding: types.PositionEncodingKind) -> None:
    data = path.read_bytes()
    text = data.decode("utf-8-sig")
    mark = data[: len(data) - len(text.encode())]
    buffer = Buffer(text, encoding)
    buffer.edit(edits)
    path.write_bytes(mark + buffer.text.encode())


def _path(uri: str) -> Path:
    path = uri_to_path(uri)
    assert path, f"not a file: {uri}"
    return Path(path)
