r"""Spans, edits and lines: text as the rest of the package sees it.

Offsets and columns are Unicode code points unless a name says otherwise. Lines break where
the Language Server Protocol breaks them: at `\r\n`, `\n` and `\r`, and nowhere else.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate, chain, count
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


REACH = 2000  # how many code points away something still stands near

_LINE_FEED = re.compile(r"\r?\n")
_WORD = re.compile(r"[\w$]")
LINE_BREAK = re.compile(r"\r\n|\n|\r")
_LINE_WITH_CARRIAGE_RETURN = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z")


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int

    @property
    def size(self) -> int:
        """How many code points it covers."""
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the part of the text that the span covers."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Whether the other span lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def touches(self, other: Span) -> bool:
        """Whether the spans have a point in common: a cursor behind a word is at it, too."""
        return self.start <= other.end and other.start <= self.end

    def shifted(self, by: int) -> Span:
        """Return the same span, moved by that many code points."""
        return Span(self.start + by, self.end + by)


class Edit(NamedTuple):
    r"""A span and what takes its place; its line breaks are `\n`, whatever the document's are."""

    span: Span
    new_text: str


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with the edits made, in the text's own line ending.

    Spans refer to the text as given. Edits must not overlap: the later of two that do is left
    out. Of several at one place the first given comes first.
    """
    ending = line_ending(text)
    pieces = []
    position = 0
    # The sort is stable, so that several at one place keep their order.
    for edit in sorted(edits, key=lambda edit: edit.span):
        if edit.span.start < position:
            continue
        pieces += [text[position : edit.span.start], edit.new_text.replace("\n", ending)]
        position = edit.span.end
    return "".join(pieces) + text[position:]


class Taken:
    """The places of edits, no two of which change the same text."""

    def __init__(self) -> None:
        self._spans: list[Span] = []

    def take(self, edits: Sequence[Edit]) -> bool:
        """Take the places of these edits too, or none of them: whether all are free."""
        for number, edit in enumerate(edits):
            at = bisect_right(self._spans, edit.span)
            before, after = self._spans[at - 1 : at], self._spans[at : at + 1]
            if (before and before[0].end > edit.span.start) or (
                after and edit.span.end > after[0].start
            ):
                # All or none: half of what belongs together would be left in the text.
                for taken in edits[:number]:
                    self._spans.remove(taken.span)
                return False
            self._spans.insert(at, edit.span)
        return True


def overlapping(spans: Iterable[Span]) -> Callable[[Span], bool]:
    """Return a function that tells whether a span overlaps any of these; each costs a look-up."""
    taken = sorted(spans)
    ends = [0, *accumulate((span.end for span in taken), max)]
    starts = [span.start for span in taken]
    # Of the spans that begin before its end, the one that ends last is the one to ask.
    return lambda span: ends[bisect_left(starts, span.end)] > span.start


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the fewest spans that cover the same text, in order."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def fitted(edit: Edit, text: str) -> Edit:
    """Return the edit in line feeds, and with a space where it would join the word before.

    A quote may follow a keyword at once, as in `return"…"`; a name may not. A literal over several
    lines brings the document's own line breaks with it.
    """
    start = edit.span.start
    before, first = text[max(start - 1, 0) : start], edit.new_text[:1]
    replaces = edit.span.of(text)[:1]
    # Where a word was replaced, what stood before it was apart from it already.
    joined = _WORD.match(before) and _WORD.match(first) and not _WORD.match(replaces)
    new_text = edit.new_text.replace("\r\n", "\n")
    return Edit(edit.span, f" {new_text}" if joined else new_text)


def line_ending(text: str) -> str:
    r"""Return the first line break of the text, `\n` where it has none.

    A `\r` alone is a stray character, unless nothing else breaks a line.
    """
    found = _LINE_FEED.search(text) or LINE_BREAK.search(text)
    return found[0] if found else "\n"


def split_lines(text: str) -> list[str]:
    """Return the lines with their breaks; the last one, maybe empty, has none.

    Joined, they give the text back. There is always at least one.
    """
    if "\r" not in text:
        # Without carriage returns, which most texts lack, a pattern would only cost time.
        lines = [line + "\n" for line in text.split("\n")]
        lines[-1] = lines[-1][:-1]
        return lines
    lines = _LINE_WITH_CARRIAGE_RETURN.findall(text)
    if not lines or lines[-1][-1] in "\r\n":
        lines.append("")
    return lines


def line_bounds(text: str, offset: int) -> Span:
    """Return the span of the line that holds the offset, its break left out."""
    feed = text.rfind("\n", 0, offset) + 1
    # Most texts have no carriage return, and are not to be searched for one from the end each time.
    start = max(text.rfind("\r", feed, offset) + 1, feed)
    found = LINE_BREAK.search(text, offset)
    return Span(start, found.start() if found else len(text))


def next_line(text: str, offset: int) -> int:
    """Return where the line below the one that holds the offset begins, or where the text ends."""
    found = LINE_BREAK.search(text, offset)
    return found.end() if found else len(text)


def free_name(name: str, gap: str, is_taken: Callable[[str], bool]) -> str:
    """Return the name if it is free, else with the first number behind the gap that makes it so."""
    numbered = (f"{name}{gap}{number}" for number in count(2))
    return next(each for each in chain([name], numbered) if not is_taken(each))


def surroundings(text: str, offset: int, lines: int, reach: int = REACH) -> str:
    """Return the line at the offset with that many lines, at most `reach` each way, around it."""
    before = text[max(offset - reach, 0) : offset]
    after = text[offset : offset + reach]
    breaks_before = list(LINE_BREAK.finditer(before))
    breaks_after = list(LINE_BREAK.finditer(after))
    if len(breaks_before) > lines:
        before = before[breaks_before[-lines - 1].end() :]
    if len(breaks_after) > lines:
        after = after[: breaks_after[lines].start()]
    return before + after


def counted(number: int, noun: str) -> str:
    """Return a number and its noun: `1 token`, `2 tokens`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def enumerated(words: Sequence[str]) -> str:
    """Return words as a sentence lists them: `a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def without_parts(edits: Iterable[Edit]) -> list[Edit]:
    """Return the edits but for those whose lines another inserts at the same place, beside more."""
    lines = {
        each: frozenset(line for line in each.new_text.split("\n") if line.strip())
        for each in edits
    }
    having: dict[tuple[Span, str], set[Edit]] = {}
    for each, its in lines.items():
        for line in its if not each.span.size else ():
            having.setdefault((each.span, line), set()).add(each)

    def is_part(edit: Edit) -> bool:
        shared = sorted((having.get((edit.span, line), set()) for line in lines[edit]), key=len)
        others = set.intersection(*shared) if shared else set()
        return any(len(lines[each]) > len(lines[edit]) for each in others)

    return [each for each in lines if not is_part(each)]


def closed_up(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return the edits with the empty lines between two blocks put in one place once."""
    closed: list[Edit] = []
    for edit in edits:
        last = closed[-1] if closed else None
        apart = last and last.new_text.startswith("\n") and edit.new_text.startswith("\n\n")
        if last and apart and last.span == edit.span:
            closed[-1] = Edit(last.span, last.new_text.rstrip("\n"))
        closed.append(edit)
    return tuple(closed)
