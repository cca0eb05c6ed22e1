"""How deeply a text nests, measured in linear time before a native parser reads it.

A parser in C ends the process where it runs out of stack or of a buffer, and no caller can catch
that. What nests more deeply than these limits is not handed to one.
"""

from __future__ import annotations

import re

# Ten thousand brackets in each other are read by every grammar; nobody writes as many.
_BRACKETS = 5_000
# tree-sitter-yaml 0.7.2, scanner.c, `serialize`: four bytes for each column that is open, in a
# buffer of 1,024 bytes whose end it does not look at.
_COLUMNS = {"tree_sitter_yaml": 200}

# tree-sitter-python 0.25.0, scanner.c, `serialize`: two bytes for each indent that is open, behind
# one for each of up to 255 strings, in such a buffer. Python itself takes no more than 100 indents.
_INDENTS = {"tree_sitter_python": 350}
# What a statement is indented by may go on behind a backslash on the next line.
_INDENT = re.compile(r"(?:(?<=[\r\n])|\A)(?:[ \t\f]|\\\r?\n)+")

_BRACKET = re.compile(r"[(\[{]|[)\]}]")
_OPENING = "([{"
# Where one of these opens a list of types or compares, a parser of C goes through all that are
# open at once, in time that grows with their square. None spans a statement.
_ANGLES = re.compile(r"(<)|>|[;{}]")
_MOST_ANGLES = {"tree_sitter_c_sharp": 500, "tree_sitter_java": 500, "tree_sitter_groovy": 2_000}
# What binds to the right stays open until its statement ends, and where an error follows, all that
# is open is copied for each: in one step, which no limit on time can end.
_QUOTED = r"""(?P<quoted>"[^"\n]*"|'[^'\n]*')|"""
_ASSIGNMENTS = re.compile(_QUOTED + r"(?P<joins>(?<![=!<>])=(?!=))|[;,{}]")
_MOST_ASSIGNMENTS = {"tree_sitter_c": 500, "tree_sitter_java": 500, "tree_sitter_groovy": 500}
# A pipeline goes on behind a line break or a comment that follows its `|`.
_PIPES = re.compile(_QUOTED + r"\|\s*\||(?P<joins>\|)&?(?:\s|\\\n|#.*)*|[;&\n]")
_MOST_PIPES = {"tree_sitter_bash": 2_000}
# A collection begins where the text of a line does, and after each indicator (YAML 1.2.2, 8.2).
_BLOCK = re.compile(r"\A\s*|[-?:]\s+")
# The scanner passes over a line of nothing but spaces or a comment, wherever it begins.
_CLOSING = re.compile(r"\s*[^\s#]")


def nests_too_deeply(text: str, package: str) -> bool:
    """Whether the native parser of a package must not be given the text."""
    measures = (
        (_COLUMNS, _columns),
        (_INDENTS, _indents),
        (_MOST_ANGLES, _angles),
        (_MOST_ASSIGNMENTS, lambda text: _in_a_row(_ASSIGNMENTS, text)),
        (_MOST_PIPES, lambda text: _in_a_row(_PIPES, text)),
    )
    return _brackets(text) > _BRACKETS or any(
        package in limits and measure(text) > limits[package] for limits, measure in measures
    )


def _brackets(text: str) -> int:
    # Most texts have fewer brackets than may nest, and need no count of what is open.
    if sum(map(text.count, _OPENING)) <= _BRACKETS:
        return 0
    opened = deepest = 0
    for bracket in _BRACKET.finditer(text):
        opened = opened + 1 if bracket[0] in _OPENING else max(opened - 1, 0)
        deepest = max(deepest, opened)
    return deepest


def _angles(text: str) -> int:
    opened = deepest = 0
    for angle in _ANGLES.finditer(text):
        opened = opened + 1 if angle[1] else max(opened - 1, 0) if angle[0] == ">" else 0
        deepest = max(deepest, opened)
    return deepest


def _in_a_row(joined: re.Pattern[str], text: str) -> int:
    # What is found under no name ends a statement, or a part of it that is read as a whole.
    opened = most = 0
    for found in joined.finditer(text):
        if not found["quoted"]:
            opened = opened + 1 if found["joins"] else 0
            most = max(most, opened)
    return most


def _indents(text: str) -> int:
    # Those that are open differ, and a line within brackets or a string closes none.
    return len(set(_INDENT.findall(text)))


def _columns(text: str) -> int:
    # No fewer than the scanner keeps: it opens a collection for some of these columns.
    opened: list[int] = []
    deepest = 0
    for line in re.split(r"[\r\n]+", text):
        columns = [found.end() for found in _BLOCK.finditer(line)]
        closed_to = columns[0] if _CLOSING.match(line) else len(text)
        while opened and opened[-1] > closed_to:
            opened.pop()
        opened += [column for column in columns if not opened or column > opened[-1]]
        deepest = max(deepest, len(opened))
    return deepest
