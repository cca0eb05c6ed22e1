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

# Plain text for a menu, a list of problems, a message, a terminal: one line, unless `lines` or a
# template of ours broke it, and no colour but ours.
Shown = NewType("Shown", str)
# Text for a hover, with the marks of CommonMark.
Markdown = NewType("Markdown", str)

BOLD, DIM, RED, GREEN, YELLOW, CYAN, RESET = (
    Shown(f"\x1b[{code}m") for code in ("1", "2", "31", "32", "33", "36", "0")
)

_CODE = re.compile(r"`([^`]+)`")
# CommonMark and GitHub's form of it: marks, HTML, and addresses that become links by themselves.
_MARK = re.compile(r"[\\`*\[\]<>#~|&$!@]|(?<!\w)_|_(?!\w)|:(?=//)|(?<=www)\.")


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

    A terminal obeys control characters; some turn the text around, or are not seen at all.
    """
    return Shown(
        "".join(
            character if character.isprintable() or character == "\t" else "\N{MIDDLE DOT}"
            for character in text
        )
    )


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
    """Return data as JSON, in which all but ASCII is escaped."""
    import json

    return Shown(json.dumps(data, indent=2) + "\n")


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
