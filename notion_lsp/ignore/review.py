"""A text's findings that nobody has said no to."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.detect import custom
from notion_lsp.detect.find import find_tokens
from notion_lsp.detect.finding import Finding, token_of
from notion_lsp.detect.repeated import UNKNOWN
from notion_lsp.ignore.comments import (
    OWN,
    SWITCH,
    is_off,
    own_comments,
    silenced,
    silences_file,
    switches_of,
)
from notion_lsp.ignore.ignore_file import NOTHING
from notion_lsp.text import Span, split_lines

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from notion_lsp.detect.custom import Patterns
    from notion_lsp.detect.repeated import Known
    from notion_lsp.ignore.comments import OwnComment
    from notion_lsp.ignore.ignore_file import Ignored


class Review(NamedTuple):
    """The findings that are left, and the spans of ignore comments of ours that silence nothing.

    `expired` maps findings whose entry has run out to the day on which it did. `by_comments` and
    `by_entries` are how many findings are not left, and `every` are all, these too.
    """

    findings: tuple[Finding, ...]
    unused: tuple[Span, ...]
    expired: Mapping[Finding, date] = {}
    by_comments: int = 0
    by_entries: int = 0
    every: tuple[Finding, ...] = ()


def review(
    text: str,
    ignored: Ignored = NOTHING,
    feeds: int = 0,
    patterns: Patterns = custom.NONE,
    known: Known = UNKNOWN,
) -> Review:
    """Return what is left of a text's findings, and the comments that are not needed.

    `feeds` is the number of line feeds before the text in its file. The `known` tokens were found
    in other texts.
    """
    found = find_tokens(text, patterns, known)
    # Nearly all texts: without a token, only a comment of ours could be of interest.
    if not found and OWN not in text:
        return Review((), ())
    lines = split_lines(text)
    starts = [0, *accumulate(map(len, lines))]
    by_line = _by_line(found, starts)
    # A search for a fixed text is much faster than a pattern tried on each line.
    own = own_comments(lines) if OWN in text else {}
    unused = tuple(_unused(own, starts, by_line))
    if silences_file(own.items()):
        return Review((), unused, by_comments=len(found), every=found)
    heard = list(_heard(text, lines, starts, by_line))
    left = _by_entries(text, heard, ignored, feeds)
    return left._replace(unused=unused, by_comments=len(found) - len(heard), every=found)


def _unused(
    own: Mapping[int, OwnComment], starts: Sequence[int], with_tokens: Collection[int]
) -> Iterator[Span]:
    for number, comment in own.items():
        if not comment.is_used(number, with_tokens):
            yield comment.span.shifted(starts[number])


def _by_entries(text: str, heard: Sequence[Finding], ignored: Ignored, feeds: int) -> Review:
    until = dict(_until(text, heard, ignored, feeds))
    kept = tuple(finding for finding, day in until.items() if not ignored.holds(day))
    expired = {finding: day for finding in kept if (day := until[finding])}
    return Review(kept, (), expired, by_entries=len(heard) - len(kept))


def _by_line(found: Iterable[Finding], starts: Sequence[int]) -> Mapping[int, Sequence[Finding]]:
    by_line: dict[int, list[Finding]] = {}
    for finding in found:
        by_line.setdefault(bisect_right(starts, finding.span.start) - 1, []).append(finding)
    return by_line


def _until(
    text: str, findings: Iterable[Finding], ignored: Ignored, feeds: int
) -> Iterator[tuple[Finding, date | None]]:
    # Only a line feed ends a line for git.
    breaks = [line.start() for line in re.finditer("\n", text)]
    for finding in findings:
        number = feeds + bisect_left(breaks, finding.span.start) + 1
        yield finding, ignored.until(token_of(text, finding), number)


def _heard(
    text: str,
    lines: Sequence[str],
    starts: Sequence[int],
    by_line: Mapping[int, Sequence[Finding]],
) -> Iterator[Finding]:
    # What was switched off stays so over many lines: the switches of all lines are needed.
    every = (switches_of(line, number) for number, line in enumerate(lines))
    switches = [switch for each in every for switch in each] if SWITCH in text else []
    for number, findings in by_line.items():
        if not silenced(lines[number], lines[number - 1] if number else ""):
            for finding in findings:
                if not is_off(switches, number, finding.span.start - starts[number]):
                    yield finding
