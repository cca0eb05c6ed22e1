"""A text without its codes, and where in the text each of its characters stands."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.text import Span

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable


class Place(NamedTuple):
    """The end of a code: its offset in the decoded text, and in the text itself.

    `says` is how many characters the code stands for.
    """

    inner: int
    outer: int
    says: int


class Decoded(NamedTuple):
    """A text in which each code is replaced by what it stands for; places are in order."""

    text: str
    places: tuple[Place, ...]

    def offset(self, inner: int) -> int:
        """Return where a character of the decoded text stands in the text itself."""
        place = self.places[bisect_right(self.places, inner, key=_inner) - 1]
        return place.outer + inner - place.inner

    def end(self, inner: int) -> int:
        """Return where the text before an offset ends: what stands for nothing is behind it."""
        at = bisect_left(self.places, inner, key=_inner)
        code = self.places[at] if at < len(self.places) else None
        if code and code.says and code.inner == inner:
            return code.outer
        return self.offset(inner - 1) + 1

    def row(self, inner: int) -> Span:
        """Return the stretch around an offset that no code interrupts, in the decoded text."""
        below = bisect_right(self.places, inner, key=_inner)
        end = self.places[below].inner if below < len(self.places) else len(self.text)
        return Span(self.places[below - 1].inner, end)

    def rows(self, inner: Span) -> tuple[Span, ...]:
        """Return the stretches of a span in the text itself, without the codes between them."""
        first = bisect_right(self.places, inner.start, key=_inner)
        last = bisect_left(self.places, inner.end, key=_inner)
        borders = [inner.start, *(place.inner for place in self.places[first:last]), inner.end]
        starts = dict.fromkeys(borders)
        return tuple(
            Span(self.offset(start), self.offset(start) + end - start)
            for start, end in zip(starts, [*starts][1:], strict=False)
        )


def decoded(
    text: str, codes: Iterable[re.Match[str]], said: Callable[[re.Match[str]], str]
) -> Decoded:
    """Return a text with each code replaced by what `said` says that it stands for."""
    written, places, length, end = list[str](), [Place(0, 0, 0)], 0, 0
    for found in codes:
        character = said(found)
        written += [text[end : found.start()], character]
        length += found.start() - end + len(character)
        end = found.end()
        places.append(Place(length, end, len(character)))
    return Decoded("".join([*written, text[end:]]), tuple(places))


def _inner(place: Place) -> int:
    return place.inner
