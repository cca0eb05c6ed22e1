"""Diagnostics of open documents, pushed or pulled by what the client can do, never both."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from lsprotocol import types

from notion_lsp.detect.finding import fingerprint
from notion_lsp.explain import messages
from notion_lsp.explain.exposure import sentence
from notion_lsp.explain.shown import composed, plain
from notion_lsp.lsp import convert
from notion_lsp.respond.exposures import exposures, traced

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from notion_lsp.explain.exposure import Exposure
    from notion_lsp.explain.shown import Shown
    from notion_lsp.lsp.documents import Document
    from notion_lsp.lsp.line_findings import LineFinding
    from notion_lsp.lsp.session import NotionServer
    from notion_lsp.respond.exposures import Place

# So many tokens of one document are shown, and how many more there are.
_MOST_SHOWN = 1000
# More places than these say nothing more to a person.
_MOST_RELATED = 5

_GIT = "git"  # what the pauses know this work by

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
            _message(server, document, each, example=file.example),
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


def ask_git(server: NotionServer, document: Document) -> None:
    """Ask git how far a document's tokens have got, soon: editors open many files at once."""
    server.exposed.wait(document.uri)
    server.pauses.put_off(_GIT, partial(_start_asking, server))


def _start_asking(server: NotionServer) -> None:
    server.exposed.keep(asyncio.get_running_loop().create_task(_ask(server)))


async def _ask(server: NotionServer) -> None:
    waiting = filter(None, map(server.document, server.exposed.take_waiting()))
    asked = {document.uri: _places(server, document) for document in waiting}
    places = [place for each in asked.values() for place in each.values()]
    told = await asyncio.to_thread(_told, places) if places else {}
    new = False
    for uri, each in asked.items():
        said = {token: sentence(told.get(place)) for token, place in each.items()}
        document = server.document(uri)
        if document and server.exposed.learn(uri, said):
            new = True
            if not server.capabilities.pull:
                publish(server, document)
    if new and server.capabilities.refresh:
        server.workspace_diagnostic_refresh(None)


def _told(places: Sequence[Place]) -> dict[Place, Exposure]:
    return traced(exposures(places))


def _places(server: NotionServer, document: Document) -> dict[str, Place]:
    path = server.open_file(document).path
    return {
        fingerprint(found.token): (path, found.written(document.lines))
        for found in (server.findings(document) if path else ())
        if path
    }


def _message(
    server: NotionServer, document: Document, found: LineFinding, *, example: bool
) -> Shown:
    said = server.token_messages.of(document, found, example=example)
    far = server.exposed.sentence(document.uri, found)
    return composed("{said}{far}", said=said, far=plain(far)) if far else said


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
    if not server.exposed.knows(uri, server.findings(document)):
        ask_git(server, document)
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
