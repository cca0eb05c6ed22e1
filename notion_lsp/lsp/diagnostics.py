"""Diagnostics of open documents, pushed or pulled by what the client can do, never both."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from lsprotocol import types

from notion_lsp.explain import messages
from notion_lsp.explain.shown import plain
from notion_lsp.lsp import convert

if TYPE_CHECKING:
    from collections.abc import Iterable

    from notion_lsp.lsp.documents import Document
    from notion_lsp.lsp.line_findings import LineFinding
    from notion_lsp.lsp.session import NotionServer

# So many tokens of one document are shown, and how many more there are.
_MOST_SHOWN = 1000
# More places than these say nothing more to a person.
_MOST_RELATED = 5

ANOTHER_PIECE = plain("Another piece of it stands here.")
THE_SAME = plain("The same token stands here too.")
# Stands for the places of a token that the document does not have: none is added.
_FULL = range(_MOST_RELATED + 1)


def of_document(server: NotionServer, document: Document) -> list[types.Diagnostic]:
    """Return the diagnostics of an open document as it is now."""
    file = server.open_file(document)
    if file.left_out:
        return []
    severities = [
        (each, shown_as)
        for each in server.findings(document)
        if (shown_as := convert.severity(each.finding, file.project.settings, example=file.example))
    ]
    # The worst first: a list that is longer than a person reads takes each keystroke its time.
    most = sorted(severities, key=lambda each: each[1])[:_MOST_SHOWN]
    left_out = len(severities) - len(most)
    elsewhere = _same_tokens(server, document, [each for each, _ in most])
    diagnostics = [
        convert.diagnostic(
            each.finding,
            server.token_messages.of(document, each, example=file.example),
            document.range(each.line, each.finding.span),
            shown_as,
            [
                *((document.location(*piece), ANOTHER_PIECE) for piece in each.pieces),
                *((at, THE_SAME) for of, at in elsewhere.get(each.token, ()) if of is not each),
            ],
        )
        for each, shown_as in (most if left_out else severities)
    ]
    if left_out:
        diagnostics[-1].message += messages.and_more(left_out)
    return diagnostics + [
        convert.unused_comment(document.range(line, comment.span), plain(comment.advice(line)))
        for line, comment in document.unused_comments()
    ]


def publish_changed(server: NotionServer, document: Document) -> None:
    """Publish a document, and the others that share a token it has gained or lost."""
    publish(server, document)
    # Only related information names other documents: without it, nothing in them changes.
    if server.capabilities.related:
        _publish_all(server, server.shared_tokens.show(document.uri, document.token_hashes()))


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
    _publish_all(server, server.shared_tokens.close(uri))


def clear(server: NotionServer, uri: str) -> None:
    """Take back what was published for a document."""
    server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))


def report(
    server: NotionServer, document: Document | None, previous: str | None
) -> types.DocumentDiagnosticReport:
    """Answer a pull: the diagnostics, or that they are those of the result before."""
    diagnostics = of_document(server, document) if document else []
    result = convert.result_id(diagnostics)
    # VS Code pulls after each key: a list that it has already is not sent again.
    if result == previous:
        return types.RelatedUnchangedDocumentDiagnosticReport(result)
    return types.RelatedFullDocumentDiagnosticReport(diagnostics, result_id=result)


def look_for_hidden(server: NotionServer, document: Document) -> bool:
    """Look for hidden tokens; return whether they are others than those found before."""
    return document.look_for_hidden(server.open_file(document).project.patterns)


def look_after_a_pause(server: NotionServer, uri: str) -> None:
    """Look for the hidden tokens of a document, and show them, once it is not typed in."""
    server.pauses.put_off(uri, partial(_look_again, server, uri))


def refresh(server: NotionServer) -> None:
    """Have every diagnostic shown anew: something they all depend on has changed."""
    # All are read before the first is published: a document names the tokens of the others.
    for document in server.documents():
        server.read_file_of(document)
        look_for_hidden(server, document)
    server.changed()
    if not server.capabilities.pull:
        for document in server.documents():
            publish(server, document)
    # LSP 3.17: a client that pulls is asked to pull again.
    elif server.capabilities.refresh:
        server.workspace_diagnostic_refresh(None)


def _look_again(server: NotionServer, uri: str) -> None:
    document = server.document(uri)
    if document is None:
        return
    is_new = look_for_hidden(server, document)
    server.warn()
    if is_new and not server.capabilities.pull:
        publish_changed(server, document)
    elif is_new and server.capabilities.refresh:
        server.workspace_diagnostic_refresh(None)


def _publish_all(server: NotionServer, uris: Iterable[str]) -> None:
    for document in map(server.document, uris):
        if document:
            publish(server, document)


def _same_tokens(
    server: NotionServer, document: Document, found: list[LineFinding]
) -> dict[str, list[tuple[LineFinding, types.Location]]]:
    if not found or not server.capabilities.related:
        return {}
    places: dict[str, list[tuple[LineFinding, types.Location]]] = {each.token: [] for each in found}
    others = [other for other in server.documents() if other is not document]
    # One document, and each token in it once: no other place can be named.
    if not others and len(places) == len(found):
        return {}
    for other, its in [(document, found), *((other, other.findings()) for other in others)]:
        for each in its:
            if len(places.get(each.token, _FULL)) <= _MOST_RELATED:
                location = other.location(each.line, each.finding.span)
                places[each.token].append((each, location))
    return places
