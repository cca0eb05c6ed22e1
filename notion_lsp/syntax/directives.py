"""Comments that a program reads: which of them are for the whole file."""

from __future__ import annotations

import re

# Such a comment is a licence, or begins with what no sentence begins with: a word in small letters
# that ends in a colon or has a hyphen in it (`type: ignore`, `eslint-disable`), a tag, or a sign.
# What a tag says of one declaration (`@type`), and what counts for the next line, stays above that
# line.
_SIGNS = re.compile(r"[/*#;\s-]*")
# At the beginning; Quarto and nbdev have options of a cell behind the latter two.
_MARKS = ("#!", "/*!", "#|", "//|")
_MARKS_AMONG_SIGNS = ("///", "-*-")
_FOR_WHAT_FOLLOWS = re.compile(r".*next-line|\S*-ignore\b(?!-)|@ts-(?:ignore|expect-error)")
_FOR_THE_FILE = re.compile(
    r"""
    <[a-z/] | [a-z][\w.-]*: | [a-z][\w.]*-[a-z]
    | (?i: copyright | spdx- )
    | @(?:[a-z]+-|file|flow|format|generated|jsx|license|no|package|preserve)
    """,
    re.VERBOSE,
)


def is_for_the_file(comment: str) -> bool:
    """Whether a comment at the top of a file counts only there, though code follows it at once."""
    if comment.startswith(_MARKS):
        return True
    signs = _SIGNS.match(comment)
    at = signs.end() if signs else 0
    if _FOR_WHAT_FOLLOWS.match(comment, at):
        return False
    is_marked = any(mark in comment[:at] for mark in _MARKS_AMONG_SIGNS)
    return is_marked or _FOR_THE_FILE.match(comment, at) is not None
