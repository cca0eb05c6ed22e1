"""What diagnostics say of tokens, worded once for the same lines: each keystroke asks for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.explain import messages
from notion_lsp.lsp.documents import AROUND

if TYPE_CHECKING:
    from notion_lsp.explain.shown import Shown
    from notion_lsp.lsp.documents import Document
    from notion_lsp.lsp.line_findings import LineFinding

_MOST = 1000


class TokenMessages:
    """The messages of one connection that are known by the lines around their tokens."""

    def __init__(self) -> None:
        self._known: dict[tuple[tuple[str, ...], tuple[object, ...]], Shown] = {}

    def of(self, document: Document, found: LineFinding, *, example: bool) -> Shown:
        """Return what is said of a token of a document."""
        line, finding = found.line, found.finding
        if finding.hidden:  # its pieces stand in other lines too
            return _worded(document, found, example=example)
        around = tuple(document.lines[max(line - AROUND, 0) : line + AROUND + 1])
        place = (min(line, AROUND), finding.span.start, finding.kind.id, found.expired, example)
        if (around, place) not in self._known:
            # Forgetting all is the simplest bound: what is still shown is worded again.
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[around, place] = _worded(document, found, example=example)
        return self._known[around, place]


def _worded(document: Document, found: LineFinding, *, example: bool) -> Shown:
    text, finding = document.excerpt(found)
    return messages.describe_again(finding, text, found.expired, example=example)
