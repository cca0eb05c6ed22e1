r"""Spans, edits, lines and units: text as the rest of the package sees it.

Offsets and columns are Unicode code points unless a name says otherwise. Lines break where
the Language Server Protocol breaks them: at `\r\n`, `\n` and `\r`, and nowhere else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Encoding = Literal["utf-8", "utf-16", "utf-32"]
ENCODINGS: tuple[Encoding, ...] = get_args(Encoding)

REACH = 2000  # how many code points away something still stands near

_LINE_FEED = re.compile(r"\r?\n")
_WORD = re.compile(r"[\w$]")
LINE_BREAK = re.compile(r"\r\n|\n|\r")
_LINE_WITH_CARRIAGE_RETURN = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points."""

    start: int
    end: int

    def contains(self, other: Span) -> bool:
        """Whether the other span lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def shifted(self, by: int) -> Span:
        """Return the same span, moved by that many code points."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True, order=True)
class Edit:
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
    for edit in sorted(edits, key=lambda edit: edit.span):
        if edit.span.start < position:
            continue
        pieces += [text[position : edit.span.start], edit.new_text.replace("\n", ending)]
        position = edit.span.end
    return "".join(pieces) + text[position:]


def overlap(edits: Iterable[Edit]) -> bool:
    """Whether any two of the edits change the same text."""
    spans = sorted(edit.span for edit in edits)
    return any(first.end > second.start for first, second in pairwise(spans))


def fitted(edit: Edit, text: str) -> Edit:
    """Return the edit in line feeds, and with a space where it would join the word before.

    A quote may follow a keyword at once, as in `return"…"`; a name may not. A literal over several
    lines brings the document's own line breaks with it.
    """
    before, first = text[: edit.span.start][-1:], edit.new_text[:1]
    replaces = text[edit.span.start : edit.span.end][:1]
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
        lines = [line + "\n" for line in text.split("\n")]
        lines[-1] = lines[-1][:-1]
        return lines
    lines = _LINE_WITH_CARRIAGE_RETURN.findall(text)
    if not lines or lines[-1][-1] in "\r\n":
        lines.append("")
    return lines


def line_bounds(text: str, offset: int) -> Span:
    """Return the span of the line that holds the offset, its break left out."""
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    found = LINE_BREAK.search(text, offset)
    return Span(start, found.start() if found else len(text))


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
        return self.text[self.span(number).start : self.span(number).end]

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
