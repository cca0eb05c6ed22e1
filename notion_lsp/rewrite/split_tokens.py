"""Split tokens written out in one piece, as if the code had them so, to be rewritten like others.

What a rewrite changes there is then put over the whole expression.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.detect.split import expressions
from notion_lsp.detect.split_patterns import JOINS_BY_NAME
from notion_lsp.refused import Refused
from notion_lsp.rewrite.breaking import breaking
from notion_lsp.rewrite.collapsed import Collapsed, Shifts
from notion_lsp.syntax.neighbour import word
from notion_lsp.text import Edit, Span, Taken, apply_edits, line_bounds, next_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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
# The call that joins the items of a list, around it or behind it.
_JOINS = JOINS_BY_NAME.pattern.removeprefix("(?i)")
_CALLED = re.compile(rf"(?i)(?:{_JOINS})\w{{0,{_BEFORE}}}!?[\s(][^;=)]{{0,{_BEFORE}}}\Z")
_CALLED_BEHIND = re.compile(
    rf"(?i)[\"'`]?[\s,]*[)\]}}]+\s*(?:(?:\.|->|\|>)[^;=\n]*?(?:{_JOINS}|collect)|\*)"
)
# A block of which the lines that go are all.
_OPENS = re.compile(r":[ \t]*(?:#.*)?(?:\r?\n[ \t]*(?:#.*)?)*\Z")
_INDENT = re.compile(r"(?:[ \t]*(?:#.*)?\r?\n)*([ \t]*)")
_NAME = re.compile(r"[A-Za-z_]\w*")
_WORD = re.compile(r"\w+")
_CLOSING = r"(?:[\s,]*[)\]}])"
# A line with nothing but a constant in it, up to its value and behind it.
_DEFINES = re.compile(
    r"[^=,;(){}]*(?:[:=<>-]+|#define\s+\w+)\s*(?:[\w:]+\()?[fFrRbBuULcC@$]*[\"'`]?"
)
_GAP = re.compile(r"(?:[ \t]*\r?\n)+")
_TOP = re.compile(r"(?:\A|\n[ \t]*\r?\n|\{[ \t]*\r?\n)\Z")
_DEFINED = re.compile(r"[\"'`]?\)?[;,]?\s*(?:(?:#|//|--).*)?")


def collapse(source: Source, findings: Sequence[Finding], *, with_lines: bool = False) -> Collapsed:
    """Return the source with those of the findings that are split written out where that is clear.

    The result has no more syntax errors than the source had. The lines of constants that nothing
    uses then are left out, unless it is to be `with_lines`.
    """
    own: dict[Finding, tuple[Edit, ...]] = {}
    refused = {each: _ENCODED.format(each.encoding) for each in findings if each.encoding}
    taken = Taken()
    for finding, its in _made(source, [each for each in findings if each.split]).items():
        if isinstance(its, Refused):
            refused[finding] = its.reason
        elif taken.take(its):
            own[finding] = its
        else:
            refused[finding] = _UNCLEAR.reason
    edits = (edit for edit in chain(*own.values()) if edit.new_text or not with_lines)
    ordered = tuple(sorted(edits, key=_span))
    # Most texts have none, and are parsed already.
    after = replace(source, text=apply_edits(source.text, ordered)) if ordered else source
    left = [each for each in findings if each not in refused]
    moved = dict(_moved(source, left, ordered, own))
    return Collapsed(source.text, after, ordered, moved, refused, own)


def _made(source: Source, findings: Sequence[Finding]) -> dict[Finding, tuple[Edit, ...] | Refused]:
    ways: dict[tuple[Span, ...], list[Pieces]] = {}
    for found, pieces in expressions(source.text) if findings else ():
        ways.setdefault(found.spans, []).append(pieces)
    text = _Text(source)
    made = {
        finding: _written_out(text, source.token(finding), ways.get(finding.spans, ()))
        for finding in findings
    }
    written = {finding: its for finding, its in made.items() if not isinstance(its, Refused)}
    broken = breaking(source, [*written], lambda those: chain(*map(written.__getitem__, those)))
    return made | dict.fromkeys(broken, _UNCLEAR)


class _Text:
    """A text, and where its words stand."""

    def __init__(self, source: Source) -> None:
        self.text = source.text
        self._mentioning = source.mentioning

    @cached_property
    def words(self) -> Mapping[str, Sequence[int]]:
        """Where each word begins, in order."""
        found: dict[str, list[int]] = {}
        for each in _WORD.finditer(self.text):
            found.setdefault(each[0], []).append(each.start())
        return found

    def is_shared(self, name: str, line: Span) -> bool:
        """Whether other files have the name of a constant that stands at the top of this one."""
        at_top = not self.text[line.start].isspace()
        return at_top and any(self._mentioning(word(name)))


def _written_out(text: _Text, token: str, ways: Sequence[Pieces]) -> tuple[Edit, ...] | Refused:
    made: list[Edit | Refused | None] = [_expression(text.text, token, pieces) for pieces in ways]
    constants = {
        piece.span: piece.used for pieces in ways for piece in pieces if piece.span != piece.used
    }
    used = [piece.used for pieces in ways for piece in pieces]
    made += [_without(text, span, at, used) for span, at in constants.items()]
    edits: list[Edit] = []
    for edit in made:
        if isinstance(edit, Refused):
            return edit
        edits += [edit] if edit and edit not in edits else []
    edits = _without_gaps(text.text, edits)
    if any(not edit.new_text and _is_all_of_block(text.text, edit.span) for edit in edits):
        return _UNCLEAR
    return tuple(sorted(edits, key=_span)) if edits else _UNCLEAR


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
    closed = _closed(text, between, end)
    if closed is None or _is_of_more(text, Span(start, end), between):
        return _UNCLEAR
    return Edit(Span(start, closed.end), f"{before}{token}{after}{closed.quote}")


class _Closed(NamedTuple):
    """Where the expression ends, and the quote that stands there and has to stay."""

    end: int
    quote: str = ""


def _closed(text: str, between: str, end: int) -> _Closed | None:
    # A bracket that opens between the pieces closes behind the last of them.
    depth = _depth(between)
    if depth <= 0:
        return _Closed(end)
    closing = re.compile(rf"([\"'`]?){_CLOSING}{{{depth}}}").match(text, end)
    return _Closed(closing.end(), closing[1]) if closing else None


def _is_of_more(text: str, pieces: Span, between: str) -> bool:
    # Whether the pieces are arguments of what is no call, or what is beside them binds tighter.
    before = text[max(pieces.start - _BEFORE, 0) : pieces.start]
    called = _CALLED.search(before) or _CALLED_BEHIND.match(text, pieces.end)
    if "," in between and not called:
        return True
    tighter = _TIGHTER.match(text, pieces.end) or _TIGHTER_BEFORE.search(before)
    return _depth(between) == 0 and "+" in between and tighter is not None


def _depth(between: str) -> int:
    return sum(map(between.count, "([{")) - sum(map(between.count, ")]}"))


def _quotes(text: str, pieces: Pieces, between: str) -> tuple[str, str]:
    # What stands around the token then: the quotes of its first and of its last piece remain.
    first, last = pieces[0], pieces[-1]
    # A string may have no end.
    quote = next((character for character in between if character in _QUOTES), "")
    closing = text[last.used.end : last.used.end + 1]
    if first.quoted and last.quoted:
        return "", quote if closing in _QUOTES and closing != quote else ""
    if first.quoted or last.quoted:
        return ("", quote) if first.quoted else (closing, "")
    quote = text[first.span.start - 1 : first.span.start]
    quote = quote if quote in _QUOTES else '"'
    return quote, quote


def _without(
    text: _Text, value: Span, mention: Span, used: Sequence[Span]
) -> Edit | Refused | None:
    # A constant that nothing else uses goes with the expression. A prefix alone may stay.
    name = _NAME.findall(text.text, mention.start, mention.end)[-1]
    line = line_bounds(text.text, value.start)
    own = (*used, Span(line.start, value.end))
    if any(not any(at.start <= place < at.end for at in own) for place in text.words.get(name, ())):
        is_prefix = value.of(text.text).endswith("_")
        return None if is_prefix else Refused(_SHARED.format(name))
    if text.is_shared(name, line):
        return Refused(_SHARED.format(name))
    alone = _DEFINES.fullmatch(text.text, line.start, value.start) and _DEFINED.fullmatch(
        text.text, value.end, line.end
    )
    return Edit(Span(line.start, next_line(text.text, line.end)), "") if alone else _UNCLEAR


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


def _is_all_of_block(text: str, lines: Span) -> bool:
    # Of a block by its indentation: what is left would be no program.
    indent, behind = _INDENT.match(text, lines.start), _INDENT.match(text, lines.end)
    opens = _OPENS.search(text[max(lines.start - _BEFORE, 0) : lines.start])
    return bool(opens and indent and behind and len(behind[1]) < len(indent[1]))


def _moved(
    source: Source,
    findings: Sequence[Finding],
    edits: Sequence[Edit],
    own: Mapping[Finding, Sequence[Edit]],
) -> Iterator[tuple[Finding, tuple[Finding, ...]]]:
    shifts = Shifts(edits)
    regions = dict(zip(edits, shifts.regions, strict=True))
    for finding in findings:
        if not finding.split:
            yield finding, (finding.shifted(shifts.at(finding.span.start)),)
            continue
        token = source.token(finding)
        with_token = [edit for edit in own[finding] if token in edit.new_text]
        starts = [regions[edit].start + edit.new_text.index(token) for edit in with_token]
        places = (Span(start, start + len(token)) for start in starts)
        if written := tuple(finding._replace(span=at, rest=()) for at in places):
            yield finding, written


def _span(edit: Edit) -> Span:
    return edit.span
