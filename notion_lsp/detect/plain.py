"""The tokens of a text that are written out in one piece."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from notion_lsp.detect.anchors import NAMES, anchor
from notion_lsp.detect.finding import Candidate, Finding, fingerprint
from notion_lsp.detect.kinds import TOKEN_KINDS
from notion_lsp.detect.plausible import DOCUMENTED, looks_random
from notion_lsp.text import Span, surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator

    import regex

    from notion_lsp.detect.kinds import Shape, TokenKind


def find_plain(text: str) -> tuple[Finding, ...]:
    """Return the tokens of the text in order; no two overlap."""
    shapes = candidates(text, by_name=any(name in text for name in NAMES))
    confirmed = (confirm(found, text) for found in shapes)
    return tuple(finding for finding in confirmed if finding)


def candidates(text: str, *, by_name: bool = True) -> Iterator[tuple[Candidate, ...]]:
    """Yield the shapes that match at each place where any does, in the order of the rows.

    Without `by_name`, it skips the shapes that have no prefix, which is several times faster.
    It finds all the same in a whole text that holds none of their names; a line of a text may have
    the name on another line.
    """
    begins = anchor(text, by_name=by_name)
    found = begins.search(text)
    while found:
        start = found.start()
        shapes = tuple(
            Candidate(kind, shape, Span(start, match.end()))
            for kind, shape, pattern in _shapes()
            if (match := pattern.match(text, start))
            and looks_random(match[0][len(shape.prefix) :], shape.body.digits)
            and fingerprint(match[0]) not in DOCUMENTED
        )
        if shapes:
            yield shapes
        found = begins.search(text, shapes[0].span.end if shapes else start + 1)


def confirm(found: tuple[Candidate, ...], text: str, shift: int = 0) -> Finding | None:
    """Return the finding of the first candidate whose context stands nearby, or None.

    The text may be a part of the document that the spans refer to: it begins `shift` code points
    into it.
    """
    for candidate in found:
        shape, start = candidate.shape, candidate.span.start
        if shape.nearby is None or re.search(
            shape.nearby, surroundings(text, start - shift, shape.lines)
        ):
            return Finding(candidate.kind, candidate.span, shape)
    return None


@cache
def _shapes() -> tuple[tuple[TokenKind, Shape, regex.Pattern[str]], ...]:
    # Most sessions never meet an anchor, so these are compiled when the first one is met.
    import regex

    return tuple(
        (kind, shape, regex.compile(shape.pattern, regex.ASCII))
        for kind in TOKEN_KINDS
        for shape in kind.shapes
    )
