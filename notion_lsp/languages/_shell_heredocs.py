"""Here-documents of a shell, for a grammar that reads some otherwise than a shell does."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENED = re.compile(r"(?<!<)<<-?[ \t]*(?P<quote>['\"\\]?)(?P<word>\w+)\b['\"]?")
_ONE_WORD = re.compile(r"^\t*(\w+)\r?$", re.MULTILINE)
_ANSI_C_STRING = re.compile(r"\$(?=')")
# Another command behind the beginning of one: not `;;`, and not what a keyword follows.
_BEFORE_ANOTHER = re.compile(
    r"(?:[<>]&\d|[^;&|{}()'\"`#\r\n]|\([^()\r\n]*\)|\"[^\"\r\n]*\"|'[^'\r\n]*')*"
    r"(?=;(?!;|[ \t]*(?:do|then|\}))|&(?![&\d]))"
)
_ON_A_LINE = re.compile(r"[^\r\n]")


class _Read(NamedTuple):
    start: int
    end: int
    text: str


def readable(text: str) -> str:
    """Return the text as the grammar is to read it, in as many bytes.

    It takes `$'…'` in a here-document for a string, where it is plain text (Bash, 3.6.6), and of
    several that begin on one line the second for code: to the grammar that one is blank. Behind a
    semicolon on such a line it finds no end any more: what follows there is blank too.
    """
    pieces, position = [], 0
    for each in sorted(_changed(text)):
        pieces += [text[position : each.start], each.text]
        position = each.end
    return "".join(pieces) + text[position:]


def _changed(text: str) -> Iterator[_Read]:
    ends: dict[str, list[int]] = {}
    for line in _ONE_WORD.finditer(text):
        ends.setdefault(line[1], []).append(line.end())
    # The line on which some begin, where the grammar reads no more of it, and where they end.
    line_end = read_to = at = 0
    for opened in _OPENED.finditer(text):
        if line_end < opened.start() < at:
            continue
        is_first = opened.start() >= at
        below = ends.get(opened["word"], ())
        found = bisect_right(below, opened.end() if is_first else at)
        if found == len(below):
            continue
        if is_first:
            line_end, at = text.find("\n", opened.end()), below[found]
            another = _BEFORE_ANOTHER.match(text, opened.end(), line_end)
            read_to = another.end() if another else line_end
            yield _blank(text, read_to, line_end)
            if not opened["quote"]:
                yield _Read(line_end, at, _ANSI_C_STRING.sub("_", text[line_end:at]))
            continue
        if opened.start() < read_to:
            yield _blank(text, *opened.span())
        yield _blank(text, at, below[found])
        at = below[found]


def _blank(text: str, start: int, end: int) -> _Read:
    return _Read(start, end, _ON_A_LINE.sub(_spaces, text[start:end]))


def _spaces(found: re.Match[str]) -> str:
    return " " * len(found[0].encode("utf-8", "surrogatepass"))
