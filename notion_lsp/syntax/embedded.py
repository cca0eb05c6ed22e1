"""A text in a file that is in a language of its own, such as a script in a value of YAML."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Segment(NamedTuple):
    """A stretch of a text, and its place in the file: as it is, or an escape for one code point."""

    inner: Span
    outer: Span

    @property
    def is_escape(self) -> bool:
        """Whether the file writes it in another way."""
        return self.outer.size != self.inner.size


@dataclass(frozen=True, slots=True)
class Embedded:
    """What a place in a file says, and where in the file it says it, in the order of both."""

    text: str
    segments: Sequence[Segment]

    def outer(self, span: Span) -> Span:
        """Return where in the file a span of the text stands."""
        start, end = span.start, span.end
        # At the end of the text no segment begins: there, the last one's end counts.
        at = self._start(start) if start < len(self.text) else self._end(start)
        return Span(at, self._end(end) if start < end else at)

    def inner(self, span: Span) -> Span | None:
        """Return where in the text a span of the file stands; `None` if that is written otherwise.

        No token has an escape in it.
        """
        # Segments are in the order of the file, so that a long text is not searched through.
        index = bisect_right(self.segments, span.start, key=_outer_start) - 1
        segment = self.segments[index] if index >= 0 else None
        if segment is None or segment.is_escape or not segment.outer.contains(span):
            return None
        return span.shifted(segment.inner.start - segment.outer.start)

    def below(self, start: int) -> Embedded:
        """Return the text from an offset on, which stands in no escape."""
        segments = []
        for inner, outer in self.segments:
            cut = max(start - inner.start, 0)
            if inner.end > start:
                rest = Span(inner.start + cut - start, inner.end - start)
                segments.append(Segment(rest, Span(outer.start + cut, outer.end)))
        return Embedded(self.text[start:], segments)

    def _start(self, offset: int) -> int:
        segment = self.segments[bisect_right(self.segments, offset, key=_inner_start) - 1]
        return segment.outer.start + offset - segment.inner.start

    def _end(self, offset: int) -> int:
        segment = self.segments[bisect_left(self.segments, offset, key=_inner_end)]
        return segment.outer.end + offset - segment.inner.end


def read(stretches: Iterable[tuple[str, Span]]) -> Embedded:
    """Return the text of stretches of a file, each with what it says.

    Neighbours that the file writes as they are become one segment.
    """
    texts: list[str] = []
    segments: list[Segment] = []
    at = 0
    for said, outer in stretches:
        segment = Segment(Span(at, at + len(said)), outer)
        last = segments[-1] if segments else None
        if last and last.outer.end == outer.start and not (last.is_escape or segment.is_escape):
            whole = Span(last.inner.start, segment.inner.end), Span(last.outer.start, outer.end)
            segments[-1] = Segment(*whole)
        # What says nothing, such as a line break that is folded away, has no place in the text.
        elif said:
            segments.append(segment)
        texts.append(said)
        at += len(said)
    return Embedded("".join(texts), segments)


_MASK = "x"
# The shortest that is masked is an expression in brackets, such as `{{a}}`.
_MASKED = re.compile(rf"{_MASK}{{5}}")


def masked(text: str, pattern: str) -> str:
    """Return the text with what the pattern finds written over, as long as before."""
    # As long as before, so that all that follows keeps its place.
    return re.sub(pattern, lambda found: _MASK * len(found[0]), text) if pattern else text


def may_be_masked(text: str) -> bool:
    """Whether some of the text may have been written over."""
    return _MASKED.search(text) is not None


def _outer_start(segment: Segment) -> int:
    return segment.outer.start


def _inner_start(segment: Segment) -> int:
    return segment.inner.start


def _inner_end(segment: Segment) -> int:
    return segment.inner.end
