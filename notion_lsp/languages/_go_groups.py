"""A constant that leaves its group in Go, as a variable below it, and what gofmt leaves of that."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.refused import Refused
from notion_lsp.text import Edit, Span, apply_edits, line_bounds, next_line, split_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from notion_lsp.syntax.site import Syntax

_INDENT = re.compile(r"[ \t]*")
_ALIGNED = re.compile(
    r"""[ \t]*(?P<name>\w+(?:,[ ]\w+)*)(?P<gap>[ ]+)=[ ]
    (?P<value>(?:"(?:\\.|[^"\\])*"|`[^`]*`|'(?:\\.|[^'\\])*'|[^"`'/]|/(?!/))*?)
    (?P<space>[ ]*)(?P<comment>//.*)?""",
    re.VERBOSE,
)
_SHARED = "The constants of this group share a line: give each its own first."


class Leaving(NamedTuple):
    """A constant that leaves its group, what it is made from, and all that leave with it."""

    group: Span
    constant: Span
    value: Span
    others: frozenset[Span]


class _Left(NamedTuple):
    # Where the first line begins that has something and stays, and what aligns those that do.
    first: int
    aligned: tuple[Edit, ...]


def taken_out(
    syntax: Syntax, leaving: Leaving, edits: Sequence[Edit]
) -> tuple[Edit, ...] | Refused:
    """Return the edits that make it a variable below the group, or why it cannot leave."""
    text, group, constant, value = syntax.text, leaving.group, leaving.constant, leaving.value
    first, last = line_bounds(text, constant.start), line_bounds(text, constant.end)
    rest = text[constant.end : last.end].strip()
    if text[first.start : constant.start].strip() or not re.match(r"//|\Z", rest):
        return Refused(_SHARED)
    above = Span(_top(text, constant), first.start)
    comments = [line.strip() for line in split_lines(above.of(text))[:-1]]
    names = " ".join(text[constant.start : value.start].split())
    inside = [edit for edit in edits if value.contains(edit.span)]
    shifted = [Edit(edit.span.shifted(-value.start), edit.new_text) for edit in inside]
    variable = f"var {names} {apply_edits(value.of(text), shifted)}{f' {rest}' if rest else ''}"
    indent = _INDENT.match(text, line_bounds(text, group.start).start)
    lines = f"\n{indent[0] if indent else ''}".join(["\n", *comments, variable])
    left = syntax.once(_left, (group, leaving.others))
    return (
        Edit(_with_space(text, Span(above.start, next_line(text, last.end)), left.first), ""),
        Edit(Span(group.end, group.end), lines),
        *left.aligned,
        *(each for each in edits if each not in inside),
    )


def _top(text: str, constant: Span) -> int:
    # Where the lines of comments begin that stand right above it.
    top = line_bounds(text, constant.start).start
    while (above := _line_above(text, top)).of(text).lstrip().startswith("//"):
        top = above.start
    return top


def _line_above(text: str, start: int) -> Span:
    return line_bounds(text, start - (2 if text[:start].endswith("\r\n") else 1))


def _with_space(text: str, lines: Span, first: int) -> Span:
    # The empty lines go too that would be left at an end of the group, or beside others: those
    # below it where nothing stays above, else those above it.
    start, end = lines
    below = line_bounds(text, len(text) - len(text[end:].lstrip())).start
    if start <= first:
        return Span(start, below)
    is_apart = below > end or text[below:].lstrip().startswith(")")
    return Span(next_line(text, len(text[:start].rstrip())) if is_apart else start, end)


def _left(syntax: Syntax, about: tuple[Span, frozenset[Span]]) -> _Left:
    text, (group, leaving) = syntax.text, about
    lines = list(_lines(text, group))[1:]
    gone = {
        line.start for each in leaving for line in _lines(text, Span(_top(text, each), each.end))
    }
    staying = [line for line in lines if line.start not in gone]
    first = next((line.start for line in staying if line.of(text).strip()), len(text))
    # What nobody has aligned stays as it is.
    return _Left(first, () if any(_moved(text, lines)) else tuple(_moved(text, staying)))


def _lines(text: str, within: Span) -> Iterator[Span]:
    place = within.start
    while place < within.end:
        line = line_bounds(text, place)
        yield line
        place = next_line(text, line.end)


def _moved(text: str, lines: Iterable[Span]) -> Iterator[Edit]:
    # gofmt aligns in lines that follow each other what all of them have.
    found = (_ALIGNED.fullmatch(text, line.start, line.end) for line in lines)
    for _, run in groupby(found, bool):
        known = [each for each in run if each]
        yield from _column(known, "name", "gap")
        for has_comment, some in groupby(known, lambda each: bool(each["comment"])):
            yield from _column(list(some) if has_comment else [], "value", "space")


def _column(run: Sequence[re.Match[str]], before: str, gap: str) -> Iterator[Edit]:
    width = max((len(each[before]) for each in run), default=0) + 1
    for each in run:
        blanks = " " * (width - len(each[before]))
        if blanks != each[gap]:
            yield Edit(Span(*each.span(gap)), blanks)
