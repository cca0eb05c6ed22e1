"""Split tokens written out in one piece, as if the code had them so, to be rewritten like others.

What a rewrite changes there is then put over the whole expression.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from notion_lsp.detect.split import expressions
from notion_lsp.refused import Refused
from notion_lsp.text import Edit, Span, Taken, apply_edits, line_bounds, next_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from notion_lsp.detect.finding import Finding
    from notion_lsp.detect.split import Piece
    from notion_lsp.rewrite.source import Source

    Pieces = tuple[Piece, ...]

_ENCODED = "It stands here in {}, and what decodes that expects it: read the token itself instead."
_UNCLEAR = Refused("How the code puts it together is not clear: write it in one string first.")
_SHARED = "{}, which holds a part of it, is used elsewhere too: write it in one string first."

_QUOTES = "\"'`"
_HOLE = re.compile(r"(?:%[sv@]|\{\w*\})")
_FORMATS = re.compile(rf"{_HOLE.pattern}[\"'`]\s*,")
_BEFORE = 120  # where a format with holes may stand
# What binds tighter than the sum of two strings, and so belongs to the last or the first alone.
_TIGHTER = re.compile(r"[\"'`]?\s*(?:\??\.\s*[A-Za-z_]|!!|[\[(*%])")
_TIGHTER_BEFORE = re.compile(r"(?:\b(?:typeof|void|delete|await)\s|[!~])\s*[\"'`]?\Z")
_NAME = re.compile(r"[A-Za-z_]\w*")
_CLOSING = r"(?:[\s,]*[)\]}])"
# A line with nothing but a constant in it, up to its value and behind it.
_DEFINES = re.compile(
    r"[^=,;(){}]*(?:[:=<>-]+|#define\s+\w+)\s*(?:[\w:]+\()?[fFrRbBuULcC@$]*[\"'`]?"
)
_GAP = re.compile(r"(?:[ \t]*\r?\n)+")
_TOP = re.compile(r"(?:\A|\n[ \t]*\r?\n|\{[ \t]*\r?\n)\Z")
_DEFINED = re.compile(r"[\"'`]?\)?[;,]?\s*(?:(?:#|//|--).*)?")


@dataclass(frozen=True)
class Collapsed:
    """A text in which split tokens are written out, and the edits that made it.

    `findings` are those of the text before, with its own: one whose pieces have names may be put
    together in several places. `refused` are the others, with the reason why they are left as they
    are.
    """

    source: Source
    edits: tuple[Edit, ...]
    findings: Mapping[Finding, tuple[Finding, ...]]
    refused: Mapping[Finding, str]

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

    def moved(self, finding: Finding) -> tuple[Finding, ...]:
        """Return where a finding of the text before is in this one."""
        if finding in self.findings:
            return self.findings[finding]
        span, *rest = (each.shifted(self._shifts.at(each.start)) for each in finding.spans)
        return (finding._replace(span=span, rest=tuple(rest)),)

    @cached_property
    def _shifts(self) -> _Shifts:
        return _Shifts(self.edits)

    def _outward(self, span: Span, edits: Sequence[Edit]) -> Edit:
        inside = [Edit(edit.span.shifted(-span.start), edit.new_text) for edit in edits]
        new = apply_edits(span.of(self.source.text), inside)
        # Edits break lines with line feeds: who makes them puts in the file's own ending.
        return Edit(self._shifts.before(span), new.replace("\r\n", "\n"))


class _Shifts:
    """How edits, in their order, move what stands behind them, and the regions they have made."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        longer = [len(edit.new_text) - (edit.span.end - edit.span.start) for edit in edits]
        self._by = [0, *accumulate(longer)]
        self._ends = [edit.span.end for edit in edits]
        self.regions = [
            Span(edit.span.start + by, edit.span.start + by + len(edit.new_text))
            for edit, by in zip(edits, self._by, strict=False)
        ]
        self._region_ends = [region.end for region in self.regions]

    def at(self, offset: int) -> int:
        """Return by how much an offset of the text before has moved."""
        return self._by[bisect_right(self._ends, offset)]

    def before(self, span: Span) -> Span:
        """Return where a span that covers whole regions was."""
        above = bisect_right(self._region_ends, span.start)
        while above and self.regions[above - 1] == span:
            above -= 1
        within = bisect_right(self._region_ends, span.end)
        return Span(span.start - self._by[above], span.end - self._by[within])


def collapse(source: Source, findings: Sequence[Finding]) -> Collapsed:
    """Return the source with those of the findings that are split written out where that is clear.

    The result has no more syntax errors than the source had.
    """
    refused = {each: _ENCODED.format(each.encoding) for each in findings if each.encoding}
    ways: dict[tuple[Span, ...], list[Pieces]] = {}
    if any(each.split for each in findings):
        for found, pieces in expressions(source.text):
            ways.setdefault(found.spans, []).append(pieces)
    made = {
        finding: _written_out(source, finding, ways.get(finding.spans, ()))
        for finding in findings
        if finding.split
    }
    written = {finding: its for finding, its in made.items() if not isinstance(its, Refused)}
    # Parsing again for each token takes its time: only where all of them together break something.
    if _breaks(source, {edit for its in written.values() for edit in its}):
        made |= {finding: _UNCLEAR for finding, its in written.items() if _breaks(source, set(its))}
    edits: dict[Edit, Finding] = {}
    taken = Taken()
    for finding, its in made.items():
        if isinstance(its, Refused) or not taken.take(its):
            refused[finding] = (its if isinstance(its, Refused) else _UNCLEAR).reason
        else:
            edits |= dict.fromkeys(its, finding)
    ordered = tuple(sorted(edits, key=lambda edit: edit.span))
    # Most texts have none, and are parsed already.
    after = replace(source, text=apply_edits(source.text, ordered)) if ordered else source
    left = [each for each in findings if each not in refused]
    moved = dict(_moved(source, left, [(edit, edits[edit]) for edit in ordered]))
    return Collapsed(after, ordered, moved, refused)


def _breaks(source: Source, edits: Collection[Edit]) -> bool:
    after = replace(source, text=apply_edits(source.text, edits)).syntax if edits else None
    return bool(after and source.syntax and after.error_count > source.syntax.error_count)


def _written_out(
    source: Source, finding: Finding, ways: Sequence[Pieces]
) -> tuple[Edit, ...] | Refused:
    token = source.token(finding)
    made: list[Edit | Refused | None] = [_expression(source.text, token, pieces) for pieces in ways]
    constants = {
        piece.span: piece.used for pieces in ways for piece in pieces if piece.span != piece.used
    }
    used = [piece.used for pieces in ways for piece in pieces]
    made += [_without(source.text, span, at, used) for span, at in constants.items()]
    edits: list[Edit] = []
    for edit in made:
        if isinstance(edit, Refused):
            return edit
        edits += [edit] if edit and edit not in edits else []
    edits = _without_gaps(source.text, edits)
    return tuple(edits) if edits else _UNCLEAR


def _expression(text: str, token: str, pieces: Pieces) -> Edit | Refused:
    used = [piece.used for piece in pieces]
    start, end = used[0].start, used[-1].end
    between = "".join(text[one.end : other.start] for one, other in pairwise(used))
    formatted = "," in between and _HOLE.search(text, max(start - _BEFORE, 0), start)
    if used != sorted(used) or formatted:
        return _UNCLEAR
    if _FORMATS.match(between):
        # `Sprintf("Bearer ntn_%s", "…")`: the call stays, and its import is used.
        return Edit(Span(start, end), f"{between}{token}")
    before, after = _quotes(text, pieces, between)
    if after and pieces[-1].quoted:
        end += 1  # the last string's own quote is another one
    # A bracket that opens between the pieces closes behind the last of them.
    depth = sum(map(between.count, "([{")) - sum(map(between.count, ")]}"))
    closing = re.compile(rf"([\"'`]?){_CLOSING}{{{depth}}}").match(text, end) if depth > 0 else None
    if depth > 0 and not closing:
        return _UNCLEAR
    before_it = text[max(start - _BEFORE, 0) : start]
    tighter = _TIGHTER.match(text, end) or _TIGHTER_BEFORE.search(before_it)
    if depth == 0 and "+" in between and tighter:
        return _UNCLEAR
    kept = closing[1] if closing else ""
    return Edit(Span(start, closing.end() if closing else end), f"{before}{token}{after}{kept}")


def _quotes(text: str, pieces: Pieces, between: str) -> tuple[str, str]:
    # What stands around the token then: the quotes of its first and of its last piece remain.
    first, last = pieces[0], pieces[-1]
    quotes = [character for character in between if character in _QUOTES]
    closing = text[last.used.end :][:1]
    if first.quoted and last.quoted:
        return "", quotes[0] if quotes and closing in _QUOTES and closing != quotes[0] else ""
    if first.quoted or last.quoted:
        return ("", quotes[0]) if first.quoted else (closing, "")
    quote = text[first.span.start - 1 : first.span.start]
    quote = quote if quote in _QUOTES else '"'
    return quote, quote


def _without(text: str, value: Span, mention: Span, used: Sequence[Span]) -> Edit | Refused | None:
    # A constant that nothing else uses goes with the expression. A prefix alone may stay.
    name = _NAME.findall(text, mention.start, mention.end)[-1]
    line = line_bounds(text, value.start)
    elsewhere = [
        found.start()
        for found in re.finditer(rf"(?<!\w){name}(?!\w)", text)
        if not any(
            at.start <= found.start() < at.end for at in (*used, Span(line.start, value.end))
        )
    ]
    if elsewhere:
        is_prefix = value.of(text).endswith("_")
        return None if is_prefix else Refused(_SHARED.format(name))
    alone = _DEFINES.fullmatch(text, line.start, value.start) and _DEFINED.fullmatch(
        text, value.end, line.end
    )
    return Edit(Span(line.start, next_line(text, line.end)), "") if alone else _UNCLEAR


def _without_gaps(text: str, edits: Sequence[Edit]) -> list[Edit]:
    # Of the empty lines around lines that go, one is enough, and none at the top of a block.
    closed: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: edit.span):
        if closed and not edit.new_text and not closed[-1].new_text:
            last = closed[-1].span
            if last.end == edit.span.start:
                closed[-1] = Edit(Span(last.start, edit.span.end), "")
                continue
        closed.append(edit)
    return [edit if edit.new_text else _without_gap(text, edit.span) for edit in closed]


def _without_gap(text: str, lines: Span) -> Edit:
    gap = _GAP.match(text, lines.end) if _TOP.search(text, 0, lines.start) else None
    return Edit(Span(lines.start, gap.end() if gap else lines.end), "")


def _moved(
    source: Source, findings: Sequence[Finding], edits: Sequence[tuple[Edit, Finding]]
) -> Iterator[tuple[Finding, tuple[Finding, ...]]]:
    shifts = _Shifts([edit for edit, _ in edits])
    written: dict[Finding, list[Span]] = {}
    for (edit, finding), region in zip(edits, shifts.regions, strict=True):
        token = source.token(finding)
        if token in edit.new_text:
            start = region.start + edit.new_text.index(token)
            written.setdefault(finding, []).append(Span(start, start + len(token)))
    for finding in findings:
        if not finding.split:
            yield finding, (finding.shifted(shifts.at(finding.span.start)),)
        elif finding in written:
            yield finding, tuple(finding._replace(span=at, rest=()) for at in written[finding])


def _by_span(change: tuple[Span, Edit | None]) -> tuple[int, int]:
    return change[0].start, -change[0].end
