"""Diagnostics of open documents, pushed or pulled by what the client can do, never both."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types

from notion_lsp.explain import messages
from notion_lsp.files.uris import uri_to_path
from notion_lsp.lsp import convert
from notion_lsp.lsp.documents import AROUND
from notion_lsp.project.search import belongs_here

if TYPE_CHECKING:
    from notion_lsp.lsp.documents import Document
    from notion_lsp.lsp.line_findings import LineFinding
    from notion_lsp.lsp.session import NotionServer

# More places than these say nothing more to a person.
_MOST_RELATED = 5
_MOST_MESSAGES = 1000

ANOTHER_PIECE = "Another piece of it stands here."
THE_SAME = "The same token stands here too."
_FULL = range(_MOST_RELATED + 1)


def of_document(server: NotionServer, document: Document) -> list[types.Diagnostic]:
    """Return the diagnostics of an open document as it is now."""
    if left_out(server, document.uri):
        return []
    project = server.project(document.uri)
    found = document.findings(server.ignored(document.uri))
    elsewhere = _same_tokens(server, document, found)
    example = bool(found) and is_example(server, document.uri)
    diagnostics = [
        convert.diagnostic(
            each.finding,
            _message(server, document, each, example=example),
            document.range(each.line, each.finding.span),
            shown_as,
            [
                *((document.location(*piece), ANOTHER_PIECE) for piece in each.pieces),
                *((at, THE_SAME) for of, at in elsewhere.get(each.token, ()) if of is not each),
            ],
        )
        for each in found
        if (shown_as := convert.severity(each.finding, project.settings, example=example))
    ]
    return diagnostics + [
        convert.unused_comment(document.range(line, comment.span), comment.advice(line))
        for line, comment in document.unused_comments()
    ]


def _message(server: NotionServer, document: Document, found: LineFinding, *, example: bool) -> str:
    line, finding = found.line, found.finding
    if finding.hidden:
        return _described(document, found, example=example)
    # Each keystroke asks for all of them, and a message goes by the lines around its token alone.
    around = tuple(document.lines[max(line - AROUND, 0) : line + AROUND + 1])
    place = (min(line, AROUND), finding.span.start, finding.kind.id, found.expired, example)
    if (around, place) not in server.messages:
        if len(server.messages) >= _MOST_MESSAGES:
            server.messages.clear()
        server.messages[around, place] = _described(document, found, example=example)
    return server.messages[around, place]


def _described(document: Document, found: LineFinding, *, example: bool) -> str:
    text, finding = document.excerpt(found)
    return messages.describe_again(finding, text, found.expired, example=example)


def left_out(server: NotionServer, uri: str) -> bool:
    """Whether nothing is reported in a document: it is excluded, or an ignored `.env` file."""
    if uri not in server.left_out:
        path = uri_to_path(server.file(uri))
        project = server.project(uri)
        server.left_out[uri] = path is not None and (
            project.excludes(Path(path)) or belongs_here(Path(path))
        )
    return server.left_out[uri]


def is_example(server: NotionServer, uri: str) -> bool:
    """Whether a document is a test or an example."""
    if uri not in server.examples:
        path = uri_to_path(server.file(uri))
        project = server.project(uri)
        server.examples[uri] = path is not None and project.is_example(Path(path))
    return server.examples[uri]


def publish_changed(server: NotionServer, document: Document) -> None:
    """Publish a document, and the others that share a token it has gained or lost."""
    publish(server, document)
    if not server.capabilities.related:
        return
    now = document.token_hashes()
    changed = now ^ server.shown.get(document.uri, frozenset())
    server.shown[document.uri] = now
    _publish_sharing(server, document.uri, changed)


def publish(server: NotionServer, document: Document) -> None:
    """Send the diagnostics of a document to a client that does not pull."""
    server.text_document_publish_diagnostics(
        types.PublishDiagnosticsParams(
            document.uri, of_document(server, document), document.version
        )
    )


def closed(server: NotionServer, uri: str) -> None:
    """Take back what was published for a document, and where others name it."""
    clear(server, uri)
    _publish_sharing(server, uri, server.shown.pop(uri, frozenset()))


def clear(server: NotionServer, uri: str) -> None:
    """Take back what was published for a document."""
    server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))


def report(
    server: NotionServer, document: Document | None, previous: str | None
) -> types.DocumentDiagnosticReport:
    """Answer a pull: the diagnostics, or that they are those of the result before."""
    diagnostics = of_document(server, document) if document else []
    result = convert.result_id(diagnostics)
    if result == previous:
        return types.RelatedUnchangedDocumentDiagnosticReport(result)
    return types.RelatedFullDocumentDiagnosticReport(diagnostics, result_id=result)


def refresh(server: NotionServer) -> None:
    """Have every diagnostic shown anew: something they all depend on has changed."""
    server.left_out.clear()
    server.examples.clear()
    for document in server.documents():
        document.look_for_hidden(server.configuration.project(document.uri).patterns)
    server.changed()
    if not server.capabilities.pull:
        for document in server.documents():
            publish(server, document)
    elif server.capabilities.refresh:
        server.workspace_diagnostic_refresh(None)


def _publish_sharing(server: NotionServer, uri: str, changed: frozenset[int]) -> None:
    for other in server.documents() if changed else ():
        if other.uri != uri and changed & server.shown.get(other.uri, frozenset()):
            publish(server, other)


def _same_tokens(
    server: NotionServer, document: Document, found: list[LineFinding]
) -> dict[str, list[tuple[LineFinding, types.Location]]]:
    if not found or not server.capabilities.related:
        return {}
    places: dict[str, list[tuple[LineFinding, types.Location]]] = {each.token: [] for each in found}
    others = [other for other in server.documents() if other is not document]
    if not others and len(places) == len(found):
        return {}
    for other, its in [(document, found), *((other, other.findings()) for other in others)]:
        for each in its:
            if len(places.get(each.token, _FULL)) <= _MOST_RELATED:
                location = other.location(each.line, each.finding.span)
                places[each.token].append((each, location))
    return places
