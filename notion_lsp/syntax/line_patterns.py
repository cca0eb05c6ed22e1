"""Formats that no grammar is there for: patterns of lines in place of queries."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.positions import ByteIndex
from notion_lsp.syntax.trees import Match, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from notion_lsp.syntax.trees import Grammar, Parsed, Unread
    from notion_lsp.text import Span


class Line(NamedTuple):
    """A pattern whose groups are what the captures of a query are; `reason` is that of `fixed`.

    `^` and `$` stand for the borders of a line, and the pattern is applied to UTF-8.
    """

    pattern: str
    reason: str | None = None


def comment(opens: str, closes: str) -> Line:
    """Return the row of comments between two patterns; one that is not closed ends with its line.

    Were it none, each that opens one would be followed to the end of the line for nothing.
    """
    return Line(rf"(?P<comment>{opens}[^\r\n]*?(?:{closes}|(?=[\r\n])|\Z))")


def comment_to_end(opens: str, *texts: str) -> Line:
    """Return the row of comments to the end of a line, which begin outside of words and `texts`.

    A text that is not closed goes on to the end: in a string, no comment is offered.
    """
    return Line("|".join((*texts, rf"(?<![^\s;&|(){{}}\[\],])(?P<comment>{opens}[^\r\n]*)")))


XML_COMMENT = comment("<!--", "-->")


@dataclass(frozen=True, slots=True)
class LineGrammar:
    """A format and how to read it, as a `Grammar` is; nothing of it can be an error."""

    context: tuple[Line, ...]
    outline: tuple[Line, ...] = ()
    names: tuple[Line, ...] = ()
    opening: str = ""


class Group(NamedTuple):
    """What a group has matched, in the place of a node."""

    type: str
    text: bytes
    start_byte: int
    end_byte: int
    parent: None = None


class Lines:
    """A text in UTF-8, in which a pattern is searched for once, when first asked for."""

    unread: None = None
    nests = False  # a place is looked up in what was found in the whole text

    def __init__(self, source: bytes) -> None:
        self._source = source
        self._found: dict[Line, list[re.Match[bytes]]] = {}

    def matches(self, lines: tuple[Line, ...], within: Span | None) -> Iterator[Match]:
        """Yield the matches of patterns, those only that meet a span of bytes if there is one."""
        for line in lines:
            for found in self._meeting(line, within):
                groups = {
                    name: [Group(name, text, *found.span(name))]
                    for name, text in found.groupdict().items()
                    if text is not None
                }
                yield Match({"reason": line.reason}, groups, line.pattern)

    def count_errors(self) -> int:
        """Return 0: a line that no pattern matches is no error."""
        return 0

    def _meeting(self, line: Line, within: Span | None) -> Iterable[re.Match[bytes]]:
        if line not in self._found:
            pattern = re.compile(line.pattern.encode(), re.MULTILINE)
            self._found[line] = list(pattern.finditer(self._source))
        found = self._found[line]
        if within is None:
            return found
        # Matches of one pattern do not overlap, so their ends are in order as well.
        first = bisect_right(found, within.start, key=re.Match.end)
        return takewhile(lambda each: each.start() < within.end, islice(found, first, None))


def read(text: str, grammar: Grammar | LineGrammar) -> Parsed | Unread | Lines:
    """Return what answers the queries, or the patterns, of a grammar for a text."""
    if isinstance(grammar, LineGrammar):
        return Lines(ByteIndex(text).encoded)
    return parse(ByteIndex(grammar.mended(text)).encoded, grammar)
