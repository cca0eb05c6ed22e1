"""Markdown: nothing reads a token from its text, and a fence of code is a text of its own."""

from __future__ import annotations

import re
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

from notion_lsp.languages import Language, Part, Recognition, Writing, language_of, languages
from notion_lsp.lookup import Lookup
from notion_lsp.syntax.embedded import read
from notion_lsp.syntax.line_patterns import Line, LineGrammar
from notion_lsp.text import LINE_BREAK, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from notion_lsp.syntax.site import Syntax

# CommonMark 0.31, section 4.5: a fence is closed by one of the same sign that is at least as long,
# or by the end of the document. Behind an opening one of backticks there are none. Code that R
# Markdown and Quarto run has its language in braces, and so have attributes of Pandoc's.
_FENCE = re.compile(
    r"""(?x)
    (?:\A|(?<=[\r\n])) (?P<indent> [ \t]* (?: (?:[-*+]|\d{1,9}[.)]) [ \t]+ )? )
    (?P<fence> (?P<sign>[`~]) (?P=sign){2,} ) [ \t]* (?:\{\.?)? (?P<info> [\w\#+-]* ) [^`\r\n]*
    (?: (?:\r\n|\n|\r) (?P<code> [\s\S]*? )
      (?: (?<=[\r\n]) [ \t]* (?P=fence) (?P=sign)* [ \t]* (?=[\r\n]|\Z) | \Z ) )
    """
)
# Code in a line of text, which they run too.
_RUN = r"`(?:r|\{\w+\})[ ][^`\r\n]*`"
_INLINE = Line(
    rf"(?P<fixed>{_RUN})",
    "This code is run: have a block above it read the token, and name the result here.",
)
_TEXT = Line(
    # Jekyll, Hugo, Pandoc and others read what stands above the text.
    rf"\A(?P<fixed>---[ \t]*\r?\n(?s:.*?)^---[ \t]*\r?$)|{_RUN}"
    rf"|(?P<comment>(?:(?!{_RUN})[^\r\n])+)",
    "A program reads what stands above the text: set the value where that runs.",
)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z")
_MARKER = re.compile(r"\S")


def _parts(syntax: Syntax) -> tuple[Part, ...]:
    fences = _FENCE.finditer(syntax.text)
    return tuple(part for fence in fences if (part := _part(fence)))


def _part(fence: re.Match[str]) -> Part | None:
    language = _language(fence["info"].lower(), fence["code"])
    if language is None:
        return None
    # What stands below a list's marker is indented as far.
    indent = _MARKER.sub(" ", fence["indent"])
    code = read(_lines(fence, len(indent)))
    return Part(code, code.text, language, partial(_indented, indent), alone=True)


def _language(name: str, code: str) -> Language | None:
    """Return the language of an info string, by a file's ending, an editor's id or its own.

    Where a file of the language could not be rewritten either, nothing reads a token from here.
    """
    by_id = next((each for each in languages() if each.id == name), None)
    found = language_of(PurePath(f"code.{name}"), name, code) or by_id
    return found if found and isinstance(found.environment, Lookup) else None


def _lines(fence: re.Match[str], indent: int) -> Iterator[tuple[str, Span]]:
    for line in _LINE.finditer(fence.string, *fence.span("code")):
        own = len(line[0]) - len(line[0].lstrip(" \t"))
        start = line.start() + min(own, indent)
        yield fence.string[start : line.end()], Span(start, line.end())


def _indented(indent: str, code: str, ends: bool) -> str:  # noqa: FBT001, the part's own call
    first, *lines = LINE_BREAK.split(code)
    # The end of the last line goes on with what stood there; an empty line has no indentation.
    last = [] if ends else [f"{indent}{lines.pop()}"] if lines else []
    return "\n".join([first, *(f"{indent}{line}" if line else "" for line in lines), *last])


LANGUAGE = Language(
    id="markdown",
    title="Markdown",
    recognition=Recognition(
        files=("*.md", "*.markdown", "*.Rmd", "*.rmd", "*.qmd"),
        editor_ids=("markdown", "quarto", "rmd"),
    ),
    # Every line is a comment, which gets a placeholder in any language.
    environment=Lookup("****"),
    grammar=LineGrammar((_INLINE, _TEXT)),
    writing=Writing(comment="<!-- {} -->"),
    parts=_parts,
)
