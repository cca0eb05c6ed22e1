"""What a scalar of YAML says, and where in the source it says it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from notion_lsp.text import Edit, Span, apply_edits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from notion_lsp.syntax.site import Literal

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

# What is said, and where in the source.
_Piece = tuple[str, int, int]

# What ends a plain scalar, or makes another thing of it.
_ENDS_PLAIN = re.compile(r":(?=\s|\Z)|(?<=\s)#|\A[-?:](?=\s|\Z)|\A[\[\]{}&*!|>%@`\"'#,]")
_ENDS_PLAIN_IN_BRACKETS = re.compile(r"[\[\]{},]")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar: its quote or the sign of its block, what it says, and where each character is."""

    span: Span
    style: str
    text: str
    spans: tuple[Span, ...]
    in_brackets: bool = False

    def spoken(self, span: Span) -> Span:
        """Return where in what the scalar says a span of the file stands."""
        starts = [each.start for each in self.spans]
        return Span(bisect_left(starts, span.start), bisect_left(starts, span.end))

    def source(self, span: Span) -> Span:
        """Return where in the file a span of what the scalar says stands."""
        end = self.spans[span.end - 1].end
        return Span(self.spans[span.start].start if span.start < span.end else end, end)


def read(text: str, literal: Literal, *, in_brackets: bool) -> Scalar:
    """Return the scalar that a literal of a file in YAML is."""
    source = literal.span.of(text)
    is_block = literal.type == "block_scalar"
    style = source[:1] if is_block or source[:1] in {"'", '"'} else ""
    pieces = list(_block(source) if is_block else _flow(source, style))
    spans = tuple(Span(start, end).shifted(literal.span.start) for _, start, end in pieces)
    said = "".join(said for said, _, _ in pieces)
    return Scalar(literal.span, style, said, spans, in_brackets)


def rewritten(text: str, scalar: Scalar, edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return the edits of the file for edits of what the scalar says.

    One without quotes gets some where it would mean something else.
    """
    inside = tuple(
        Edit(
            scalar.source(edit.span),
            _escape(edit.new_text, scalar.style),
        )
        for edit in edits
    )
    source = scalar.span.of(text)
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


def _flow(source: str, style: str) -> Iterator[_Piece]:
    begin = len(style)
    for found in _PIECES[style].finditer(source, begin, len(source) - begin):
        for said in _said(found):
            yield said, found.start(), found.end()


def _said(found: re.Match[str]) -> str:
    kind, value = found.lastgroup, found[found.lastgroup or 0]
    if kind == "fold":
        return "\n" * (value.count("\n") - 1) or " "
    if kind in {"x", "u", "U"}:
        return chr(int(value, 16) % 0x110000)
    if kind == "escape":
        return _ESCAPED.get(value, value)
    return "" if kind == "joined" else value[0]


def _block(source: str) -> Iterator[_Piece]:
    lines = list(_LINE.finditer(source, source.find("\n") + 1 or len(source)))
    contents = [found["content"] for found in lines]
    indent = min((len(line) - len(line.lstrip(" ")) for line in contents if line), default=0)
    for number, line in enumerate(lines):
        content, end = line["content"][indent:], line.end("content")
        for at, character in enumerate(content, end - len(content)):
            yield character, at, at + 1
        if line["break"]:
            after = "".join(contents[number + 1 : number + 2])[indent:]
            is_folded = source[0] == ">" and _goes_on(content) and _goes_on(after)
            yield " " if is_folded else "\n", end, line.end()


def _goes_on(line: str) -> bool:
    return line[:1] not in {"", " ", "\t"}
