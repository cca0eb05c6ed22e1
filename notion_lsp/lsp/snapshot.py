"""A document as a request found it: what it says stays as it is while the person types on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from notion_lsp.lsp import notebooks
from notion_lsp.lsp.edits import EditForm, Opened, Text
from notion_lsp.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from notion_lsp.assists import Change
    from notion_lsp.detect.finding import Finding
    from notion_lsp.lsp.documents import Document
    from notion_lsp.lsp.session import NotionServer

_CHANGED = "The document has changed since it was looked at: ask again."


@dataclass(frozen=True)
class Snapshot:
    """All that actions are made from, in a thread of their own; nothing in it changes.

    `ranges` are the findings in the client's units, and `last_line` counts from 0.
    """

    subject: Subject
    uri: str
    version: int | None
    last_line: int
    ranges: Mapping[Finding, types.Range]
    form: EditForm

    def finding_at(self, offset: object) -> Finding | None:
        """Return the token that begins at an offset, as a client sends it; `None` without one."""
        found = (each for each in self.subject.findings if each.span.start == offset)
        return next(found, None)

    def edit(self, change: Change) -> types.WorkspaceEdit | None:
        """Return a change in the form that the client takes; `None` where it cannot make it."""
        return self.form.workspace_edit(change, Text(self.uri, self.version, self.subject.text))


def snapshot_of(server: NotionServer, document: Document) -> Snapshot:
    """Return a document as it is now; it reads no file, and asks nobody."""
    file, text = server.open_file(document), document.source
    # What is not shown has no actions either.
    found = server.findings(document)
    places = (document.range(each.line, each.finding.span) for each in found)
    ranges = dict(zip(document.in_text(found), places, strict=True))
    near = _near(server, file.path, file.project.folder)
    subject = Subject(
        text=text,
        path=file.path,
        project=file.project,
        findings=tuple(ranges),
        name=server.file(document.uri).rpartition("/")[2],
        language_id=document.language_id,
        cell=notebooks.cell_of(server, document),
        newer={at: each.source for at, each in near.items()},
        # Copied: the person types on while a thread reads it.
        took_place=dict(document.took_place),
        took_place_near={
            at: dict(other.took_place)
            for at, other in near.items()
            if other is not document and other.took_place
        },
        usual_names=server.usual_names,
    )
    opened = {at: Opened(each.uri, each.version) for at, each in near.items()}
    form = EditForm(server.capabilities, document.encoding, opened)
    last = len(document.lines) - 1
    return Snapshot(subject, document.uri, document.version, last, ranges, form)


def document_at(server: NotionServer, place: object) -> Document:
    """Return the document that an action's `data` names, if it is as it was then.

    Raises the protocol's `ContentModified` otherwise.
    """
    data = place if isinstance(place, dict) else {}
    document = server.document(str(data.get("uri")))
    if document is None or document.version != data.get("version"):
        raise changed()
    return document


def require_current(server: NotionServer, snapshot: Snapshot) -> None:
    """Raise `ContentModified` where a document is no longer what the snapshot is of."""
    # Not each client checks the version of an edit, and an old one would cut into the new text.
    # Clients take this error for "ask again": it is meant for a change that the server has seen.
    document = server.document(snapshot.uri)
    if document is None or document.version != snapshot.version:
        raise changed()


def changed() -> JsonRpcException:
    """Return the error that says that the text is another one by now."""
    return JsonRpcException(_CHANGED, types.LSPErrorCodes.ContentModified)


def _near(server: NotionServer, path: Path | None, top: Path | None) -> dict[Path, Document]:
    # What is read around a file stands in its project, beside it or in a folder above. Without a
    # project it may be anywhere in the build, and how far that reaches is on the disk.
    folders = set(path.parents) if path else set()
    return {
        at: document
        for at, document in server.documents_on_disk().items()
        if at.parent in folders or (path and (top is None or top in at.parents))
    }
