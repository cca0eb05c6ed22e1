"""Diagnostics of open documents, pushed or pulled by what the client can do, never both."""

from __future__ import annotations

import asyncio
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING

from lsprotocol import types

from notion_lsp.detect.finding import fingerprint
from notion_lsp.detect.repeated import Known
from notion_lsp.explain import messages
from notion_lsp.explain.exposure import sentence
from notion_lsp.explain.shown import joined, plain
from notion_lsp.lsp import convert, written
from notion_lsp.respond import exposures as of_git

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from notion_lsp.explain.exposure import Exposure
    from notion_lsp.explain.shown import Shown
    from notion_lsp.lsp.documents import Document
    from notion_lsp.lsp.session import NotionServer
    from notion_lsp.lsp.spot import Place

    # The places at which a token is shown, by the token: for those that have more than one.
    _Same = dict[str, list[tuple[Document, Place]]]

_MOST_RELATED = 5  # more places say nothing more to a person
_GIT = "git"  # what the pauses know this work by

ANOTHER_PIECE = plain("Another piece of it stands here.")
THE_SAME = plain("The same token stands here too.")


def of_document(server: NotionServer, document: Document) -> list[str]:
    """Return the diagnostics of an open document as it is now, as JSON."""
    # The status says so: a document that nobody looks into must not look clean.
    if server.open_file(document).left_out:
        return []
    places, left_out = server.worst(document)
    same = _same_tokens(server, document, places)
    made = [_written(server, document, place, same) for place in places]
    if left_out:
        made[-1] = _last(server, document, places[-1], same, left_out)
    most = server.open_file(document).project.settings.maximum_findings
    # Tokens go before comments that are not needed, if there is no room for all.
    unused = islice(document.known.unused_comments(), max(most - len(made), 0))
    for line, comment in unused:
        hint = convert.unused_comment(
            document.range(line, comment.span), plain(comment.advice(line))
        )
        made.append(written.diagnostic(line, written.said(hint)))
    return made


def at_starts(
    server: NotionServer, document: Document, starts: AbstractSet[tuple[int, int]]
) -> dict[tuple[int, int], types.Diagnostic]:
    """Return the diagnostics of tokens that begin at some places, in the client's units."""
    places, left_out = server.worst(document)
    lines = {line for line, _ in starts}
    near = [place for place in places if place.line in lines]
    same = _same_tokens(server, document, places) if near else {}
    found: dict[tuple[int, int], types.Diagnostic] = {}
    for place in near:
        start = _range(document, place).start
        if (start.line, start.character) in starts:
            more = left_out if place is places[-1] else 0
            found[start.line, start.character] = _diagnostic(server, document, place, same, more)
    return found


def _written(server: NotionServer, document: Document, place: Place, same: _Same) -> str:
    # A keystroke words anew only what it has changed: the rest is kept as JSON.
    line, spot = place
    if not spot.said:
        spot.said = written.said(_diagnostic(server, document, place, {}))
    # Most tokens are in one piece, and stand nowhere else.
    if not (same or spot.pieces):
        return written.diagnostic(line, spot.said)
    related = (written.related(*each) for each in _related(document, place, same))
    return written.diagnostic(line, spot.said, related)


def _last(
    server: NotionServer, document: Document, place: Place, same: _Same, left_out: int
) -> str:
    said = written.said(_diagnostic(server, document, place, {}, left_out))
    related = (written.related(*each) for each in _related(document, place, same))
    return written.diagnostic(place.line, said, related)


def _diagnostic(
    server: NotionServer, document: Document, place: Place, same: _Same, left_out: int = 0
) -> types.Diagnostic:
    found, rules = place.spot.at(place.line), document.known.rules
    text, finding = document.excerpt(found)
    message = messages.describe_again(finding, text, found.expired, example=rules.example)
    far = plain(server.exposed.sentence(document.uri, found.token))
    message = joined([message, far, *([messages.and_more(left_out)] if left_out else [])])
    severity = rules.severity(finding)
    assert severity  # noqa: S101, only what has one is shown
    related = list(_related(document, place, same))
    return convert.diagnostic(finding, message, _range(document, place), severity, related)


def _range(document: Document, place: Place) -> types.Range:
    finding = place.spot.finding
    assert finding  # noqa: S101, only what is a token is shown
    return document.range(place.line, finding.span)


def _related(
    document: Document, place: Place, same: _Same
) -> Iterator[tuple[types.Location, Shown]]:
    line, spot = place
    for below, span in spot.pieces:
        yield document.location(line + below, span), ANOTHER_PIECE
    others = (each for each in same.get(spot.token, ()) if each[1].spot is not spot)
    for other, its in islice(others, _MOST_RELATED):
        yield types.Location(other.uri, _range(other, its)), THE_SAME


def publish_changed(server: NotionServer, document: Document) -> None:
    """Publish a document, and the others that share a token it has gained or lost."""
    publish(server, document)
    server.published[document.uri] = document
    _publish_sharing(server, document, document.known.take_changed_tokens())


def publish(server: NotionServer, document: Document) -> None:
    """Send the diagnostics of a document to a client that does not pull."""
    made = of_document(server, document)
    server.own_protocol.publish(written.published(document.uri, made, document.version))


def closed(server: NotionServer, uri: str) -> None:
    """Take back what was published for a document, and where others name it."""
    clear(server, uri)
    if document := server.published.pop(uri, None):
        _publish_sharing(server, document, document.known.token_numbers())


def clear(server: NotionServer, uri: str) -> None:
    """Take back what was published for a document."""
    server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))


def report(
    server: NotionServer, document: Document | None, previous: str | None
) -> types.DocumentDiagnosticReport | written.Written:
    """Answer a pull: the diagnostics, or that they are those of the result before."""
    made = of_document(server, document) if document else []
    result = convert.result_id(made)
    # VS Code pulls after each key: a list that it has already is not sent again.
    if result == previous:
        return types.RelatedUnchangedDocumentDiagnosticReport(result)
    return written.report(made, result)


def look_for_hidden(server: NotionServer, document: Document) -> bool:
    """Look for hidden tokens; return whether they are others than those found before."""
    patterns = server.open_file(document).project.patterns
    others = (each for each in server.documents() if each is not document)
    every = (each.known.tokens_with_findings() for each in others)
    is_new = document.look_for_hidden(patterns, Known(dict(chain.from_iterable(every))))
    _look_at_others(server, document)
    return is_new


def _look_at_others(server: NotionServer, document: Document) -> None:
    # A token that has come to one document may be part of a longer word in another one.
    numbers = (each.known.token_numbers() for each in server.documents())
    known = frozenset[int]().union(*numbers)
    if known == server.token_numbers:
        return
    server.token_numbers = known
    for other in server.documents():
        if other is not document:
            look_after_a_pause(server, other.uri)


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
    # git takes as long as the disk does: nobody waits for it at the keyboard.
    told = await asyncio.to_thread(_told, places) if places else {}
    new = False
    for uri, each in asked.items():
        said = {token: sentence(told.get(place)) for token, place in each.items()}
        document = server.document(uri)
        if document and server.exposed.learn(uri, said):
            new = True
            document.known.reword()
            if not server.capabilities.pull:
                publish(server, document)
    if new and server.capabilities.refresh:
        server.workspace_diagnostic_refresh(None)


def _told(places: Sequence[of_git.Leak]) -> dict[of_git.Leak, Exposure]:
    return of_git.traced(of_git.exposures(places))


def _places(server: NotionServer, document: Document) -> dict[str, of_git.Leak]:
    path, lines = server.open_file(document).path, document.lines
    if path is None:
        return {}
    found = (spot.at(line) for line, spot in server.worst(document).places)
    return {fingerprint(each.token): of_git.Leak(path, each.written(lines)) for each in found}


def read(server: NotionServer, documents: Iterable[Document]) -> None:
    """Read what the diagnostics of documents depend on, so that a keystroke need not.

    All are read before the first is published: a document names the tokens of the others.
    """
    for document in documents:
        server.read_file_of(document)
        look_for_hidden(server, document)


def refresh(server: NotionServer) -> None:
    """Have every diagnostic shown anew: something they all depend on has changed."""
    read(server, server.documents())
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
    if not server.exposed.knows(uri, (spot.token for _, spot in server.worst(document).places)):
        ask_git(server, document)
    if is_new and not server.capabilities.pull:
        publish_changed(server, document)
    elif is_new and server.capabilities.refresh:
        server.workspace_diagnostic_refresh(None)


def _publish_sharing(server: NotionServer, document: Document, tokens: AbstractSet[int]) -> None:
    # Only related information names other documents: without it, nothing in them changes.
    if not tokens or not server.capabilities.related:
        return
    for other in server.documents():
        # By the numbers of the tokens, without a look at the text of each open document.
        if other is not document and other.known.holds_any(tokens):
            publish(server, other)


def _same_tokens(server: NotionServer, document: Document, places: list[Place]) -> _Same:
    """Return the places at which the tokens are shown, by the token, where any has two."""
    if not places or not server.capabilities.related:
        return {}
    tokens = {hash(spot.token) for _, spot in places}
    others = [
        other
        for other in server.documents()
        if other is not document and other.known.holds_any(tokens)
    ]
    # No other place can be named.
    if not others and len(tokens) == len(places):
        return {}
    found: dict[str, list[tuple[Document, Place]]] = {spot.token: [] for _, spot in places}
    for each in (document, *others):
        its = places if each is document else server.worst(each).places
        for place in its:
            if (same := found.get(place.spot.token)) is not None and len(same) <= _MOST_RELATED:
                same.append((each, place))
    return found
