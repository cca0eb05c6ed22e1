"""What a scalar of YAML says, and where in the source it says it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from notion_lsp.text import Edit, Span, apply_edits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from notion_lsp.syntax import Literal

_FOLD = r"(?P<fold>[ \t]*\r?\n(?:[ \t]*\r?\n)*[ \t]*)"
_PIECES = {
    "": re.compile(rf"{_FOLD}|(?P<plain>.)"),
    "'": re.compile(rf"{_FOLD}|(?P<twice>'')|(?P<plain>.)"),
    '"': re.compile(
        rf"(?P<joined>\\\r?\n[ \t]*)|{_FOLD}"
        r"|\\(?:x(?P<x>[\da-fA-F]{2})|u(?P<u>[\da-fA-F]{4})|U(?P<U>[\da-fA-F]{8})|(?P<escape>.))"
        r"|(?P<plain>.)"
    ),
}
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "a": "\a", "b": "\b", "e": "\x1b"}
_LINE = re.compile(r"(?P<content>[^\r\n]*)(?P<break>\r?\n|\r|\Z)(?<=.)", re.DOTALL)

# What ends a plain scalar, or makes another thing of it.
_ENDS_PLAIN = re.compile(r":(?=\s|\Z)|(?<=\s)#|\A[-?:](?=\s|\Z)|\A[\[\]{}&*!|>%@`\"'#,]")
_ENDS_PLAIN_IN_BRACKETS = re.compile(r"[\[\]{},]")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar: its quote or the sign of its block, what it says, and where each character begins.

    The last of `offsets` is where the last character ends.
    """

    span: Span
    style: str
    text: str
    offsets: tuple[int, ...]
    in_brackets: bool = False

    def spoken(self, span: Span) -> Span:
        """Return where in what the scalar says a span of the file stands."""
        start, end = (bisect_right(self.offsets, at) - 1 for at in (span.start, span.end))
        return Span(start, end)


def read(text: str, literal: Literal, *, in_brackets: bool) -> Scalar:
    """Return the scalar that a literal of a file in YAML is."""
    source = text[literal.span.start : literal.span.end]
    is_block = literal.type == "block_scalar"
    style = source[:1] if is_block or source[:1] in {"'", '"'} else ""
    pieces = list(_block(source) if is_block else _flow(source, style))
    end = len(source) - (style in {"'", '"'})
    said = "".join(said for said, _ in pieces)
    offsets = (*(literal.span.start + at for _, at in pieces), literal.span.start + end)
    return Scalar(literal.span, style, said, offsets, in_brackets)


def rewritten(text: str, scalar: Scalar, edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return the edits of the file for edits of what the scalar says.

    One without quotes gets some where it would mean something else.
    """
    inside = tuple(
        Edit(
            Span(scalar.offsets[edit.span.start], scalar.offsets[edit.span.end]),
            _escape(edit.new_text, scalar.style),
        )
        for edit in edits
    )
    source = text[scalar.span.start : scalar.span.end]
    shifted = [Edit(edit.span.shifted(-scalar.span.start), edit.new_text) for edit in inside]
    new = apply_edits(source, shifted)
    return inside if scalar.style or is_plain(new, scalar) else (Edit(scalar.span, quoted(new)),)


def is_plain(source: str, scalar: Scalar) -> bool:
    """Whether source without quotes would be a scalar where this one stands."""
    if scalar.in_brackets and _ENDS_PLAIN_IN_BRACKETS.search(source):
        return False
    return not _ENDS_PLAIN.search(source)


def quoted(source: str) -> str:
    """Return the source of a scalar in the quotes that need the fewer escapes."""
    if source.count("'") <= source.count('"') + source.count("\\"):
        return f"'{_escape(source, chr(39))}'" if '"' in source else f'"{_escape(source, chr(34))}"'
    return f'"{_escape(source, chr(34))}"'


def _escape(text: str, style: str) -> str:
    if style == "'":
        return text.replace("'", "''")
    return text.replace("\\", "\\\\").replace('"', '\\"') if style == '"' else text


def _flow(source: str, style: str) -> Iterator[tuple[str, int]]:
    begin = len(style)
    for found in _PIECES[style].finditer(source, begin, len(source) - begin):
        yield from _said(found)


def _said(found: re.Match[str]) -> Iterator[tuple[str, int]]:
    kind, value, at = found.lastgroup, found[found.lastgroup or 0], found.start()
    if kind == "fold":
        breaks = value.count("\n") - 1
        yield from (("\n", at) for _ in range(breaks))
        if not breaks:
            yield " ", at
    elif kind in {"x", "u", "U"}:
        yield chr(int(value, 16) % 0x110000), at
    elif kind == "escape":
        yield _ESCAPED.get(value, value), at
    elif kind in {"plain", "twice"}:
        yield value[0], at


def _block(source: str) -> Iterator[tuple[str, int]]:
    lines = list(_LINE.finditer(source, source.find("\n") + 1 or len(source)))
    contents = [found["content"] for found in lines]
    indent = min((len(line) - len(line.lstrip(" ")) for line in contents if line), default=0)
    for number, line in enumerate(lines):
        content = line["content"][indent:]
        at = line.end("content") - len(content)
        yield from ((character, at + index) for index, character in enumerate(content))
        if line["break"]:
            after = "".join(contents[number + 1 : number + 2])[indent:]
            is_folded = source[0] == ">" and _goes_on(content) and _goes_on(after)
            yield " " if is_folded else "\n", line.end("content")


def _goes_on(line: str) -> bool:
    return line[:1] not in {"", " ", "\t"}
