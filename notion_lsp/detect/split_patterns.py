"""Patterns of what may stand between the pieces of a split token, one set for all languages.

They are in the dialect of `regex`. Its possessive quantifiers, such as `*+`, never go back over
what they have matched, so that no text makes a pattern read it again and again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import regex

from notion_lsp.detect.anchors import BEGINNINGS, heads
from notion_lsp.detect.kinds import TOKEN_KINDS
from notion_lsp.detect.shapes import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterable

_FLAGS = regex.VERBOSE | regex.DOTALL | regex.MULTILINE
_QUOTE = r"""\\*+(?:\"\"\"|'''|["'`])"""
_NAME = r"(?P<name>[A-Za-z_]\w*+)"
# From each place within a word, the rest of the word would be read once more.
_WORD = rf"(?<!\w){_NAME}"
_QUALIFIED = (
    rf"(?:[$@]?+(?:[A-Za-z_]\w*+(?:\.|::|->)\$?+)*{_NAME}(?![\w(\[])|\$?+\w++\[[\"']{_NAME}[\"']\])"
)
_HOLE = r"(?:%[sv@]|\{\w*+\})"
_INTERPOLATION = rf"(?:[$\#]?\{{\s*+{_QUALIFIED}\s*+\}}|[$\\]\(\$?{_NAME}\)|\${_NAME}|%{_NAME}%)"

# Between two pieces may stand comments, white space, brackets, operators, and the name of a
# function that joins or converts strings in one of the languages.
_WORDS = (
    *("append", "array", "as_str", "cat", "concat", "format", "formatted", "from", "implode"),
    *("into", "join", "list", "listof", "of", "paste", "paste0", "plus", "push", "push_str"),
    *("sprintf", "str", "strcat", "string", "strings", "to_owned", "to_string", "tostring", "vec"),
)
_JOIN = rf"""(?:
    (?=[\#/-])(?<=\n[ \t]*)(?:\#|//|--)[ \t]*+(?=["'`]) | \\+n"\s*+,\s*+"
    | \#[^\n{{]*+\n | //[^\n]*+\n | --[^\n]*+\n | /\*.*?\*/
    | \\+(?:[nrt]|(?=\s)) | [_`](?=\r?\n) | [\s()\[\]{{}}+*.,&~^|<>%;¬] | [$\#@](?=[{{(\["'])
    | [fFrRbBuULcC@$]{{1,2}}(?=["'`\\]) | (?<=["'`])sv?\b | (?i:{"|".join(_WORDS)})!?\b
    | \w++=(?=["'`]) | [\w.$]++\s*+[+.&]{{1,2}}=(?!=) | (?P<it>[\w.$]++)\s*+:?=\s*+(?P=it)\s*+[+.&]
)*+"""


_SHAPES = [shape for kind in TOKEN_KINDS for shape in kind.shapes if shape.prefix]
_TOKEN = regex.compile("|".join(dict.fromkeys(shape.inner for shape in _SHAPES)), regex.ASCII)
PIECE = regex.compile(r"(?:[\w:.-]++|%(?=[0-9A-F]{2}))*+", regex.ASCII)


def _rests(first: str, texts: Iterable[str]) -> str:
    return "|".join(re.escape(text[1:]) for text in texts if text[0] == first)


def _start(first: str, edge: str) -> str:
    whole = _rests(first, (each.text for each in BEGINNINGS))
    cut = _rests(first, heads(BEGINNINGS))
    in_quotes = rf"""(?<=["'`]{first})(?:{cut})(?=["'`$\\#{{])"""
    return f"{first}{edge and f'(?<!{edge}{first})'}(?:{whole}|{in_quotes})"


def _starts(edge: str = "") -> re.Pattern[str]:
    # By the first character, `re` finds a choice in a third of the time that `regex` takes.
    firsts = dict.fromkeys(each.text[0] for each in BEGINNINGS)
    return re.compile("|".join(_start(first, edge) for first in firsts))


START = _starts("[A-Za-z0-9]")
START_IN_A_WORD = _starts()
_TO_NEXT = rf"{_JOIN}(?:{_QUOTE}(?P<text>)|(?P<mention>{_QUALIFIED}))"
# The ways from one piece to the next, tried in this order. The first set starts behind a piece in a
# string, the second behind the name of a constant. A way leads to a string, whose content begins at
# `text`, or to the `mention` of a constant; it has both where the mention stands in a string.
FROM_STRING = tuple(
    regex.compile(pattern, _FLAGS)
    for pattern in (
        r"\\\r?\n[ \t]*+(?P<text>)",
        rf"(?P<mention>{_INTERPOLATION})(?P<text>)",
        rf"[$\#]?\{{\s*+{_QUOTE}(?P<text>)",
        r"(?=[ ])(?<=%[wW]?\[[^\]\n]{0,200}|\bqw[(\[/{][^)\]\n]{0,200})[ ]++(?P<text>)",
        rf"{_HOLE}?+{_QUOTE}{_TO_NEXT}",
    )
)
FROM_NAME = (regex.compile(_TO_NEXT, _FLAGS),)
# An underscore that is put between pieces, and one that a string or a value begins with.
UNDERSCORE = re.compile(r"""_(?:(?<=["'`]_)(?=["'`])|(?<=[}s@]_)(?=[{%]))""")
UNDERSCORE_FIRST = re.compile(r"""_(?:(?<=["'`=]_)|(?<== _))[\w%:.-]*""")
JOINS_BY_NAME = re.compile(r"(?i)join|concat|format|implode|paste|printf|reduce|fold")
JOINS = re.compile(rf"{JOINS_BY_NAME.pattern}|append|push|plus|cat[ (]|template|%|\+| -f ")
MENTION = regex.compile(
    rf"(?P<mention>{_INTERPOLATION})(?P<text>)|(?<!\w)(?P<mention>{_QUALIFIED})", _FLAGS
)
_VALUE = rf"[\w%:.-]{{1,{LONGEST}}}+"
# The definition of a constant, from its name on. The second choice is for a shell, a Makefile, a
# Dockerfile and the like, whose values need no quotes; a line of a shell may define several.
CONSTANT = regex.compile(
    rf"""(?:(?<=\#define[ ]+|^[ \t]*@){_NAME}[ ]++
        |{_WORD}(?:[ ]string|\[\w*+\])?["']?\s*+(?::[^=\n,(){{}}]{{0,40}}+)?(?::?=>?|<-|:)\s*+)
        (?:[\w:]{{1,60}}+\(|[fFrRbBuULcC@$]{{1,2}}(?=["'`]))?
        (?P<quote>["'`])(?P<value>{_VALUE})(?P=quote)
    |(?=\w)(?<=(?:^|;|&&)[ \t]*(?:(?:export|set|ENV|ARG|local|readonly|declare)[ ]+)?)
        {_NAME}[ ]*+[:?]?=[ ]*+
        (?P<value>{_VALUE})[ \t]*+(?=[\r\n;&]|\Z)""",
    _FLAGS,
)


def may_go_on(value: str) -> bool:
    """Whether a value may still become a token, or a longer one, when more pieces follow."""
    return len(value) <= LONGEST and bool(_TOKEN.fullmatch(value, partial=True))
