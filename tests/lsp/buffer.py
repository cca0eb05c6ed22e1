"""A text as an editor holds it: lines and columns counted the way the protocol says."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from collections.abc import Sequence

    TextEdit = types.TextEdit | types.AnnotatedTextEdit

_BREAK = re.compile(r"\r\n|\n|\r")
_CODECS = {
    types.PositionEncodingKind.Utf8: ("utf-8", 1),
    types.PositionEncodingKind.Utf16: ("utf-16-le", 2),
    types.PositionEncodingKind.Utf32: ("utf-32-le", 4),
}


class Buffer:
    """What an editor holds of a document."""

    def __init__(
        self,
        text: str,
        encoding: types.PositionEncodingKind,
        *,
        language: str = "",
        version: int = 1,
    ) -> None:
        self.text = text
        self.encoding = encoding
        self.language = language
        self.version = version

    def position(self, offset: int) -> types.Position:
        before = _BREAK.split(self.text[:offset])
        return types.Position(len(before) - 1, self._units(before[-1]))

    def offset(self, position: types.Position) -> int:
        """Return the code point at a position, which must be one of this text."""
        starts = [0, *(found.end() for found in _BREAK.finditer(self.text))]
        line = _BREAK.split(self.text[starts[position.line] :], maxsplit=1)[0]
        columns = [0, *accumulate(map(self._units, line))]
        return starts[position.line] + columns.index(position.character)

    def range(self, start: int, end: int) -> types.Range:
        return types.Range(self.position(start), self.position(end))

    def whole(self) -> types.Range:
        return self.range(0, len(self.text))

    def at(self, place: types.Range) -> str:
        """Return the text of a range."""
        return self.text[self.offset(place.start) : self.offset(place.end)]

    def change(self, start: int, end: int, new: str) -> types.TextDocumentContentChangePartial:
        """Change the text, and return the message that says so."""
        place = self.range(start, end)
        self.text = self.text[:start] + new + self.text[end:]
        return types.TextDocumentContentChangePartial(place, new)

    def edit(self, edits: Sequence[TextEdit]) -> list[types.TextDocumentContentChangePartial]:
        """Make edits that all refer to the text as it is; return the messages, last place first."""
        spans = [(self.offset(each.range.start), self.offset(each.range.end)) for each in edits]
        ordered = sorted(zip(spans, range(len(edits)), strict=True), reverse=True)
        for (span, _), (following, _) in zip(ordered[1:], ordered, strict=False):
            assert span[1] <= following[0], "edits overlap"
        return [self.change(*span, edits[number].new_text) for span, number in ordered]

    def splits_a_break(self, offset: int) -> bool:
        return self.text[offset - 1 : offset + 1] == "\r\n" and offset > 0

    def _units(self, text: str) -> int:
        codec, size = _CODECS[self.encoding]
        return len(text.encode(codec, "surrogatepass")) // size
