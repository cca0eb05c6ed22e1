"""A token by the lines of an open document."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from notion_lsp.detect.finding import Finding
    from notion_lsp.text import Span


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
