"""Formats that no grammar is there for: patterns of lines in place of queries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.trees import Match

if TYPE_CHECKING:
    from collections.abc import Iterator

    from notion_lsp.text import Span


class Line(NamedTuple):
    """A pattern whose groups are what the captures of a query are; `reason` is that of `fixed`.

    `^` and `$` stand for the borders of a line, and the pattern is applied to UTF-8.
    """

    pattern: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class LineGrammar:
    """A format and how to read it, as a `Grammar` is; nothing of it can be an error."""

    context: tuple[Line, ...]
    outline: tuple[Line, ...] = ()
    opening: str = ""


class Piece(NamedTuple):
    """What a group has matched, in the place of a node."""

    type: str
    text: bytes
    start_byte: int
    end_byte: int
    parent: None = None


def match_lines(source: bytes, lines: tuple[Line, ...], within: Span | None) -> Iterator[Match]:
    """Yield the matches of the patterns, those only that meet a span of bytes if there is one."""
    for line in lines:
        for found in re.finditer(line.pattern.encode(), source, re.MULTILINE):
            if within is None or (found.start() < within.end and within.start < found.end()):
                pieces = {
                    name: [Piece(name, text, *found.span(name))]
                    for name, text in found.groupdict().items()
                    if text is not None
                }
                yield Match({"reason": line.reason}, pieces)
