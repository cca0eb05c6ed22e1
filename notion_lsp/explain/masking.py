"""Texts with their tokens hidden, for a code frame, a diff or a log."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.detect.finding import mask, token_of
from notion_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from notion_lsp.detect.finding import Finding

_ELLIPSIS = "…"
# An encoded token has no fewer characters, and among them no other ones.
_LONG_WORD = re.compile(r"[\w+/=%&#;\\-]{40}")
_SECRET = 8  # the fewest characters that say more than a prefix does


class Mask(NamedTuple):
    """A span of a text that must not be shown, and what is shown in its place."""

    span: Span
    shown: str


def secrets(text: str, findings: Iterable[Finding]) -> frozenset[str]:
    """Return the texts of the findings, each piece for itself, that say more than a prefix does."""
    pieces = {span.of(text) for finding in findings for span in finding.spans}
    return frozenset(piece for piece in pieces if len(piece) >= _SECRET)


def masks(
    text: str, findings: Collection[Finding], elsewhere: Collection[str] = ()
) -> tuple[Mask, ...]:
    """Return the masks of the findings of a text, in order; no two overlap.

    Of a token in pieces, only the mask of the first one shows the prefix and the last characters.
    A piece is masked wherever else it stands, and so are secrets that were found `elsewhere`.
    """
    hidden: list[Mask] = []
    every = (*_of_findings(text, findings), *_elsewhere(text, findings, elsewhere))
    # Of masks that begin in one place the longest counts, and of equal ones the first.
    for each in sorted(every, key=lambda each: (each.span.start, -each.span.end)):
        end = hidden[-1].span.end if hidden else 0
        # Two tokens may share a piece, such as a constant with the prefix, or an encoded text.
        if each.span.end > end:
            start = max(each.span.start, end)
            shown = each.shown if start == each.span.start else _ELLIPSIS
            hidden.append(Mask(Span(start, each.span.end), shown))
    return tuple(hidden)


def _of_findings(text: str, findings: Iterable[Finding]) -> Iterator[Mask]:
    for finding in findings:
        for number, span in enumerate(finding.spans):
            shown = _ELLIPSIS if number else mask(token_of(text, finding), finding.kind)
            yield Mask(span, shown)


def _elsewhere(
    text: str, findings: Iterable[Finding], elsewhere: Collection[str]
) -> Iterator[Mask]:
    for secret in secrets(text, findings).union(elsewhere):
        for span in _places(text, secret):
            yield Mask(span, _ELLIPSIS)


def _places(text: str, secret: str) -> Iterator[Span]:
    start = text.find(secret)
    while start >= 0:
        yield Span(start, start + len(secret))
        start = text.find(secret, start + len(secret))


def masked(text: str, hidden: Sequence[Mask], bounds: Span, shown: Span) -> tuple[str, Span]:
    """Return the part of a text within the bounds, masked, and a span of the masked part.

    The span is that of the mask which covers the beginning of `shown`; empty if there is none.
    """
    written, position, marked = "", bounds.start, Span(0, 0)
    for each in hidden:
        start, end = max(each.span.start, bounds.start), min(each.span.end, bounds.end)
        if start >= end:
            continue
        written += text[position:start]
        if each.span.start <= shown.start < each.span.end:
            marked = Span(len(written), len(written) + len(each.shown))
        written += each.shown
        position = end
    return written + text[position : bounds.end], marked


def mask_text(text: str) -> str:
    """Return the text with each token masked in it that is written out, or encoded.

    It may be part of a word.
    """
    from notion_lsp.detect.plain import find_plain

    found = (*find_plain(text), *find_plain(text, edges=False), *_encoded(text))
    shown, _ = masked(text, masks(text, found), Span(0, len(text)), Span(0, 0))
    return shown


def _encoded(text: str) -> Sequence[Finding]:
    if not _LONG_WORD.search(text):
        return ()
    from notion_lsp.detect.encoded import find_encoded  # its patterns take milliseconds to compile

    return find_encoded(text, edges=False)
