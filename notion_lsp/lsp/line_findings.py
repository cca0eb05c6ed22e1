"""A token by the lines of an open document, which an edit moves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.detect.finding import Finding, token_of
from notion_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from notion_lsp.positions import LineIndex


class LineFinding(NamedTuple):
    """A token in a line of the document; the finding's span is in columns of that line.

    Where it is put together, `pieces` are the lines and columns of all but the first. `expired` is
    the day until which an entry ignored it.
    """

    line: int
    finding: Finding
    token: str
    pieces: tuple[tuple[int, Span], ...] = ()
    expired: date | None = None

    def written(self, lines: Sequence[str]) -> tuple[str, ...]:
        """Return the texts that it is written with in the document's lines, one for each piece."""
        places = ((self.line, self.finding.span), *self.pieces)
        return tuple(span.of(lines[line]) for line, span in places)

    def __repr__(self) -> str:
        """Leave the token out, wherever this is printed."""
        return f"LineFinding({self.line}, {self.finding})"


def place_of(found: LineFinding) -> tuple[int, Span]:
    """Return the line and the columns, to sort by."""
    return found.line, found.finding.span


def by_line(finding: Finding, text: str, index: LineIndex) -> LineFinding:
    """Return a finding of the whole text by its line."""
    places = []
    for span in finding.spans:
        # UTF-32 counts code points, as spans do.
        line, column = index.position(span.start, "utf-32")
        places.append((line, Span(column, column + span.end - span.start)))
    (line, first), *pieces = places
    alone = replace(finding, span=first, rest=tuple(span for _, span in pieces))
    return LineFinding(line, alone, token_of(text, finding), tuple(pieces))


def moved(found: LineFinding, first: int, last: int, added: int) -> LineFinding | None:
    """Return the token's new place after lines changed and others were added.

    `None` where its own lines changed: only another search can tell whether it is still a token.
    """
    lines = [found.line, *(line for line, _ in found.pieces)]
    if any(first <= line <= last for line in lines):
        return None
    line, *others = (line + added if line > last else line for line in lines)
    spans = (span for _, span in found.pieces)
    return found._replace(line=line, pieces=tuple(zip(others, spans, strict=True)))
