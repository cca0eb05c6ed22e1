"""The constants of a text: what a name stands for, and where it stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.detect.split_patterns import CONSTANT, UNDERSCORE_FIRST
from notion_lsp.text import Span, merged

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

_WORD = re.compile(r"\w+")
# Names that are searched for one by one: so many times the text is read while a list of all its
# words is made.
_FEW = 50
_NAME_AND_TYPE = 120  # code points from the line of a constant's name to its value


class Name(NamedTuple):
    """A name whose value is asked for; one that is `underscored` has one with an underscore first.

    To tell those apart spares a search of the text for each name beside them.
    """

    text: str
    underscored: bool = False


class Constants:
    """A text, and what it means by names: each is looked up once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._asked: set[Name] = set()
        self._values: dict[str, list[Span]] = {}
        self._places: dict[str, list[int]] = {}

    @property
    def asked(self) -> AbstractSet[Name]:
        """The names whose values were asked for."""
        return self._asked

    def value(self, asked: Name, before: int) -> Span | None:
        """Return where the value of a name stands, or None if the text does not define it.

        Of several definitions it is the last one above `before`, or else the first one below.
        """
        self._asked.add(asked)
        name = asked.text
        if asked.underscored and name not in self._underscored:
            return None
        if name not in self._values:
            self._values[name] = [
                Span(*constant.span("value"))
                for place in self.places(name)
                if (constant := CONSTANT.match(self.text, place))
            ]
        values = self._values[name]
        return values[max(bisect_right(values, before, key=_end) - 1, 0)] if values else None

    def places(self, name: str) -> Sequence[int]:
        """Return each offset at which the name stands, in order."""
        if name not in self._places and len(self._places) < _FEW:
            self._places[name] = [*self._standing(name)]
        return self._places[name] if name in self._places else self._words.get(name, ())

    def _standing(self, name: str) -> Iterator[int]:
        # A pattern that begins with the name itself is found fast.
        alone = re.compile(rf"{name}\b(?<!\w{name})")
        return (found.start() for found in alone.finditer(self.text))

    @cached_property
    def _words(self) -> Mapping[str, Sequence[int]]:
        # A search for each of many names takes as long as their number times the text.
        found: dict[str, list[int]] = {}
        for word in _WORD.finditer(self.text):
            found.setdefault(word[0], []).append(word.start())
        return found

    def with_values_at(self, places: Sequence[Span]) -> Iterator[str]:
        """Yield the names that have a value which begins where one of the places does."""
        begins = {place.start for place in places}
        for region in merged(map(self._with_name, places)):
            for constant in CONSTANT.finditer(self.text, region.start, region.end):
                if constant.start("value") in begins:
                    yield constant["name"]

    def _with_name(self, value: Span) -> Span:
        above = max(value.start - _NAME_AND_TYPE, 0)
        return Span(self.text.rfind("\n", above, value.start) + 1 or above, value.end + 1)

    @cached_property
    def _underscored(self) -> AbstractSet[str]:
        found = UNDERSCORE_FIRST.finditer(self.text)
        return {*self.with_values_at([Span(*each.span()) for each in found])}

    def is_in_double_quotes(self, offset: int) -> bool:
        """Whether an odd number of double quotes stands before the offset in its line."""
        passed = bisect_right(self._quotes, offset, key=_offset)
        return passed > 0 and self._quotes[passed - 1][1]

    @cached_property
    def _quotes(self) -> list[tuple[int, bool]]:
        # Each double quote and line break, and whether the number is odd behind it.
        found, odd = [], False
        for each in re.finditer(r'["\r\n]', self.text):
            odd = not odd and each[0] == '"'
            found.append((each.end(), odd))
        return found


def _end(span: Span) -> int:
    return span.end


def _offset(quote: tuple[int, bool]) -> int:
    return quote[0]
