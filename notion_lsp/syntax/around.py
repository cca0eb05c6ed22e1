"""What a query finds around each of many places of a text.

A question about one place takes longer the more stands beside it: all members of a class are gone
through for each of them. So once the questions have taken as long as one about the whole text
would, that one is asked, and answers for all places.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from time import thread_time
from typing import TYPE_CHECKING, Any

from notion_lsp.syntax.captures import holds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from notion_lsp.syntax.line_patterns import Lines
    from notion_lsp.syntax.trees import Match, Parsed, Unread
    from notion_lsp.text import Span

# Of the processor, for a question about the whole: measured for Python, JavaScript, Java and C#.
_SECONDS_A_BYTE = 1e-6


class Around:
    """The matches of a query that have a place in one of their nodes; places are spans of bytes."""

    def __init__(self, text: Parsed | Unread | Lines, query: Any, size: int) -> None:  # noqa: ANN401, the reader's
        self._text, self._query = text, query
        self._left = size * _SECONDS_A_BYTE
        # Several ask about the same place.
        self._known: dict[Span, Sequence[Match]] = {}

    def matches(self, place: Span) -> Sequence[Match]:
        """Return the matches around a place, in the order in which the query finds them."""
        if place not in self._known:
            ask = self._of_all.around if self._left < 0 and self._text.nests else self._ask
            self._known[place] = list(ask(place))
        return self._known[place]

    def _ask(self, place: Span) -> Iterator[Match]:
        begun = thread_time()
        found = list(self._text.matches(self._query, place))
        self._left -= thread_time() - begun
        return (match for match in found if holds(match, place))

    @cached_property
    def _of_all(self) -> Nested:
        return Nested(self._text.matches(self._query, None))


class Nested:
    """Matches by their nodes, of which no two overlap unless one is inside the other."""

    def __init__(self, matches: Iterable[Match]) -> None:
        self._matches = list(matches)
        # The larger of two that begin together comes first.
        self._spans = sorted(
            (node.start_byte, -node.end_byte, number)
            for number, match in enumerate(self._matches)
            for nodes in match.nodes.values()
            for node in nodes
        )
        self._outer = list(self._next_outer())

    def around(self, place: Span) -> Iterator[Match]:
        """Yield the matches that have a place in one of their nodes, in their order."""
        at = bisect_right(self._spans, (place.start, 0, 0)) - 1
        found = set[int]()
        while at >= 0:
            _, end, number = self._spans[at]
            if place.end <= -end:
                found.add(number)
            at = self._outer[at]
        return (self._matches[number] for number in sorted(found))

    def _next_outer(self) -> Iterator[int]:
        # For each span the index of the next larger one around it, -1 where there is none.
        around = [-1]
        for at, (_, end, _) in enumerate(self._spans):
            while around[-1] >= 0 and -self._spans[around[-1]][1] < -end:
                around.pop()
            yield around[-1]
            around.append(at)
