"""Texts that may be shown: whatever a workspace put into them does nothing where they are read.

Sentences are written with backquotes around code. They name keys, files, variables and values that
somebody else has chosen. Whoever shows a text takes a `Shown` or a `Markdown`, which are made in
this folder alone: to forget it is an error of types.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NewType

from notion_lsp.explain.masking import mask_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element

# Plain text for a menu, a list of problems, a message, a terminal: one line, unless `lines` or a
# template of ours broke it, and no colour but ours.
Shown = NewType("Shown", str)
# Text for a hover, with the marks of CommonMark.
Markdown = NewType("Markdown", str)

BOLD, DIM, RED, GREEN, YELLOW, CYAN, RESET = (
    Shown(f"\x1b[{code}m") for code in ("1", "2", "31", "32", "33", "36", "0")
)

_CODE = re.compile(r"`([^`]+)`")
_DOT = "\N{MIDDLE DOT}"
# CommonMark and GitHub's form of it: marks, HTML, and addresses that become links by themselves.
_MARK = re.compile(r"[\\`*\[\]<>#~|&$!@]|(?<!\w)_|_(?!\w)|:(?=//)|(?<=www)\.")
# Build machines obey `##[…]`, `##vso[…]` and `##teamcity[…]` wherever in a line of a log it stands.
_COMMAND = re.compile(r"(?<=##)(\w*)\[")


def plain(sentence: str) -> Shown:
    """Return a sentence in one line of plain text, with quotes around what is marked as code."""
    # VS Code makes `[text](command:…)` in a message a link that runs the command; viewers of SARIF
    # make links too.
    return Shown(printable(_CODE.sub(r'"\1"', sentence)).replace("](", "] ("))


def plain_masked(sentence: str) -> Shown:
    """Return `plain` of a sentence in which others may have put a token: it is masked."""
    return plain(mask_text(sentence))


def printable(text: str) -> Shown:
    """Return a text in one line, with a dot for each character that is not drawn as itself.

    A terminal obeys control characters; some turn the text around, or are not seen at all. There is
    a dot too in what a build machine would obey.
    """
    drawn = text if text.isprintable() else "".join(map(_drawn, text))
    return Shown(_COMMAND.sub(rf"\1{_DOT}", drawn))


def _drawn(character: str) -> str:
    return character if character.isprintable() or character == "\t" else _DOT


def lines(text: str) -> Shown:
    """Return `printable` of each line of a text whose lines are ours, such as a traceback."""
    return Shown("\n".join(map(printable, text.split("\n"))))


def composed(template: str, **parts: Shown | int) -> Shown:
    """Return a template, which is a literal of ours, with the parts put in."""
    return Shown(template.format(**parts))


def joined(parts: Iterable[Shown], between: Literal["", "\n"] = "") -> Shown:
    """Return the parts as one text."""
    return Shown(between.join(parts))


def as_json(data: object) -> Shown:
    """Return data as JSON, in which all but ASCII is escaped, and what a build machine obeys."""
    return _as_json(data, indent=2)


def as_json_lines(rows: Iterable[object]) -> Shown:
    """Return each of the rows as JSON, as above, in a line of its own."""
    return Shown("".join(_as_json(row, indent=None) for row in rows))


def _as_json(data: object, indent: int | None) -> Shown:
    import json

    return Shown(_COMMAND.sub(r"\1\\u005b", json.dumps(data, indent=indent)) + "\n")


def as_xml(root: Element) -> Shown:
    """Return a document of XML 1.0, in which all but ASCII is escaped.

    XML 1.0 has no way to write most control characters: a dot stands for each.
    """
    from xml.etree import ElementTree as ET

    for element in root.iter():
        element.text = element.text and printable(element.text)
        element.attrib = {key: printable(value) for key, value in element.attrib.items()}
    ET.indent(root)
    data = ET.tostring(root, encoding="us-ascii", xml_declaration=True)
    return Shown(data.decode("ascii") + "\n")


def markdown(sentence: str) -> Markdown:
    """Return a sentence in Markdown: code stays code, and nothing else is a mark."""
    pieces = _CODE.split(sentence)
    marked = (
        code(piece) if number % 2 else _MARK.sub(r"\\\g<0>", printable(piece))
        for number, piece in enumerate(pieces)
    )
    return Markdown("".join(marked))


def source(text: Markdown) -> Shown:
    """Return a page of Markdown as what is written, for a terminal or a file."""
    return Shown(text)


def code(text: str) -> Markdown:
    """Return a text as code in Markdown."""
    return Markdown(f"`{printable(text).replace('`', chr(39))}`")
