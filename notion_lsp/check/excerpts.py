"""Excerpts: a token and the lines around it, all that is kept of a file that has been read.

A line may be as long as the file, so an excerpt has at most a fixed number of code points of it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.detect.finding import token_of
from notion_lsp.positions import LineIndex
from notion_lsp.text import LINE_BREAK, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from notion_lsp.detect.finding import Finding
    from notion_lsp.positions import Origin


_AROUND = 4  # lines on each side of a token, in which the evidence for it may stand
_REACH = 1000  # code points of them, at most, on each side


class Excerpt(NamedTuple):
    """A token and the lines around it, or what stands near in long ones, as an editor shows it.

    `finding` is in the places of this text, `tokens` are all findings in it. `expired` is the day
    on which an entry of the ignore file ran out, if there was one. A token `in_name` stands in the
    name of the file: the text is the name, with `/`.
    """

    text: str
    origin: Origin
    finding: Finding
    tokens: tuple[Finding, ...]
    expired: date | None = None
    in_name: bool = False

    @property
    def token(self) -> str:
        """The token itself, to be compared; never to be shown."""
        return token_of(self.text, self.finding)

    @property
    def line(self) -> int:
        """The line of the token in its file, from 1."""
        return LineIndex(self.text, self.origin).position(self.finding.span.start, "utf-32")[0] + 1

    @property
    def written(self) -> tuple[str, ...]:
        """The texts that the token is written with, one for each piece."""
        return tuple(span.of(self.text) for span in self.finding.spans)


def excerpts(
    index: LineIndex,
    findings: Sequence[Finding],
    every: Sequence[Finding],
    expired: Mapping[Finding, date] | None = None,
) -> Iterator[Excerpt]:
    """Yield an excerpt for each of the findings, where a text has `every` one of those.

    `expired` has the days of some.
    """
    for finding in findings:
        bounds, inside = _bounds(index.text, finding, every)
        moved = [_moved(index, each, bounds.start) for each in (finding, *inside)]
        text = index.shown(bounds.start, bounds.end)
        origin = index.origin(bounds.start)
        yield Excerpt(text, origin, moved[0], tuple(moved[1:]), (expired or {}).get(finding))


def _bounds(
    text: str, finding: Finding, known: Sequence[Finding]
) -> tuple[Span, Sequence[Finding]]:
    token = Span(min(finding.spans).start, max(span.end for span in finding.spans))
    # The lines of minified code are megabytes long.
    low, high = max(token.start - _REACH, 0), min(token.end + _REACH, len(text))
    above = list(LINE_BREAK.finditer(text, low, token.start))
    below = list(LINE_BREAK.finditer(text, token.end, high))
    start = above[-_AROUND - 1].end() if len(above) > _AROUND else low
    end = below[_AROUND].start() if len(below) > _AROUND else high
    # A token at the edge is taken in whole: half of one would be found by nobody, and not masked.
    first = bisect_right(known, start, key=lambda each: each.span.end)
    inside = known[first : bisect_left(known, end, key=lambda each: each.span.start)]
    spans = [token, *(span for each in inside for span in each.spans)]
    bounds = min(start, *(span.start for span in spans)), max(end, *(span.end for span in spans))
    return Span(*bounds), inside


def _moved(index: LineIndex, finding: Finding, start: int) -> Finding:
    span, *rest = (
        each.shifted(len(index.shown(start, each.start)) - each.start) for each in finding.spans
    )
    return finding._replace(span=span, rest=tuple(rest))
