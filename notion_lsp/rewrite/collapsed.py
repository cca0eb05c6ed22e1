"""A text in which split tokens are written out, and the way back to the text before."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from notion_lsp.text import Edit, Span, apply_edits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from notion_lsp.detect.finding import Finding
    from notion_lsp.rewrite.source import Source


@dataclass(frozen=True)
class Collapsed:
    """A text in which split tokens are written out, and the edits that made it.

    `before` is the text as it was. `findings` are those of it, with its own of this text: one whose
    pieces have names may be put together in several places. `own` are the edits of each of them
    that is split. `refused` are the others, with the reason why they are left as they are.
    """

    before: str
    source: Source
    edits: tuple[Edit, ...]
    findings: Mapping[Finding, tuple[Finding, ...]]
    refused: Mapping[Finding, str]
    own: Mapping[Finding, tuple[Edit, ...]]

    def outward(self, edits: Sequence[Edit]) -> tuple[Edit, ...]:
        """Return edits of this text, and those that made it, as edits of the text before."""
        groups: list[tuple[Span, list[Edit]]] = []
        regions = [(region, None) for region in self._shifts.regions]
        for span, edit in sorted([*regions, *((edit.span, edit) for edit in edits)], key=_by_span):
            last = groups[-1] if groups else None
            if last and (span.start < last[0].end or span == last[0]):
                groups[-1] = (Span(last[0].start, max(last[0].end, span.end)), last[1])
            else:
                groups.append((span, []))
            groups[-1][1].extend([edit] if edit else [])
        return tuple(self._outward(span, made) for span, made in groups)

    def outward_alone(self, finding: Finding, edits: Sequence[Edit]) -> tuple[Edit, ...] | None:
        """Return edits of this text for one token as of the text before, in which others stay.

        This text must have all lines yet. `None` where they change what is written out of another
        token, or where a line goes: what is empty around it then is not seen here.
        """
        written = tuple(edit for edit in self.own[finding] if edit.new_text)
        gone = [edit for edit in self.own[finding] if not edit.new_text]
        moved = self._shifts.among(written, edits)
        alone = replace(self.source, text=apply_edits(self.before, written))
        made = replace(self, source=alone, edits=written).outward(moved)
        near = any(edit.span.touches(line.span) for edit in made for line in gone)
        if near or len(moved) < len(edits):
            return None
        return tuple(sorted((*made, *gone)))

    def moved(self, finding: Finding) -> tuple[Finding, ...]:
        """Return where a finding of the text before is in this one."""
        if finding in self.findings:
            return self.findings[finding]
        span, *rest = (each.shifted(self._shifts.at(each.start)) for each in finding.spans)
        return (finding._replace(span=span, rest=tuple(rest)),)

    @cached_property
    def _shifts(self) -> Shifts:
        return Shifts(self.edits)

    def _outward(self, span: Span, edits: Sequence[Edit]) -> Edit:
        inside = [Edit(edit.span.shifted(-span.start), edit.new_text) for edit in edits]
        new = apply_edits(span.of(self.source.text), inside)
        # Edits break lines with line feeds: who makes them puts in the file's own ending.
        return Edit(self._shifts.before(span), new.replace("\r\n", "\n"))


class Shifts:
    """How edits, in their order, move what stands behind them, and the regions they have made."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        longer = [len(edit.new_text) - edit.span.size for edit in edits]
        self.by = [0, *accumulate(longer)]
        self._ends = [edit.span.end for edit in edits]
        self.regions = [
            Span(edit.span.start + by, edit.span.start + by + len(edit.new_text))
            for edit, by in zip(edits, self.by, strict=False)
        ]
        self._region_starts = [region.start for region in self.regions]
        self._region_ends = [region.end for region in self.regions]

    def at(self, offset: int) -> int:
        """Return by how much an offset of the text before has moved."""
        return self.by[bisect_right(self._ends, offset)]

    def before(self, span: Span) -> Span:
        """Return where a span was that covers whole regions, and those that begin with it."""
        above = bisect_left(self._region_starts, span.start)
        # What was taken out behind it is left to an edit of its own.
        within = max(bisect_left(self._region_starts, span.end), self._begin_at(span))
        return Span(span.start - self.by[above], span.end - self.by[within])

    def among(self, own: Sequence[Edit], edits: Sequence[Edit]) -> list[Edit]:
        """Return edits where their places are when only the `own` edits have been made.

        Those that change a region of another edit are left out.
        """
        numbers = [bisect_left(self._ends, edit.span.end) for edit in own]
        by = Shifts(own).by
        moved = []
        for edit in edits:
            first = bisect_right(self._region_ends, edit.span.start)
            last = bisect_left(self._region_starts, edit.span.end)
            mine = bisect_left(numbers, last)
            if last - mine <= first - bisect_left(numbers, first):
                back = by[mine] - self.by[last]
                moved.append(Edit(edit.span.shifted(back), edit.new_text))
        return moved

    def _begin_at(self, span: Span) -> int:
        # How many regions begin no later than an empty span: those at its place are within it.
        return bisect_right(self._region_starts, span.start) if span.start == span.end else 0


def _by_span(change: tuple[Span, Edit | None]) -> tuple[int, int]:
    return change[0].start, -change[0].end
