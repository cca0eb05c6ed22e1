"""What holds a literal that others may take the place of, and what is around it and other places.

`_overlays` says what the captures of the query are.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.languages._overlays import Overlays, overlays_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from notion_lsp.languages._overlays import Named
    from notion_lsp.syntax.site import Syntax
    from notion_lsp.text import Span

_CLASS = re.compile(r"\b(?:class|module)\s+(?P<name>\w+)")
_OPENING = 80  # code points
# Of one name that is set many times, those further below are other functions'.
MOST_NEAR = 20


class Around(NamedTuple):
    """A statement around a place: a `branch`, a `function` or a `class`."""

    kind: str
    span: Span


class Place(NamedTuple):
    """What holds a literal: the name that is given it, and the keys that lead to it from there."""

    syntax: Syntax
    query: str
    literal: Span
    laid: str
    keys: tuple[str, ...]

    @property
    def name(self) -> str:
        """The last word of the name."""
        return (words_of(self.laid) or [""])[-1]

    @property
    def last(self) -> str:
        """What the value itself is called."""
        return self.keys[-1] if self.keys else self.name

    @property
    def is_member(self) -> bool:
        """Whether it is of a collection or an object, and not a variable of its own."""
        # An object's is set as `self.token`, or in its class outside of any function.
        is_of_object = len(words_of(self.laid)) > 1 or self.innermost == "class"
        return bool(self.keys) or is_of_object

    @property
    def innermost(self) -> str:
        """The kind of what is around it most closely."""
        around = self.around(self.literal)
        return max(around, key=lambda each: each.span.start, default=Around("", self.literal)).kind

    @property
    def classes(self) -> set[str]:
        """The names of the classes around it."""
        lines = (line_of(self.syntax, each) for each in self.spans("class", self.literal))
        return {each["name"] for each in map(_CLASS.search, lines) if each}

    @property
    def overlays(self) -> Overlays:
        """What the text lays over others."""
        return self.syntax.once(overlays_of, self.query)

    @property
    def sets_below(self) -> Sequence[Named]:
        """What the next assignments below give a value, of names that end as that of the value."""
        sets = self.overlays.sets.get(self.last, ())
        first = bisect_left(sets, (self.literal,))
        return sets[first : first + MOST_NEAR]

    def around(self, span: Span) -> Iterator[Around]:
        """Yield what is around a span."""
        for row in self.syntax.found(self.query, span):
            for kind in ("branch", "function", "class"):
                if kind in row and row[kind].contains(span):
                    yield Around(kind, row[kind])

    def spans(self, wanted: str, span: Span) -> list[Span]:
        """Return what is around a span of a kind."""
        return [each.span for each in self.around(span) if each.kind == wanted]

    def apart(self, wanted: str, span: Span) -> list[Span]:
        """Return what is around a span of a kind, and not around the literal."""
        return [each for each in self.spans(wanted, span) if not each.contains(self.literal)]


def line_of(syntax: Syntax, span: Span) -> str:
    """Return the line that a span begins in, as far as it is near."""
    start = syntax.text.rfind("\n", max(0, span.start - _OPENING), span.start) + 1
    return syntax.text[max(start, span.start - _OPENING) : span.start] + first_line(syntax, span)


def first_line(syntax: Syntax, span: Span) -> str:
    """Return the first line of a span."""
    return span.of(syntax.text)[:_OPENING].partition("\n")[0]


def near(names: Sequence[Named], at: Span) -> Sequence[Named]:
    """Return those of the names that stand next to a place, above it and below."""
    first = bisect_left(names, (at,))
    return names[max(0, first - MOST_NEAR) : first + MOST_NEAR]
