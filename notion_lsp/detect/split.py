"""Tokens that code puts together from pieces: `"ntn_" + "…"`, a call of `join`, a constant.

The search starts at a prefix, or at the head of one, and goes from piece to piece. What stands
between two pieces looks much the same in all languages, so one set of patterns reads them all. It
also reads what no grammar sees: a script in a value of YAML, code in a comment or in Markdown. The
shape of a token is so strict that strings joined by mistake make none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.detect.anchors import BEGINNINGS
from notion_lsp.detect.kinds import Confidence
from notion_lsp.detect.plain import find_plain
from notion_lsp.detect.shapes import LONGEST
from notion_lsp.detect.split_patterns import (
    BEGUN,
    CONSTANT,
    FROM_NAME,
    FROM_STRING,
    JOINS,
    JOINS_BY_NAME,
    MENTION,
    PIECE,
    START,
    UNDERSCORE,
)
from notion_lsp.text import Span, line_bounds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    import regex

    from notion_lsp.detect.finding import Finding

# By the text that each begins with, the length of a whole token: what is as long is no piece.
_WHOLE = {each.text: each.whole for each in BEGINNINGS if each.base62}
# One less than a token, as a call of `join` may add the underscore.
_SHORTEST = min(len(each.text) + each.least for each in BEGINNINGS) - 1
# Limits that keep a text made to take long from doing so. Distances are in code points.
_MOST_PIECES = 80
_MOST_NAMES = 200
_BETWEEN = 600  # from one piece to the next
_NAME_AND_TYPE = 120  # from the line of a constant's name to its value
_BESIDE = 40  # from the pieces to the separator of a call of `join`
_AROUND = 600  # from the pieces to the context of a shape


class Piece(NamedTuple):
    """A piece of a token, and where the code uses it: there, or where it names a constant.

    `quoted` says whether the code uses it in a string.
    """

    span: Span
    used: Span
    quoted: bool = True


class _Walk(NamedTuple):
    """The pieces so far, the offset behind the last one, and the ways to the next one."""

    pieces: tuple[Piece, ...]
    position: int
    ways: tuple[regex.Pattern[str], ...]


def find_split(text: str) -> tuple[Finding, ...]:
    """Return the split tokens of the text, in the order of their first pieces."""
    found = {finding.spans: finding for finding, _ in reversed([*expressions(text)])}
    return tuple(sorted(found.values(), key=lambda finding: finding.span))


def expressions(text: str) -> Iterator[tuple[Finding, tuple[Piece, ...]]]:
    """Yield a finding and its pieces for each expression that puts a token together."""
    constants = _Constants(text)
    for walk in _starts(text, constants):
        yield from _follow(text, walk, constants)


class _Constants:
    """The constants of a text, each name looked up once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._values: dict[str, list[Span]] = {}

    def value(self, name: str, before: int) -> Span | None:
        """Return where the value of a name stands, or None if the text does not define it.

        Of several definitions it is the last one above `before`, or else the first one below.
        """
        if name not in self._values:
            if len(self._values) >= _MOST_NAMES:
                return None
            self._values[name] = [
                Span(*constant.span("value"))
                for place in self.places(name)
                if (constant := CONSTANT.match(self._text, place))
            ]
        values = self._values[name]
        return values[max(bisect_right(values, before, key=_end) - 1, 0)] if values else None

    def places(self, name: str) -> Iterator[int]:
        """Yield each offset at which the name stands."""
        for found in re.finditer(rf"(?<!\w){name}(?!\w)", self._text):
            yield found.start()


def _starts(text: str, constants: _Constants) -> Iterator[_Walk]:
    begun: set[str] = set()
    whole = 0
    for start in START.finditer(text):
        if start.start() < whole:
            continue
        walk = _with_piece(text, (), start.start())
        if walk.position - start.start() >= _WHOLE.get(start[0], inf):
            whole = walk.position
            continue
        yield walk
        above = max(start.start() - _NAME_AND_TYPE, 0)
        above = text.rfind("\n", above, start.start()) + 1 or above
        for constant in CONSTANT.finditer(text, above, walk.position + 1):
            if constant.start("value") == start.start() and len(begun) < _MOST_NAMES:
                begun.add(constant["name"])
    for mention in _mentions(text, begun, constants) if begun else ():
        if value := constants.value(mention["name"], mention.start()):
            yield _with_value(text, (), mention, value)


def _mentions(
    text: str, names: AbstractSet[str], constants: _Constants
) -> Iterator[regex.Match[str]]:
    # A mention includes what belongs to the name: a qualifier, or the braces of an interpolation.
    lines = {line_bounds(text, place) for name in names for place in constants.places(name)}
    for line in sorted(lines):
        for mention in MENTION.finditer(text, line.start, line.end):
            if mention["name"] in names and not CONSTANT.match(text, mention.start("name")):
                yield mention


def _follow(
    text: str, walk: _Walk, constants: _Constants
) -> Iterator[tuple[Finding, tuple[Piece, ...]]]:
    # The first pieces alone may look like a token of another length, so a likely one is kept and
    # the walk goes on until a certain one is found.
    step: _Walk | None = walk
    best = None
    while step and len(step.pieces) <= _MOST_PIECES:
        value = _value(text, step.pieces)
        if not BEGUN.fullmatch(value):
            break
        if len(step.pieces) > 1 and len(value) >= _SHORTEST:
            best = _token(text, step.pieces) or best
        if best and best[0].confidence is Confidence.CERTAIN:
            break
        step = _next(text, step, constants)
    if best:
        yield best


def _value(text: str, pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.span.of(text) for piece in pieces)


def _next(text: str, walk: _Walk, constants: _Constants) -> _Walk | None:
    for way in walk.ways:
        found = way.match(text, walk.position, walk.position + _BETWEEN)
        if found is None:
            continue
        if "name" not in found.groupdict():
            return _with_piece(text, walk.pieces, found.end())
        is_definition = CONSTANT.match(text, found.start("name"))
        if not is_definition and (value := constants.value(found["name"], walk.position)):
            return _with_value(text, walk.pieces, found, value)
    return None


def _with_piece(text: str, pieces: tuple[Piece, ...], start: int) -> _Walk:
    found = PIECE.match(text, start, start + LONGEST)
    span = Span(start, found.end() if found else start)
    return _Walk((*pieces, Piece(span, span)), span.end, FROM_STRING)


def _with_value(
    text: str, pieces: tuple[Piece, ...], mention: regex.Match[str], value: Span
) -> _Walk:
    interpolated = mention.groupdict().get("text") is not None
    quoted = interpolated and _is_quoted(text, mention)
    pieces = (*pieces, Piece(value, Span(*mention.span("mention")), quoted))
    if not interpolated:
        return _Walk(pieces, mention.end(), FROM_NAME)
    # A `$name` may stand in a string or in code, so both sets of ways are tried.
    walk = _with_piece(text, pieces, mention.end())
    return walk._replace(ways=FROM_STRING + FROM_NAME)


def _is_quoted(text: str, mention: regex.Match[str]) -> bool:
    # In PHP and others `$name` is also code: an odd number of quotes before it makes it a string.
    start, end = mention.span("mention")
    line = line_bounds(text, start).start
    return text[end - 1] in "})%" or text.count('"', line, start) % 2 == 1


def _token(text: str, pieces: tuple[Piece, ...]) -> tuple[Finding, tuple[Piece, ...]] | None:
    if not _is_put_together(text, pieces):
        return None
    first, last = min(pieces).span.start, max(pieces).span.end
    before, after = text[max(first - _AROUND, 0) : first], text[last : last + _AROUND]
    for arranged in _arrangements(text, pieces):
        for finding in find_plain(f"{before}{_value(text, arranged)}{after}"):
            if finding.span.start == len(before):
                cut = tuple(_cut(arranged, finding.span.end - finding.span.start))
                span, *rest = (piece.span for piece in cut)
                return (replace(finding, span=span, rest=tuple(rest)), cut) if rest else None
    return None


def _is_put_together(text: str, pieces: tuple[Piece, ...]) -> bool:
    # A comma alone may separate the items of a list that nothing joins.
    first, last = pieces[0].used.start, pieces[-1].used.end
    if "," not in text[first:last]:
        return True
    line = max(line_bounds(text, first).start, first - _AROUND)
    by_name = JOINS_BY_NAME.search(text, max(first - 2 * _BESIDE, 0), last + _AROUND)
    return bool(by_name or JOINS.search(text, line, last + 2 * _BESIDE))


def _arrangements(text: str, pieces: tuple[Piece, ...]) -> Iterator[tuple[Piece, ...]]:
    yield pieces
    # The separator of a join may be the underscore of the prefix: `"_".join(["ntn", "…"])`.
    head, *rest = pieces
    near = (max(head.span.start - _BESIDE, 0), pieces[-1].span.end + _BESIDE)
    if f"{head.span.of(text)}_" in _WHOLE:
        for underscore in UNDERSCORE.finditer(text, *near):
            span = Span(*underscore.span())
            yield (head, Piece(span, span), *rest)


def _cut(pieces: tuple[Piece, ...], length: int) -> Iterator[Piece]:
    for piece in pieces:
        span = Span(piece.span.start, min(piece.span.end, piece.span.start + length))
        if span.end > span.start:
            yield piece._replace(span=span, used=span if piece.used == piece.span else piece.used)
        length -= span.end - span.start


def _end(span: Span) -> int:
    return span.end
