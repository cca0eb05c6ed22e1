"""Tokens that code puts together from pieces: `"ntn_" + "…"`, a call of `join`, a constant.

The search starts at a prefix, or at the head of one, and goes from piece to piece. What stands
between two pieces looks much the same in all languages, so one set of patterns reads them all. It
also reads what no grammar sees: a script in a value of YAML, code in a comment or in Markdown. The
shape of a token is so strict that strings joined by mistake make none.
"""

from __future__ import annotations

from functools import cache, partial
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.detect.anchors import BEGINNINGS
from notion_lsp.detect.constants import Constants, Name
from notion_lsp.detect.kinds import Confidence
from notion_lsp.detect.plain import find_at, find_in_any_place
from notion_lsp.detect.repeated import UNKNOWN
from notion_lsp.detect.shapes import LONGEST
from notion_lsp.detect.split_patterns import (
    CONSTANT,
    FROM_NAME,
    FROM_STRING,
    JOINS,
    JOINS_BY_NAME,
    MENTION,
    PIECE,
    START,
    START_IN_A_WORD,
    UNDERSCORE,
    may_go_on,
)
from notion_lsp.text import Span, line_bounds

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    import regex

    from notion_lsp.detect.finding import Finding
    from notion_lsp.detect.repeated import Known

    _Again = Callable[[str, int], Finding | None]
    # The names that are asked for, and those that begin a token: whether the whole text has one.
    _Anywhere = Callable[[AbstractSet[Name], AbstractSet[str]], bool]
    _Ways = tuple[regex.Pattern[str], ...]
    # From an offset by these ways, maybe only to what begins with an underscore.
    _Onward = Callable[[int, _Ways, bool], "_Step | None"]

# By the text that each begins with, the length of a whole token: what is as long is no piece.
_WHOLE = {each.text: each.whole for each in BEGINNINGS if each.base62}
# One less than a token, as a call of `join` may add the underscore.
_SHORTEST = min(len(each.text) + each.least for each in BEGINNINGS) - 1
# Limits that keep a text made to take long from doing so. Distances are in code points.
_MOST_PIECES = 80
_BETWEEN = 600  # from one piece to the next
_EXPRESSION = 4096  # from the first piece to the last
_BESIDE = 40  # from the pieces to the separator of a call of `join`
_AROUND = 600  # from the pieces to the context of a shape


class Piece(NamedTuple):
    """A piece of a token, and where the code uses it: there, or where it names a constant.

    `quoted` says whether the code uses it in a string.
    """

    span: Span
    used: Span
    quoted: bool = True


class _Step(NamedTuple):
    """The pieces of a step, the offset behind the last one, and the ways to the next one."""

    pieces: tuple[Piece, ...]
    position: int
    ways: _Ways


def find_split(text: str, known: Known = UNKNOWN) -> tuple[Finding, ...]:
    """Return the split tokens of the text, in the order of their first pieces.

    The `known` ones may be part of a longer word.
    """
    found = {finding.spans: finding for finding, _ in reversed([*expressions(text, known)])}
    return tuple(sorted(found.values(), key=lambda finding: finding.span))


def expressions(text: str, known: Known = UNKNOWN) -> Iterator[tuple[Finding, tuple[Piece, ...]]]:
    """Yield a finding and its pieces for each expression that puts a token together."""
    constants = Constants(text)
    starts = _starts(constants, START_IN_A_WORD if known else START)
    return _followed(constants, starts, known.at)


def has_any(constants: Constants) -> bool:
    """Whether a text has a split token, be it part of a longer word."""
    return any(_followed(constants, _starts(constants, START_IN_A_WORD), find_in_any_place))


def begins_with(constants: Constants, names: AbstractSet[str]) -> bool:
    """Whether one of the names begins a split token, be that part of a longer word."""
    return any(_followed(constants, _named(constants, names), find_in_any_place))


def _followed(
    constants: Constants, starts: Iterable[_Step], again: _Again
) -> Iterator[tuple[Finding, tuple[Piece, ...]]]:
    onward = cache(partial(_step, constants))  # many ways may come through one place
    for first in starts:
        if found := _follow(constants, first, onward, again):
            yield found


def may_begin(text: str, anywhere: _Anywhere) -> bool:
    """Whether a split token may begin in a part of a text.

    The rest may define its names, or use those that are defined here: `anywhere` is given the ones
    that it asks for, and those that a token may begin with.
    """
    constants = Constants(text)
    onward = cache(partial(_step, constants))
    firsts = [*_firsts(constants, START_IN_A_WORD)]
    if any(_follow(constants, first, onward, find_in_any_place) for first in firsts):
        return True
    begun = {*constants.with_values_at([first.pieces[0].span for first in firsts])}
    return bool(constants.asked or begun) and anywhere(constants.asked, begun)


def _firsts(constants: Constants, starts: re.Pattern[str]) -> Iterator[_Step]:
    whole = 0
    for start in starts.finditer(constants.text):
        if start.start() < whole:
            continue
        step = _to_piece(constants.text, start.start())
        if step.position - start.start() >= _WHOLE.get(start[0], inf):
            whole = step.position
            continue
        yield step


def _starts(constants: Constants, starts: re.Pattern[str]) -> Iterator[_Step]:
    firsts = [*_firsts(constants, starts)]
    yield from firsts
    spans = [first.pieces[0].span for first in firsts]
    yield from _named(constants, {*constants.with_values_at(spans)})


def _named(constants: Constants, names: AbstractSet[str]) -> Iterator[_Step]:
    for found in _mentions(constants, names):
        if value := constants.value(Name(found["name"]), found.start()):
            yield _to_value(constants, found, value)


def _mentions(constants: Constants, names: AbstractSet[str]) -> Iterator[regex.Match[str]]:
    # A mention includes what belongs to the name: a qualifier, or the braces of an interpolation.
    end = -1
    for place in sorted(place for name in names for place in constants.places(name)):
        if place <= end:
            continue
        line = line_bounds(constants.text, place)
        start, end = max(line.start, place - _AROUND), min(line.end, place + _AROUND)
        for mention in MENTION.finditer(constants.text, start, end):
            if mention["name"] in names and not CONSTANT.match(
                constants.text, mention.start("name")
            ):
                yield mention


def _follow(
    constants: Constants, first: _Step, onward: _Onward, again: _Again
) -> tuple[Finding, tuple[Piece, ...]] | None:
    # The first pieces alone may look like a token of another length, so a likely one is kept and
    # the walk goes on until a certain one is found.
    text = constants.text
    step: _Step | None = first
    pieces: tuple[Piece, ...] = ()
    value = ""
    best = None
    while step and len(pieces) < _MOST_PIECES:
        pieces += step.pieces
        value += _value(text, step.pieces)
        if len(pieces) > 1 and len(value) >= _SHORTEST:
            best = _token(text, pieces, again) or best
        is_certain = best and best[0].confidence is Confidence.CERTAIN
        goes_on = not is_certain and _may_go_on(value, pieces[0].span.of(text))
        lacking = goes_on and _lacks_underscore(text, pieces, value)
        step = onward(step.position, step.ways, lacking) if goes_on else None
    return best


def _lacks_underscore(text: str, pieces: Sequence[Piece], value: str) -> bool:
    """Whether the next piece has to begin with the underscore of the prefix."""
    if f"{value}_" not in _WHOLE:
        return False
    start = pieces[0].used.start
    return not UNDERSCORE.search(text, max(start - _BESIDE, 0), start + _EXPRESSION)


def _may_go_on(value: str, head: str) -> bool:
    # A call of `join` may put in the underscore of the prefix.
    with_underscore = f"{head}_{value[len(head) :]}" if f"{head}_" in _WHOLE else value
    return may_go_on(value) or may_go_on(with_underscore)


def _value(text: str, pieces: tuple[Piece, ...]) -> str:
    return "".join([piece.span.of(text) for piece in pieces])


def _step(constants: Constants, position: int, ways: _Ways, lacking: bool) -> _Step | None:  # noqa: FBT001, a cache's
    for way in ways:
        found = way.match(constants.text, position, position + _BETWEEN)
        if found is None:
            continue
        name = found.groupdict().get("name")
        if name is None:
            return _to_piece(constants.text, found.end())
        is_definition = CONSTANT.match(constants.text, found.start("name"))
        asked = Name(name, lacking)
        if not is_definition and (value := constants.value(asked, position)):
            return _to_value(constants, found, value)
    return None


def _to_piece(text: str, start: int) -> _Step:
    found = PIECE.match(text, start, start + LONGEST)
    span = Span(start, found.end() if found else start)
    return _Step((Piece(span, span),), span.end, FROM_STRING)


def _to_value(constants: Constants, mention: regex.Match[str], value: Span) -> _Step:
    interpolated = mention.groupdict().get("text") is not None
    quoted = interpolated and _is_quoted(constants, mention)
    named = Piece(value, Span(*mention.span("mention")), quoted)
    if not interpolated:
        return _Step((named,), mention.end(), FROM_NAME)
    # A `$name` may stand in a string or in code, so both sets of ways are tried.
    step = _to_piece(constants.text, mention.end())
    return _Step((named, *step.pieces), step.position, FROM_STRING + FROM_NAME)


def _is_quoted(constants: Constants, mention: regex.Match[str]) -> bool:
    # In PHP and others `$name` is also code: an odd number of quotes before it makes it a string.
    start, end = mention.span("mention")
    return constants.text[end - 1] in "})%" or constants.is_in_double_quotes(start)


def _token(
    text: str, pieces: tuple[Piece, ...], again: _Again
) -> tuple[Finding, tuple[Piece, ...]] | None:
    first = min(piece.span.start for piece in pieces)
    last = max(piece.span.end for piece in pieces)
    before, after = text[max(first - _AROUND, 0) : first], text[last : last + _AROUND]
    for arranged in _arrangements(text, pieces):
        whole = f"{before}{_value(text, arranged)}{after}"
        finding = find_at(whole, len(before)) or again(whole, len(before))
        if finding and _is_put_together(text, pieces):
            cut = tuple(_cut(arranged, finding.span.size))
            span, *rest = (piece.span for piece in cut)
            return (finding._replace(span=span, rest=tuple(rest)), cut) if rest else None
    return None


def _is_put_together(text: str, pieces: tuple[Piece, ...]) -> bool:
    # A comma alone may separate the items of a list that nothing joins.
    first, last = pieces[0].used.start, pieces[-1].used.end
    if "," not in text[first:last]:
        return True
    near = max(first - _AROUND, 0)
    line = max(near, *(text.rfind(each, near, first) + 1 for each in "\r\n"))
    by_name = JOINS_BY_NAME.search(text, max(first - 2 * _BESIDE, 0), last + _AROUND)
    return bool(by_name or JOINS.search(text, line, last + 2 * _BESIDE))


def _arrangements(text: str, pieces: tuple[Piece, ...]) -> Iterator[tuple[Piece, ...]]:
    yield pieces
    # The separator of a join may be the underscore of the prefix: `"_".join(["ntn", "…"])`.
    head, *rest = pieces
    near = (max(head.used.start - _BESIDE, 0), pieces[-1].used.end + _BESIDE)
    is_head = f"{head.span.of(text)}_" in _WHOLE
    # All of them say the same.
    if underscore := UNDERSCORE.search(text, *near) if is_head else None:
        span = Span(*underscore.span())
        yield (head, Piece(span, span), *rest)


def _cut(pieces: tuple[Piece, ...], length: int) -> Iterator[Piece]:
    for piece in pieces:
        span = Span(piece.span.start, min(piece.span.end, piece.span.start + length))
        if span.end > span.start:
            yield piece._replace(span=span, used=span if piece.used == piece.span else piece.used)
        length -= span.size
