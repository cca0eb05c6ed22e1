"""All tokens of a text: written out, encoded, split, repeated, or matched by the settings."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from notion_lsp.detect import custom
from notion_lsp.detect.anchors import may_be_in_pieces
from notion_lsp.detect.finding import told
from notion_lsp.detect.plain import find_in_bytes, find_plain
from notion_lsp.detect.repeated import UNKNOWN, find_repeated
from notion_lsp.text import overlapping

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from notion_lsp.detect.custom import Patterns
    from notion_lsp.detect.finding import Finding
    from notion_lsp.detect.repeated import Known
    from notion_lsp.text import Span


def find_tokens(
    text: str, patterns: Patterns = custom.NONE, known: Known = UNKNOWN
) -> tuple[Finding, ...]:
    """Return the tokens of the text, and what the patterns find, in the order of their places.

    The `known` tokens were found in other texts: their values count here as they count there.
    """
    plain = find_plain(text)
    hidden = find_hidden(text, plain, patterns, known)
    return tuple(sorted((*outside(plain, hidden), *hidden), key=lambda finding: finding.span))


def find_hidden(
    text: str,
    plain: Sequence[Finding],
    patterns: Patterns = custom.NONE,
    known: Known = UNKNOWN,
) -> tuple[Finding, ...]:
    """Return the tokens that are encoded, split, in bytes or repeated, and what the patterns find.

    One that overlaps a `plain` finding takes its place: what stands there is a part of a token.
    This takes longer than a keystroke may, so an editor asks for it when the typing pauses.
    """
    in_bytes = _better(text, find_in_bytes(text), plain)
    written = (*outside(plain, in_bytes), *in_bytes)
    here = known.with_those_of(text, written)
    hidden = _hidden(text, written, here)
    # What is only encoded or in pieces may be repeated so, too.
    if (every := here.with_those_of(text, hidden)) is not here:
        hidden = _hidden(text, written, every)
    found = (*outside(in_bytes, hidden), *hidden)
    found = (*found, *find_repeated(text, (*plain, *found), every))
    return (*found, *(patterns.find(text, (*plain, *found)) if patterns else ()))


def outside(findings: Sequence[Finding], others: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings, each in one piece, that overlap none of the others."""
    is_taken = overlapping(span for other in others for span in other.spans)
    return tuple(finding for finding in findings if not is_taken(finding.span))


def _hidden(text: str, written: Sequence[Finding], known: Known) -> tuple[Finding, ...]:
    return _better(text, (*_encoded(text, known), *_split(text, written, known)), written)


def _better(text: str, found: Iterable[Finding], written: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return those that overlap nothing that is written out, or only what tells less than they."""
    others = sorted(written, key=lambda finding: finding.span)
    starts = [other.span.start for other in others]
    ends = [other.span.end for other in others]

    def overlapped(span: Span) -> Sequence[Finding]:
        return others[bisect_right(ends, span.start) : bisect_left(starts, span.end)]

    return tuple(
        finding
        for finding in found
        if all(
            told(text, finding) > told(text, other)
            for span in finding.spans
            for other in overlapped(span)
        )
    )


def _encoded(text: str, known: Known) -> tuple[Finding, ...]:
    from notion_lsp.detect.encoded import find_encoded

    return find_encoded(text, known)


def _split(text: str, written: Sequence[Finding], known: Known) -> tuple[Finding, ...]:
    # What is a whole token is no piece of another; one of another length may be.
    whole = [finding for finding in written if all(told(text, finding))]
    if not may_be_in_pieces(_outside(text, whole)):
        return ()
    from notion_lsp.detect.split import find_split  # to compile its patterns takes milliseconds

    return find_split(text, known)


def _outside(text: str, findings: Sequence[Finding]) -> str:
    spans = sorted(finding.span for finding in findings)
    starts, ends = [0, *(span.end for span in spans)], [*(span.start for span in spans), len(text)]
    return "".join(text[start:end] for start, end in zip(starts, ends, strict=True))
