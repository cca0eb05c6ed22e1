"""What may be a token in an open document, by its line, and how it is found in a text."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.detect.finding import token_of
from notion_lsp.detect.plain import candidates
from notion_lsp.lsp.line_findings import LineFinding
from notion_lsp.positions import LineIndex
from notion_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from notion_lsp.detect.finding import Candidate, Finding
    from notion_lsp.lsp.written import Said


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
