"""The tokens of a text that are written out in one piece."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.detect.anchors import NAMES, anchor
from notion_lsp.detect.finding import Candidate, Finding, fingerprint
from notion_lsp.detect.kinds import TOKEN_KINDS, Confidence
from notion_lsp.detect.plausible import DOCUMENTED, looks_random
from notion_lsp.detect.shapes import is_edge
from notion_lsp.text import Span, surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from notion_lsp.detect.kinds import Shape, TokenKind


# Text has none of these characters, but compiled files, databases and serialised objects do. A log
# may ring the bell (07), go back (08) and colour its lines (1B). A byte that is not UTF-8 is a lone
# surrogate here, and in an editor a replacement character: in Shift-JIS, Big5 and GBK, the second
# byte of a character may be a letter.
_NO_TEXT = re.compile(r"[\x00-\x06\x0e-\x1a\x1c-\x1f\udc80-\udcff\ufffd]")
# A dictionary of BitTorrent (BEP 3) may have the characters of a text, but its strings touch.
_BENCODED = re.compile(r"d\d{1,9}:")


def find_plain(text: str, *, edges: bool = True) -> tuple[Finding, ...]:
    """Return the tokens of the text in order; no two overlap.

    Without `edges`, a token of an exact form may be part of a longer word.
    """
    by_name = any(name in text for name in NAMES)
    shapes = candidates(text, _shapes if edges else _shapes_without_edges, by_name=by_name)
    confirmed = (confirm(found, text) for found in shapes)
    return tuple(finding for finding in confirmed if finding)


def find_at(text: str, start: int) -> Finding | None:
    """Return the token that begins at an offset of the text, `None` if none does."""
    return confirm(_matching(text, start, _shapes), text)


def find_in_any_place(text: str, start: int) -> Finding | None:
    """Return what would be a token that begins at an offset if nothing stood around it."""
    found = _matching(text, start, shapes_in_any_place)
    return Finding(found[0].kind, found[0].span, found[0].shape) if found else None


def find_in_bytes(text: str) -> tuple[Finding, ...]:
    """Return the tokens of what is not text, where they need no edges; nothing if it is text.

    A length may stand right before such a token, and another column of a database right after it.
    """
    if not anchor(text, by_name=False).search(text):
        return ()
    is_text = not (_NO_TEXT.search(text) or _BENCODED.match(text))
    return () if is_text else find_plain(text, edges=False)


def candidates(
    text: str, shapes: Shapes | None = None, *, by_name: bool = True
) -> Iterator[tuple[Candidate, ...]]:
    """Yield the shapes that match at each place where any does, in the order of the rows.

    Without `by_name`, it skips the shapes that have no prefix, which is several times faster.
    It finds all the same in a whole text that holds none of their names; a line of a text may have
    the name on another line.
    """
    begins = anchor(text, by_name=by_name)
    found = begins.search(text)
    while found:
        matching = _matching(text, found.start(), shapes or _shapes)
        if matching:
            yield matching
        found = begins.search(text, matching[0].span.end if matching else found.start() + 1)


def _matching(text: str, start: int, shapes: Shapes) -> tuple[Candidate, ...]:
    at_edge = is_edge(text, start)
    return tuple(
        Candidate(kind, shape, Span(start, match.end()))
        for kind, shape, pattern, has_edge in shapes()
        if (at_edge or not has_edge)
        and (match := pattern.match(text, start))
        and looks_random(match[0][len(shape.prefix) :], shape.body.digits)
        and fingerprint(match[0]) not in DOCUMENTED
    )


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


class _Row(NamedTuple):
    """A shape with its pattern, and whether a token of it begins at an edge."""

    kind: TokenKind
    shape: Shape
    pattern: re.Pattern[str]
    has_edge: bool = False


# Most sessions never meet an anchor, so the patterns are compiled when the first one is met.
Shapes = Callable[[], tuple[_Row, ...]]


@cache
def _shapes() -> tuple[_Row, ...]:
    return tuple(
        _Row(kind, shape, re.compile(shape.pattern, re.ASCII), has_edge=True)
        for kind in TOKEN_KINDS
        for shape in kind.shapes
    )


@cache
def _shapes_without_edges() -> tuple[_Row, ...]:
    bare = tuple(
        _Row(kind, shape, re.compile(shape.bare, re.ASCII))
        for kind in TOKEN_KINDS
        for shape in kind.shapes
        if shape.prefix and shape.confidence is Confidence.CERTAIN
    )
    return (*bare, *_shapes())


@cache
def shapes_in_any_place() -> tuple[_Row, ...]:
    """Return the shapes that have a prefix, with patterns that ask for nothing around them."""
    return tuple(
        _Row(kind, shape, re.compile(shape.anywhere, re.ASCII))
        for kind in TOKEN_KINDS
        for shape in kind.shapes
        if shape.prefix
    )
