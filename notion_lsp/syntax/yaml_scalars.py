"""What a scalar of YAML says, and where in the source it says it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from notion_lsp.syntax.embedded import Embedded
from notion_lsp.syntax.embedded import read as embedded
from notion_lsp.text import Edit, Span, apply_edits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# YAML 1.2.2, 6.5: in a flow scalar a line break says a space, and each empty line a line break.
# Blanks that end no line are one stretch: each of them would look for the break anew.
_FOLD = r"(?P<fold>[ \t]*\r?\n(?:[ \t]*\r?\n)*[ \t]*)"
_STRETCHES = {
    "": re.compile(rf"{_FOLD}|(?P<plain>[^\s]+|[ \t]+|.)"),
    # 7.3.2: in single quotes there is one escape, a quote that is written twice.
    "'": re.compile(rf"{_FOLD}|(?P<twice>'')|(?P<plain>[^\s']+|[ \t]+|.)"),
    # 7.3.1: in double quotes, a backslash before a line break joins the lines without a space.
    '"': re.compile(
        rf"(?P<joined>\\\r?\n[ \t]*)|{_FOLD}"
        r"|\\(?:x(?P<x>[\da-fA-F]{2})|u(?P<u>[\da-fA-F]{4})|U(?P<U>[\da-fA-F]{8})|(?P<escape>.))"
        r"|(?P<plain>[^\s\\]+|[ \t]+|.)"
    ),
}
# From YAML 1.2.2, 5.7.
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "a": "\a", "b": "\b", "e": "\x1b"}
_LINE = re.compile(r"(?P<content>[^\r\n]*)(?P<break>\r?\n|\r|\Z)(?<=.)", re.DOTALL)

# What is said, and where in the source.
_Stretch = tuple[str, Span]

# What ends a plain scalar, or makes another thing of it.
_ENDS_PLAIN = re.compile(r":(?=\s|\Z)|(?<=\s)#|\A[-?:](?=\s|\Z)|\A[\[\]{}&*!|>%@`\"'#,]")
# YAML 1.2.2, 7.3.3: in a flow collection, a plain scalar holds none of these.
_ENDS_PLAIN_IN_BRACKETS = re.compile(r"[\[\]{},]")
_BLOCKS = {"|", ">"}


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar: its quote or the sign of its block, and what it says."""

    span: Span
    style: str
    embedded: Embedded
    in_brackets: bool = False

    @property
    def text(self) -> str:
        """What the scalar says."""
        return self.embedded.text


def read(text: str, span: Span, *, in_brackets: bool) -> Scalar:
    """Return the scalar at a span of a file in YAML."""
    source = span.of(text)
    style = source[:1] if source[:1] in {"'", '"', *_BLOCKS} else ""
    stretches = _block(source) if style in _BLOCKS else _flow(source, style)
    said = embedded((said, at.shifted(span.start)) for said, at in stretches)
    return Scalar(span, style, said, in_brackets)


def rewritten(text: str, scalar: Scalar, edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return the edits of the file for edits of what the scalar says."""
    return requoted(
        text,
        scalar,
        [
            Edit(scalar.embedded.outer(edit.span), escaped(edit.new_text, scalar.style))
            for edit in edits
        ],
    )


def requoted(text: str, scalar: Scalar, edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return edits inside a scalar, or one of the whole where it needs quotes that it has not."""
    if scalar.style:
        return tuple(_without_blanks(text, edit) for edit in edits)
    shifted = [Edit(edit.span.shifted(-scalar.span.start), edit.new_text) for edit in edits]
    new = apply_edits(scalar.span.of(text), shifted)
    return tuple(edits) if is_plain(new, scalar) else (Edit(scalar.span, quoted(new)),)


def _without_blanks(text: str, edit: Edit) -> Edit:
    # The indent of a line that would be empty but for it.
    new = edit.new_text.rstrip(" ")
    is_empty = new.endswith("\n") and text[edit.span.end : edit.span.end + 1] in {"\r", "\n"}
    return edit._replace(new_text=new) if is_empty else edit


def is_plain(source: str, scalar: Scalar) -> bool:
    """Whether source without quotes would be a scalar where this one stands."""
    if scalar.in_brackets and _ENDS_PLAIN_IN_BRACKETS.search(source):
        return False
    return not _ENDS_PLAIN.search(source)


def quoted(source: str) -> str:
    """Return the source of a scalar in the quotes that need the fewer escapes."""
    if source.count("'") <= source.count('"') + source.count("\\"):
        return f"'{escaped(source, chr(39))}'" if '"' in source else f'"{escaped(source, chr(34))}"'
    return f'"{escaped(source, chr(34))}"'


def escaped(text: str, style: str) -> str:
    """Return a text as a scalar of that style writes it."""
    if style == "'":
        return text.replace("'", "''")
    return text.replace("\\", "\\\\").replace('"', '\\"') if style == '"' else text


def _flow(source: str, style: str) -> Iterator[_Stretch]:
    begin = len(style)
    for found in _STRETCHES[style].finditer(source, begin, len(source) - begin):
        for said in _said(found):
            yield said, Span(*found.span())


def _said(found: re.Match[str]) -> Sequence[str]:
    kind, value = found.lastgroup, found[found.lastgroup or 0]
    if kind == "fold":
        # Each character of it stands for the whole fold.
        return "\n" * (value.count("\n") - 1) or " "
    if kind in {"x", "u", "U"}:
        return [chr(int(value, 16) % 0x110000)]
    if kind == "escape":
        return [_ESCAPED.get(value, value)]
    if kind == "twice":
        return ["'"]
    return [] if kind == "joined" else [value]


def _block(source: str) -> Iterator[_Stretch]:
    lines = list(_LINE.finditer(source, source.find("\n") + 1 or len(source)))
    contents = [found["content"] for found in lines]
    indent = min((len(line) - len(line.lstrip(" ")) for line in contents if line), default=0)
    for number, line in enumerate(lines):
        content, end = line["content"][indent:], line.end("content")
        yield content, Span(end - len(content), end)
        if line["break"]:
            after = "".join(contents[number + 1 : number + 2])[indent:]
            # YAML 1.2.2, 8.1.3: lines that begin with white space are not folded.
            is_folded = source[0] == ">" and _goes_on(content) and _goes_on(after)
            yield " " if is_folded else "\n", Span(end, line.end())


def _goes_on(line: str) -> bool:
    return line[:1] not in {"", " ", "\t"}
