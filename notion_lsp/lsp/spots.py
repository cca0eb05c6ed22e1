"""What may be a token in the lines of an open document, kept in order while lines come and go.

A document may hold a hundred thousand tokens, and each keystroke asks for the worst of them. So
what is known of one is kept until an edit touches it, and sequences side by side answer by
operations that Python has in C: the lines, what stands there, how it is shown, and how far edits
of its line have moved it since it was asked for last.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from notion_lsp.lsp.spot import Place
from notion_lsp.text import REACH, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from notion_lsp.detect.finding import Finding
    from notion_lsp.lsp.spot import Spot

# How a place is shown is a byte: the severity's number in the protocol, or one of these.
NOT_SHOWN, UNKNOWN = 0, 255
# So many lines above and below a token are what a message of it is made from, cut where long.
WORDED_BY = 4
# A token sees other lines from so near the edge of its own; the longest token is shorter than that.
_NEAR = 2 * REACH


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
