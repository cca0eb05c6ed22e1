"""A text in a file that is in a language of its own, such as the code of a notebook's cell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.refused import Refused
from notion_lsp.text import Edit, Span, line_ending

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from notion_lsp.detect.finding import Finding


class Piece(NamedTuple):
    """A piece of a text, and its place in the file: as it is, or an escape for one code point."""

    inner: Span
    outer: Span

    @property
    def is_escape(self) -> bool:
        """Whether the file writes it in another way."""
        return self.outer.end - self.outer.start != self.inner.end - self.inner.start


@dataclass(frozen=True, slots=True)
class Part:
    """A text inside a file, as what reads it sees it.

    `language` is an editor's id of it, or why nothing can be rewritten. `pieces` are its places in
    the file, in order. `encode` writes new text as the file does, and is told whether the text ends
    with it. `fixed` are places of the text where nothing can be rewritten, each with the reason.
    One that stands `alone` sees nothing of what others import and define.
    """

    text: str
    language: str | Refused
    pieces: Sequence[Piece]
    encode: Callable[[str, bool], str]
    fixed: tuple[tuple[Span, str], ...] = ()
    alone: bool = False

    def inside(self, findings: Sequence[Finding]) -> dict[Finding, Finding]:
        """Return those of the file's findings that are of this text, by themselves inside it."""
        inner: dict[Finding, Finding] = {}
        for finding in findings:
            index = bisect_right(self.pieces, finding.span.start, key=_outer_start) - 1
            piece = self.pieces[index] if index >= 0 else None
            # A token has no escapes in it.
            if piece and piece.outer.contains(finding.span) and not piece.is_escape:
                inner[finding.shifted(piece.inner.start - piece.outer.start)] = finding
        return inner

    def outward(self, edit: Edit) -> Edit:
        """Return an edit of the text as one of the file."""
        start, end = edit.span.start, edit.span.end
        new_text = edit.new_text.replace("\n", line_ending(self.text))
        new = self.encode(new_text, end == len(self.text))
        at = self._start(start) if start < len(self.text) else self._end(start)
        return Edit(Span(at, self._end(end) if start < end else at), new)

    def refused(self, span: Span) -> str | None:
        """Return why nothing of the span can be rewritten, if that is so."""
        if isinstance(self.language, Refused):
            return self.language.reason
        overlaps = (why for at, why in self.fixed if at.start < span.end and span.start < at.end)
        return next(overlaps, None)

    def _start(self, offset: int) -> int:
        piece = self.pieces[
            bisect_right(self.pieces, offset, key=lambda each: each.inner.start) - 1
        ]
        return piece.outer.start + offset - piece.inner.start

    def _end(self, offset: int) -> int:
        piece = self.pieces[bisect_left(self.pieces, offset, key=lambda each: each.inner.end)]
        return piece.outer.end + offset - piece.inner.end


def _outer_start(piece: Piece) -> int:
    return piece.outer.start
