r"""Where an encoded text is folded: what a format puts between two rows of it.

Base64 is folded at 60, 64, 70, 72, 76 or 77 characters, and the first row may stand behind a label.
A fold is what stands between two rows; without the folds, the rows are one run of characters.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_SPACES = 40  # at the end of a row
# Some editors and chats put in spaces that do not break, or that nobody sees.
_SPACE = r"[ \t\xa0\u200b\ufeff]"
_GAP = rf"[ \t]{{0,{_MOST_SPACES}}}"
_BREAK = r"(?:\r{0,2}\n|\r|[\v\f\x85\u2028\u2029])"
# Indentation, the number of the line, the sign of a comment on each line, the marks of quoted mail,
# of a table and of a diff.
_MARGIN = (
    rf"{_SPACE}*(?:\d{{1,6}}(?:[:.)|]|(?={_SPACE})){_SPACE}*)?"
    r"(?:(?:[#*>|;%'!]|//[/!]?|--|<!--|\"\"|[+-](?=[ \t])|(?i:rem|dnl)(?=[ \t]))"
    rf"{_SPACE}*){{0,5}}"
)
_CLOSED = r"(?:\\{1,2}[rn]){0,2}\\{0,3}[\"'`]"
_OPENED = r"[bBrRuULfF@$]{0,2}\\{0,3}[\"'`]"
_OPERATOR = r"(?:[+&,\\^|<>~*]{1,2}|\.{1,3})"
_FOLDS = (
    # A line break as an escape, as in JSON, which GitHub's contents API gives.
    r"(?:(?:\\{1,4}r)?\\{1,4}n){1,4}(?:\\\n)?",
    r"(?:\\{1,4}(?:u000[DdAa]|x0[DdAa]|01[25])){1,4}",
    # The same in a URL, and in an attribute of XML.
    r"(?:%(?:25){0,4}0[DdAa]){1,4}",
    rf"(?:&#(?:[xX]0{{0,6}}[DdAa]|0{{0,6}}1[03]);){{1,4}}[ \t]*(?:{_BREAK}[ \t]*)?",
    # In HTML, and in the soft break of a mail that holds the rows in a text.
    rf"<[bB][rR][ ]?/?>[ \t]*(?:{_BREAK}[ \t]*)?",
    rf"={_BREAK}",
    # In a header of a mail (RFC 2047).
    r"\?=\s+=\?[\w-]{1,40}\?[bB]\?",
    # A line break of the text: in a shell a backslash comes before it, in PowerShell a backtick,
    # where `cat` shows the ends of lines a dollar sign, and in a table a bar. In Haskell the next
    # line begins with a backslash too.
    rf"{_SPACE}{{0,{_MOST_SPACES}}}[\\`^$|]?{_BREAK}{_MARGIN}\\?",
    # The end of a string and the beginning of the next one, with an operator or a comma between.
    rf"{_CLOSED}{_GAP}(?:{_OPERATOR}{_GAP})?[_`]?{_BREAK}?{_MARGIN}(?:{_OPERATOR}{_GAP})?{_OPENED}",
    # A statement that adds to what stands so far.
    rf"{_CLOSED}{_GAP}[;)]{{0,2}}{_GAP}{_BREAK}{_MARGIN}[$\w.]{{1,60}}[ \t]*[+.&]=[ \t]*{_OPENED}",
)
_ALPHABET = "A-Za-z0-9+/_-"
_FIRST = r"[ \t\r\n\v\f\x85\xa0\u200b\u2028\u2029\ufeff\\%&<=?$|\"'`^]"
# Spaces count at the end of a line alone: anywhere else they are between two words.
_NO_SPACE = rf"(?:(?<!{_SPACE})|(?={_SPACE}{{0,{_MOST_SPACES}}}[\\`^$|]?{_BREAK}))"
# These characters are found fast. The dashes around the label of a PEM file are not of its rows.
_END_OF_ROW = re.compile(rf"{_FIRST}(?<=[{_ALPHABET}]{_FIRST})(?<!--{_FIRST}){_NO_SPACE}")
_FOLD = re.compile(rf"(?:{'|'.join(_FOLDS)})(?=[{_ALPHABET}])(?!--)")
# In a diff, each of the two rows stands behind a sign.
_IN_A_DIFF = re.compile(rf"\r?\n(?P<sign>[+-])(?=[{_ALPHABET}])(?!-)")
_LONGEST_ROW = 200


def folds(text: str) -> Iterator[re.Match[str]]:
    """Yield what may stand between two rows of an encoded text."""
    end = 0
    for row in _END_OF_ROW.finditer(text):
        fold = _fold(text, row.start()) if row.start() >= end else None
        if fold:
            end = fold.end()
            yield fold


def _fold(text: str, end: int) -> re.Match[str] | None:
    # Rows of base64 seldom begin with a sign, and hardly ever both of two.
    signed = _IN_A_DIFF.match(text, end) if text[end] in "\r\n" else None
    line = text.rfind("\n", max(end - _LONGEST_ROW, 0), end) + 1 if signed else end
    return signed if signed and text[line] == signed["sign"] else _FOLD.match(text, end)
