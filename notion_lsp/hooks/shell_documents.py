"""The here documents of a shell's command, each with the statement that reads it.

Only what the shell itself takes for one counts: in a string, in a comment and in another document
the same signs are text, which the shell or another program may read once more
(pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html, 2.2, 2.3 and 2.7.4).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_STRING = '"'
# In code. `passed` are strings, comments, sums, and redirections whose `&` ends nothing.
_CODE = re.compile(
    r"""(?P<passed>\\.|\$'(?:[^'\\]|\\.)*'|'[^']*'|(?<![^\s;&|(])\#[^\n]*|<<<|[<>]&|&>"""
    r"""|\$?\(\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)\))"""
    r"""|<<(?P<tabs>-?)[ \t]*"""
    r"""(?P<word>(?:'[^'\n]*'|"[^"\n$`\\]*"|\\.|[^\s;&|<>()'"\\`])+)"""
    r"""|(?P<opens>[("])|(?P<closes>\))|(?P<ends>\n|;|&&?|\|\|)|(?P<lost>['`])"""
    r"""|(?<![^\s;&|(])(?P<choice>case)(?=\s)""",
    re.DOTALL,
)
# In a string, in which code may stand.
_TEXT = re.compile(r'(?P<passed>\\.)|\$(?P<opens>\()|(?P<closes>")|(?P<lost>`)', re.DOTALL)
_MARKS = re.compile(r"\\(.)|['\"]")


class Document(NamedTuple):
    """A here document: the statement that reads it, and where its word and its lines stand.

    The line that is the `closing` word ends it. The shell takes tabs away before its lines if
    `has_tabs`, and leaves the lines as they are if `is_quoted`. `is_alone` if no other one begins
    in the same line.
    """

    statement: str
    word: Span
    closing: str
    lines: Span
    has_tabs: bool
    is_quoted: bool
    is_alone: bool


def documents_in(command: str) -> Iterator[Document]:
    """Yield the here documents that stand in code; there are none behind what is not understood."""
    return _Reader(command).documents()


class _Begun(NamedTuple):
    start: int  # of the statement
    word: Span
    has_tabs: bool


class _Reader:
    """Goes over a command once, from left to right."""

    def __init__(self, command: str) -> None:
        self._command = command
        self._at = self._start = 0  # of a statement
        self._inside: list[tuple[str, int]] = []  # what opened, and the statement around it
        self._begun: list[_Begun] = []
        self._ends: list[int] = []  # of statements, since the last line

    def documents(self) -> Iterator[Document]:
        while found := self._pattern().search(self._command, self._at):
            self._at = found.end()
            match found.lastgroup:
                case "lost":
                    return
                case "choice" if self._inside:  # each of its patterns ends with a parenthesis
                    return
                case "word":
                    word = Span(*found.span("word"))
                    self._begun.append(_Begun(self._start, word, bool(found["tabs"])))
                case "opens":
                    self._inside.append((found["opens"], self._start))
                    self._start = self._at
                case "closes" | "ends":
                    self._ended(found)
            if found[0] == "\n":
                yield from self._lines()

    def _pattern(self) -> re.Pattern[str]:
        return _TEXT if self._inside and self._inside[-1][0] == _STRING else _CODE

    def _ended(self, found: re.Match[str]) -> None:
        self._ends.append(found.start())
        self._start = self._at
        if found["closes"] and self._inside:
            _, self._start = self._inside.pop()

    def _lines(self) -> Iterator[Document]:
        read = Counter(each.start for each in self._begun)
        for each in self._begun:
            lines = self._ended_by(each)
            if lines is None:
                self._at = len(self._command)
                return
            # Of several that a statement has, it reads one.
            if read[each.start] == 1:
                yield self._document(each, lines)
        self._begun, self._ends, self._start = [], [], self._at

    def _ended_by(self, begun: _Begun) -> Span | None:
        tabs, closing = r"\t*" if begun.has_tabs else "", _closing(begun.word.of(self._command))
        last = re.compile(rf"^{tabs}{re.escape(closing)}$", re.MULTILINE)
        found = last.search(self._command, self._at)
        if found is None:
            return None
        lines = Span(self._at, found.start())
        self._at = min(found.end() + 1, len(self._command))
        return lines

    def _document(self, begun: _Begun, lines: Span) -> Document:
        word = begun.word.of(self._command)
        closing, end = _closing(word), self._ends[bisect_left(self._ends, begun.word.end)]
        return Document(
            statement=self._command[begun.start : end],
            word=begun.word,
            closing=closing,
            lines=lines,
            has_tabs=begun.has_tabs,
            is_quoted=closing != word,
            is_alone=len(self._begun) == 1,
        )


def _closing(word: str) -> str:
    return _MARKS.sub(r"\1", word)
