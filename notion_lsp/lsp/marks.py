"""What the lines of an open document hold that later questions are about."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.detect.plain import candidates
from notion_lsp.ignore.comments import (
    IGNORE_LINE,
    SWITCH,
    OwnComment,
    Switch,
    own_comments,
    silences_itself,
    switches_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.detect.finding import Candidate

LINE = attrgetter("line")


class Mark(NamedTuple):
    """What a line holds: what may be a token, and comments; columns are those of the line."""

    line: int
    candidates: tuple[tuple[Candidate, ...], ...]
    comment: OwnComment | None
    silent: bool
    switches: tuple[Switch, ...]


def marks_of(text: str, lines: Sequence[str], first: int) -> list[Mark]:
    """Return the marks of a text that begins with the `first` line of its document, in order."""
    found = list(candidates(text))
    # Most texts have no comment of ours: one look at the text saves a look at each line.
    noted = IGNORE_LINE in text or SWITCH in text
    if not found and not noted:
        return []
    starts = [0, *accumulate(map(len, lines))]
    by_line: dict[int, list[tuple[Candidate, ...]]] = {}
    for shapes in found:
        line = bisect_right(starts, shapes[0].span.start, hi=len(lines)) - 1
        shifted = tuple(shape._replace(span=shape.span.shifted(-starts[line])) for shape in shapes)
        by_line.setdefault(line, []).append(shifted)
    comments = own_comments(lines) if noted else {}
    switches = _switches(lines) if noted else {}
    return [
        Mark(
            first + line,
            tuple(by_line.get(line, ())),
            comments.get(line),
            silent=silences_itself(lines[line]),
            switches=switches.get(line, ()),
        )
        for line in sorted(by_line.keys() | comments.keys() | switches.keys())
    ]


def _switches(lines: Sequence[str]) -> dict[int, tuple[Switch, ...]]:
    return {number: found for number, line in enumerate(lines) if (found := switches_of(line, 0))}
