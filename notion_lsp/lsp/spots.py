"""What may be a token in the lines of an open document, kept in order while lines come and go.

A document may hold a hundred thousand tokens, and each keystroke asks for the worst of them. So
what is known of one is kept until an edit touches it, and sequences side by side answer by
operations that Python has in C: the lines, what stands there, how it is shown, and how far edits
of its line have moved it since it was asked for last.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.detect.finding import token_of
from notion_lsp.detect.plain import candidates
from notion_lsp.lsp.line_findings import LineFinding
from notion_lsp.positions import LineIndex
from notion_lsp.text import REACH, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from notion_lsp.detect.finding import Candidate, Finding
    from notion_lsp.lsp.written import Said

# How a place is shown is a byte: the severity's number in the protocol, or one of these.
NOT_SHOWN, UNKNOWN = 0, 255
# So many lines above and below a token are what a message of it is made from, cut where long.
WORDED_BY = 4
# A token sees other lines from so near the edge of its own; the longest token is shorter than that.
_NEAR = 2 * REACH


@dataclass(slots=True, eq=False)
class Spot:
    """A place where a token may stand, by what is known of it; `finding` is `None` if it is none.

    Columns are those of its line, in code points. Where the token is put together, `pieces` are all
    but the first, each by how many lines below the first one it stands. `said` is what a diagnostic
    says of it, `None` until it is worded. What `is_part` of a hidden token is not shown.
    """

    candidates: tuple[Candidate, ...] = ()
    finding: Finding | None = None
    token: str = ""
    pieces: tuple[tuple[int, Span], ...] = ()
    expired: date | None = None
    said: Said | None = None
    is_part: bool = False

    @property
    def column(self) -> int:
        """Where in its line the token begins."""
        return self.finding.span.start if self.finding else 0

    @property
    def depends(self) -> bool:
        """Whether the lines around decide on what it is, or on what is said of it."""
        return not self.candidates or any(
            each.shape.nearby is not None or each.kind.partner is not None
            for each in self.candidates
        )

    def at(self, line: int) -> LineFinding:
        """Return the token, which must be one, by its line."""
        assert self.finding  # noqa: S101, who asks has seen that it is shown
        pieces = tuple((line + below, span) for below, span in self.pieces)
        return LineFinding(line, self.finding, self.token, pieces, self.expired)

    def shift(self, by: int, units: int) -> None:
        """Move it by so many code points in its line, which are so many of the client's units."""
        self.candidates = tuple(
            each._replace(span=each.span.shifted(by)) for each in self.candidates
        )
        self.finding = self.finding and self.finding.shifted(by)
        if self.said:
            self.said = self.said.shifted(units)

    def survives(self, line: int, first: int, last: int, added: int) -> bool:
        """Move the pieces after lines changed and others were added; `False` if it was touched."""
        places = [line, *(line + below for below, _ in self.pieces)]
        # A token in pieces is touched where any of them is.
        if any(first <= place <= last for place in places):
            return False
        start, *moved = (place + added * (place > last) for place in places)
        spans = (span for _, span in self.pieces)
        self.pieces = tuple((place - start, span) for place, span in zip(moved, spans, strict=True))
        return True


class Place(NamedTuple):
    """A spot and its line."""

    line: int
    spot: Spot

    @property
    def seen(self) -> tuple[int, Finding | None, str, object]:
        """What a person sees of it: another place with the same is the same."""
        return self.line, self.spot.finding, self.spot.token, self.spot.pieces


class Spots:
    """The spots of a document, in the order of its text."""

    def __init__(self, places: Iterable[Place] = ()) -> None:
        self._lines: list[int] = []
        self._spots: list[Spot] = []
        self._shown_as = bytearray()
        # A line may hold all of them, and few are asked for after each key: the others move later.
        self._late: list[int] = []  # code points
        self._late_units: list[int] = []  # the same in the client's units
        self._reach = 0  # lines between a token's first piece and the furthest of the others
        self._put(slice(0, 0), [(*place, UNKNOWN) for place in places])

    def __iter__(self) -> Iterator[Place]:
        """Yield all, in order."""
        return map(self._place, range(len(self._spots)))

    @property
    def number_shown(self) -> int:
        """How many are shown."""
        return len(self._shown_as) - self._shown_as.count(NOT_SHOWN)

    def between(self, first: int, last: int) -> Iterator[Place]:
        """Yield those of the lines from the first to the last."""
        at = self._at(first, last)
        return map(self._place, range(at.start, at.stop))

    def around(
        self, first: int, last: int, reach: int, lines: Sequence[str]
    ) -> Iterator[tuple[int, Place]]:
        """Yield those to which the lines from the first to the last matter, each with its number.

        They stand up to `reach` lines above or below, and in a long line near its edge.
        """
        for line in range(max(first - reach, 0), first):
            yield from self._from(line, len(lines[line]) - _NEAR)
        for line in range(last + 1, min(last + 1 + reach, len(lines))):
            yield from self._from(line, 0, _NEAR)

    def shown(self) -> Iterator[Place]:
        """Yield those that are shown, in order."""
        for place, shown_as in zip(self, self._shown_as, strict=True):
            if shown_as:
                yield place

    def shown_as(self, severity: int) -> Iterator[Place]:
        """Yield those of a severity, in order."""
        yield from map(self._place, _numbers(self._shown_as, severity))

    def unknown(self) -> Iterator[tuple[int, Place]]:
        """Yield those of which it is not known how they are shown, each with its number."""
        for number in _numbers(self._shown_as, UNKNOWN):
            yield number, self._place(number)

    def show(self, number: int, shown_as: int) -> None:
        """Note how one is shown."""
        self._shown_as[number] = shown_as

    def note_parts(self, findings: Sequence[Finding], whole: Sequence[Finding]) -> bool:
        """Note which of the tokens are parts of hidden ones, as they are not among the whole ones.

        Return whether that was not known.
        """
        spans = {finding.span for finding in whole}
        tokens = ((number, spot) for number, spot in enumerate(self._spots) if spot.finding)
        news = [
            (number, spot)
            for (number, spot), finding in zip(tokens, findings, strict=True)
            if spot.is_part != (finding.span not in spans)
        ]
        for number, spot in news:
            spot.is_part = not spot.is_part
            self.show(number, UNKNOWN)
        return bool(news)

    def forget(self, first: int = 0, last: int | None = None) -> None:
        """Forget how those of some lines are shown, or all."""
        at = slice(0, None) if last is None else self._at(first, last)
        self._shown_as[at] = bytes([UNKNOWN]) * len(self._lines[at])

    def splice(self, first: int, last: int, added: int, new: Iterable[Place] = ()) -> list[Spot]:
        """Put new ones in the place of those whose lines changed, and return the latter.

        `added` is by how much the lines from the first to the last have become more.
        """
        # The first piece of a token may stand far above the line that changed.
        at = self._at(first - self._reach, last + self._reach)
        before, after, gone = [], [], []
        places = map(self._place, range(at.start, at.stop))
        for (line, spot), shown_as in zip(places, self._shown_as[at], strict=True):
            if not spot.survives(line, first, last, added):
                gone.append(spot)
            elif line < first:
                before.append((line, spot, shown_as))
            else:
                after.append((line + added, spot, shown_as))
        if added:
            # Only a change of the number of lines costs as much as there are tokens below.
            self._lines[at.stop :] = [line + added for line in self._lines[at.stop :]]
        self._put(at, [*before, *((*place, UNKNOWN) for place in new), *after])
        return gone

    def move(self, line: int, edited: Span, by: int, units: int) -> list[Spot]:
        """Move those behind an edit of a line, all in one piece, and return what it has touched.

        The columns are those before the edit; what is behind has moved `by` code points.
        """
        numbers = self._numbers_of(line)
        # In order, and none meets another: so are their ends.
        first = bisect_left(numbers, edited.start, key=lambda each: self._columns(each).end)
        last = bisect_right(numbers, edited.end, key=lambda each: self._columns(each).start)
        behind = slice(numbers.start + last, numbers.stop)
        self._late[behind] = [each + by for each in self._late[behind]]
        self._late_units[behind] = [each + units for each in self._late_units[behind]]
        touched = slice(numbers.start + first, behind.start)
        gone = self._spots[touched]
        self._put(touched, [])
        return gone

    def _from(self, line: int, start: int, stop: int | None = None) -> Iterator[tuple[int, Place]]:
        numbers = self._numbers_of(line)
        first = bisect_left(numbers, start, key=lambda each: self._columns(each).start)
        for number in numbers[first:]:
            if stop is not None and self._columns(number).start > stop:
                return
            if self._spots[number].depends:
                yield number, self._place(number)

    def _numbers_of(self, line: int) -> range:
        at = self._at(line, line)
        return range(at.start, at.stop)

    def _columns(self, number: int) -> Span:
        return self._spots[number].candidates[0].span.shifted(self._late[number])

    def _place(self, number: int) -> Place:
        spot = self._spots[number]
        by, units = self._late[number], self._late_units[number]
        if by or units:
            spot.shift(by, units)
            self._late[number] = self._late_units[number] = 0
        return Place(self._lines[number], spot)

    def _put(self, at: slice, rows: Sequence[tuple[int, Spot, int]]) -> None:
        self._lines[at] = [line for line, _, _ in rows]
        self._spots[at] = [spot for _, spot, _ in rows]
        self._shown_as[at] = bytes(shown_as for _, _, shown_as in rows)
        self._late[at] = self._late_units[at] = [0] * len(rows)
        reaches = (abs(below) for _, spot, _ in rows for below, _ in spot.pieces)
        self._reach = max(self._reach, *reaches, 0)

    def _at(self, first: int, last: int) -> slice:
        return slice(bisect_left(self._lines, first), bisect_right(self._lines, last))


def _numbers(values: bytearray, value: int) -> Iterator[int]:
    number = values.find(value)
    while number >= 0:
        yield number
        number = values.find(value, number + 1)


def places_of(text: str, lines: Sequence[str], first: int) -> Iterator[Place]:
    """Yield the places of a text that begins with the `first` line of its document, in order."""
    found = list(candidates(text))
    starts = [0, *accumulate(map(len, lines))] if found else []
    for shapes in found:
        line = bisect_right(starts, shapes[0].span.start, hi=len(lines)) - 1
        shifted = (each._replace(span=each.span.shifted(-starts[line])) for each in shapes)
        yield Place(first + line, Spot(tuple(shifted)))


def hidden_places(found: Sequence[Finding], text: str) -> list[Place]:
    """Return the places of the hidden tokens of a whole text, in order."""
    index = LineIndex(text) if found else None
    return sorted((_hidden_place(each, text, index) for each in found if index), key=_by_place)


def in_order(plain: Iterable[Place], hidden: Iterable[Place]) -> list[Place]:
    """Return the places of both, each of which are in order."""
    also = list(hidden)
    return sorted([*plain, *also], key=_by_place) if also else list(plain)


def _by_place(place: Place) -> tuple[int, int]:
    return place.line, place.spot.column


def _hidden_place(finding: Finding, text: str, index: LineIndex) -> Place:
    places = []
    for span in finding.spans:
        # UTF-32 counts code points, as spans do.
        line, column = index.position(span.start, "utf-32")
        places.append((line, Span(column, column + span.size)))
    (line, first), *pieces = places
    alone = finding._replace(span=first, rest=tuple(span for _, span in pieces))
    below = tuple((at - line, span) for at, span in pieces)
    return Place(line, Spot((), alone, token_of(text, finding), below))
