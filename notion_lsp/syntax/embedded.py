"""A text in a file that is in a language of its own, such as a script in a value of YAML."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.refused import Refused
from notion_lsp.text import Edit, Span, line_ending

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from notion_lsp.detect.finding import Finding
    from notion_lsp.languages import Language
    from notion_lsp.lookup import Hole

    Bind = Callable[[Sequence[Hole]], "tuple[Edit, ...] | Refused"]


class Segment(NamedTuple):
    """A stretch of a text, and its place in the file: as it is, or an escape for one code point."""

    inner: Span
    outer: Span

    @property
    def is_escape(self) -> bool:
        """Whether the file writes it in another way."""
        return self.outer.end - self.outer.start != self.inner.end - self.inner.start


@dataclass(frozen=True, slots=True)
class Embedded:
    """What a place in a file says, and where in the file it says it, in the order of both."""

    text: str
    segments: Sequence[Segment]

    def outer(self, span: Span) -> Span:
        """Return where in the file a span of the text stands."""
        start, end = span.start, span.end
        at = self._start(start) if start < len(self.text) else self._end(start)
        return Span(at, self._end(end) if start < end else at)

    def inner(self, span: Span) -> Span | None:
        """Return where in the text a span of the file stands; `None` if that is written otherwise.

        No token has an escape in it.
        """
        index = bisect_right(self.segments, span.start, key=_outer_start) - 1
        segment = self.segments[index] if index >= 0 else None
        if segment is None or segment.is_escape or not segment.outer.contains(span):
            return None
        return span.shifted(segment.inner.start - segment.outer.start)

    def _start(self, offset: int) -> int:
        segment = self.segments[bisect_right(self.segments, offset, key=_inner_start) - 1]
        return segment.outer.start + offset - segment.inner.start

    def _end(self, offset: int) -> int:
        segment = self.segments[bisect_left(self.segments, offset, key=_inner_end)]
        return segment.outer.end + offset - segment.inner.end


def nothing_to_bind(_holes: Sequence[Hole]) -> tuple[Edit, ...]:
    """Return no edits: the part sees its variables as it is."""
    return ()


@dataclass(frozen=True, slots=True)
class Part:
    """A text inside a file, as what reads it sees it.

    `text` is as long as what `embedded` says: what is replaced before anything reads it is masked.
    `language` may be why nothing of it can be rewritten. `encode` writes new text as the file does,
    and is told whether the text ends with it; `settle` makes the last changes to the edits of the
    file. `bind` returns the edits of the file that let the part see what its holes read. `fixed`
    are places of the text where nothing can be rewritten, each with the reason. One that stands
    `alone` sees nothing of what others import and define.
    """

    embedded: Embedded
    text: str
    language: Language | Refused
    encode: Callable[[str, bool], str] = field(default=lambda text, _ends: text)
    settle: Callable[[Sequence[Edit]], Sequence[Edit]] = field(default=lambda edits: edits)
    bind: Bind = nothing_to_bind
    fixed: tuple[tuple[Span, str], ...] = ()
    alone: bool = False

    def inside(self, findings: Sequence[Finding]) -> dict[Finding, Finding]:
        """Return those of the file's findings that are of this text, by themselves inside it."""
        inner = ((self.embedded.inner(finding.span), finding) for finding in findings)
        return {
            finding.shifted(span.start - finding.span.start): finding
            for span, finding in inner
            if span
        }

    def outward(self, edits: Sequence[Edit]) -> tuple[Edit, ...]:
        """Return edits of the text as those of the file."""
        return tuple(self.settle([self._outward(edit) for edit in edits]))

    def refused(self, span: Span) -> str | None:
        """Return why nothing of the span can be rewritten, if that is so."""
        if isinstance(self.language, Refused):
            return self.language.reason
        overlaps = (why for at, why in self.fixed if at.start < span.end and span.start < at.end)
        return next(overlaps, None)

    def _outward(self, edit: Edit) -> Edit:
        new_text = edit.new_text.replace("\n", line_ending(self.text))
        new = self.encode(new_text, edit.span.end == len(self.text))
        return Edit(self.embedded.outer(edit.span), new)


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
        elif said:
            segments.append(segment)
        texts.append(said)
        at += len(said)
    return Embedded("".join(texts), segments)


def masked(text: str, pattern: str) -> str:
    """Return the text with what the pattern finds written over, as long as before."""
    return re.sub(pattern, lambda found: "x" * len(found[0]), text) if pattern else text


def _outer_start(segment: Segment) -> int:
    return segment.outer.start


def _inner_start(segment: Segment) -> int:
    return segment.inner.start


def _inner_end(segment: Segment) -> int:
    return segment.inner.end
