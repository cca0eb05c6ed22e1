"""Offsets, lines and columns: units are converted here.

Offsets are code points. A column is in the units that the caller names: UTF-8 bytes, UTF-16 units
or code points.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from notion_lsp.text import LINE_BREAK, Span, line_bounds

if TYPE_CHECKING:
    from collections.abc import Mapping

Encoding = Literal["utf-8", "utf-16", "utf-32"]
ENCODINGS: tuple[Encoding, ...] = get_args(Encoding)


def width(text: str, encoding: Encoding) -> int:
    """Return how many code units of the encoding the text takes."""
    if encoding == "utf-32" or text.isascii():
        return len(text)
    if encoding == "utf-16":
        return len(text.encode("utf-16-le", "surrogatepass")) // 2
    return len(text.encode("utf-8", "surrogatepass"))


def column_at(line: str, units: int, encoding: Encoding) -> int:
    """Return the code point column at that many code units into the line.

    A place inside a character counts as its start; one past the end of the line, before its
    break, as the end, which is what the protocol asks for.
    """
    content = len(line.rstrip("\r\n"))
    if encoding == "utf-32" or line.isascii():
        return min(units, content)
    column = 0
    for character in line[:content]:
        units -= width(character, encoding)
        if units < 0:
            break
        column += 1
    return column


def as_shown(text: str) -> str:
    """Return a text in which lone surrogates are bytes that are not UTF-8 as an editor shows it.

    It has U+FFFD for each, and one alone for those that begin the same character.
    """
    if text.isascii():
        return text
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


class Origin(NamedTuple):
    """Where a piece of a text begins: the line, and the column in each unit, all from 0."""

    line: int = 0
    columns: Mapping[Encoding, int] = dict.fromkeys(ENCODINGS, 0)

    def after(self, text: str, *, escaped: bool) -> Origin:
        """Return where what follows a text begins that begins here."""
        breaks = text.count("\n") + text.count("\r") - text.count("\r\n")
        last = text[max(text.rfind("\n"), text.rfind("\r")) + 1 :]
        shown = as_shown(last) if escaped else last
        before = Origin().columns if breaks else self.columns
        columns = {encoding: before[encoding] + width(shown, encoding) for encoding in ENCODINGS}
        return Origin(self.line + breaks, columns)


class LineIndex:
    """Where each line of a text starts, for many offset to position conversions.

    The text may be a piece of a longer one. If it is `escaped`, its lone surrogates are bytes that
    are not UTF-8, and count as they are shown.
    """

    def __init__(self, text: str, origin: Origin | None = None, *, escaped: bool = False) -> None:
        self.text = text
        self._origin = origin or Origin()
        self._escaped = escaped
        self._starts = [0, *(found.end() for found in LINE_BREAK.finditer(text))]

    def position(self, offset: int, encoding: Encoding) -> tuple[int, int]:
        """Return line and column, both from 0, the column in code units of the encoding."""
        line = bisect_right(self._starts, offset) - 1
        column = width(self.shown(self._starts[line], offset), encoding)
        return self._origin.line + line, column + (0 if line else self._origin.columns[encoding])

    def shown(self, start: int, end: int) -> str:
        """Return a piece of the text as an editor shows it."""
        text = self.text[start:end]
        return as_shown(text) if self._escaped else text

    def origin(self, offset: int) -> Origin:
        """Return where the piece of the text that follows the offset begins."""
        places = {encoding: self.position(offset, encoding) for encoding in ENCODINGS}
        columns = {encoding: column for encoding, (_, column) in places.items()}
        return Origin(places["utf-32"][0], columns)

    def line(self, number: int) -> str:
        """Return a line without its break."""
        return self.span(number).of(self.text)

    def span(self, number: int) -> Span:
        """Return the span of a line without its break."""
        return line_bounds(self.text, self._starts[number])

    def __len__(self) -> int:
        return len(self._starts)


class ByteIndex:
    """A text in UTF-8, for many conversions between bytes and code points."""

    _block = 1024
    _continuation = bytes(range(0x80, 0xC0))  # what begins no character

    def __init__(self, text: str) -> None:
        # A lone surrogate, which UTF-8 has not, becomes one byte for one code point.
        self.encoded = text.encode("utf-8", "replace")
        self._text = text
        self._ascii = len(self.encoded) == len(text)
        starts = range(0, 0 if self._ascii else len(self.encoded), self._block)
        sizes = (self._characters(start, start + self._block) for start in starts)
        self._counts = [0, *accumulate(sizes)]

    def offset(self, byte: int) -> int:
        """Return how many code points begin before the byte."""
        if self._ascii:
            return byte
        block = byte // self._block
        return self._counts[block] + self._characters(block * self._block, byte)

    def byte(self, offset: int) -> int:
        """Return how many bytes the code points before the offset take."""
        return offset if self._ascii else len(self._text[:offset].encode("utf-8", "replace"))

    def _characters(self, start: int, end: int) -> int:
        return len(self.encoded[start:end].translate(None, self._continuation))
