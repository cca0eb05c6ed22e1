"""Offsets as lines and columns, and back, in every unit.

Offsets are code points. The caller names the unit of a column, as LSP's position encodings are
called: `utf-8` (bytes), `utf-16` (code units) or `utf-32` (code points).
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
    """Return the length of the text in code units of the encoding."""
    # Nearly all code is ASCII, for which Python knows the answer without a look at the text.
    if encoding == "utf-32" or text.isascii():
        return len(text)
    if encoding == "utf-16":
        return len(text.encode("utf-16-le", "surrogatepass")) // 2
    return len(text.encode("utf-8", "surrogatepass"))


def column_at(line: str, units: int, encoding: Encoding) -> int:
    """Return the column in code points of a column in code units.

    One inside a character gives the character's start, and one past the end of the line gives the
    end, before the line break: LSP asks for this ("Position", 3.17).
    """
    return Ruler(line, encoding).column(units)


class Ruler:
    """The columns of one line, for many conversions between code points and code units."""

    _block = 1024  # code points; their width is kept for each block, and few are measured anew

    def __init__(self, line: str, encoding: Encoding) -> None:
        self.line = line
        self._encoding = encoding
        self._plain = encoding == "utf-32" or line.isascii()
        starts = range(0, 0 if self._plain else len(line), self._block)
        widths = (width(line[start : start + self._block], encoding) for start in starts)
        self._widths = [0, *accumulate(widths)]

    def units(self, column: int) -> int:
        """Return the column in code units of one in code points."""
        if self._plain:
            return column
        block = column // self._block
        rest = self.line[block * self._block : column]
        return self._widths[block] + width(rest, self._encoding)

    def column(self, units: int) -> int:
        """Return the column in code points of one in code units, as `column_at` does."""
        content = len(self.line.rstrip("\r\n"))
        if self._plain:
            return min(units, content)
        block = bisect_right(self._widths, units) - 1
        units -= self._widths[block]
        column = block * self._block
        for character in self.line[column : column + self._block]:
            units -= width(character, self._encoding)
            if units < 0:
                break
            column += 1
        return min(column, content)


def as_shown(text: str) -> str:
    """Return as an editor shows it a text whose lone surrogates are bytes that are not UTF-8.

    Each becomes U+FFFD, but those that begin one character together become a single one.
    """
    if text.isascii():
        return text
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


class Origin(NamedTuple):
    """Where a stretch of a text begins: the line, and the column in each unit, all from 0.

    `feeds` are the line feeds before it: git and its hosts know no other break of a line.
    """

    line: int = 0
    columns: Mapping[Encoding, int] = dict.fromkeys(ENCODINGS, 0)
    feeds: int = 0

    def after(self, text: str, *, escaped: bool) -> Origin:
        """Return the origin of what follows a text that begins at this origin."""
        breaks = text.count("\n") + text.count("\r") - text.count("\r\n")
        last = text[max(text.rfind("\n"), text.rfind("\r")) + 1 :]
        shown = as_shown(last) if escaped else last
        # After a line break, columns begin anew.
        before = Origin().columns if breaks else self.columns
        columns = {encoding: before[encoding] + width(shown, encoding) for encoding in ENCODINGS}
        return Origin(self.line + breaks, columns, self.feeds + text.count("\n"))


class LineIndex:
    """Where each line of a text starts, for many conversions of offsets to positions.

    The text may be a stretch of a longer one, which begins at `origin`. If it is `escaped`, lone
    surrogates stand for bytes that are not UTF-8, and columns count them as an editor shows them.
    """

    def __init__(self, text: str, origin: Origin | None = None, *, escaped: bool = False) -> None:
        self.text = text
        self._origin = origin or Origin()
        self._escaped = escaped
        self._starts = [0, *(found.end() for found in LINE_BREAK.finditer(text))]
        # Behind each break that has no line feed.
        self._returns = [end for end in self._starts[1:] if text[end - 1] == "\r"]

    def position(self, offset: int, encoding: Encoding) -> tuple[int, int]:
        """Return line and column, both from 0, the column in code units of the encoding."""
        line = bisect_right(self._starts, offset) - 1
        column = width(self.shown(self._starts[line], offset), encoding)
        return self._origin.line + line, column + (0 if line else self._origin.columns[encoding])

    def shown(self, start: int, end: int) -> str:
        """Return the text between two offsets as an editor shows it."""
        text = self.text[start:end]
        return as_shown(text) if self._escaped else text

    def origin(self, offset: int) -> Origin:
        """Return the origin of the text that follows the offset."""
        places = {encoding: self.position(offset, encoding) for encoding in ENCODINGS}
        columns = {encoding: column for encoding, (_, column) in places.items()}
        return Origin(places["utf-32"][0], columns, self.feeds(offset))

    def feeds(self, offset: int) -> int:
        """Return how many line feeds stand before the offset."""
        line = bisect_right(self._starts, offset) - 1
        return self._origin.feeds + line - bisect_right(self._returns, self._starts[line])

    def line(self, number: int) -> str:
        """Return a line, by its number from 0 in this text, without its break."""
        return self.span(number).of(self.text)

    def span(self, number: int) -> Span:
        """Return the span of a line without its break."""
        return line_bounds(self.text, self._starts[number])

    def __len__(self) -> int:
        return len(self._starts)


class ByteIndex:
    """A text in UTF-8, for many conversions between bytes and code points."""

    _block = 1024  # bytes; a count of characters is kept for each block, and few are counted anew
    _continuation = bytes(range(0x80, 0xC0))  # bytes of UTF-8 that begin no character

    def __init__(self, text: str) -> None:
        # UTF-8 has no lone surrogates: each becomes `?`, one byte for one code point.
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
        if self._ascii:
            return offset
        block = bisect_right(self._counts, offset, hi=len(self._counts) - 1) - 1
        start = self._counts[block]
        # The first character that begins in a block may stand behind the rest of the one before.
        begun = block * self._block
        rest = self.encoded[begun : begun + 4]
        begun += len(rest) - len(rest.lstrip(self._continuation))
        return begun + len(self._text[start:offset].encode("utf-8", "replace"))

    def _characters(self, start: int, end: int) -> int:
        return len(self.encoded[start:end].translate(None, self._continuation))
