"""Comments that a program reads: which of them are for the whole file."""

from __future__ import annotations

import re

# Such a comment is a licence, or begins with what no sentence begins with: a word in small letters
# that ends in a colon or has a hyphen in it (`type: ignore`, `eslint-disable`), a tag, or a sign.
# What a tag says of one declaration (`@type`), and what counts for the next line, stays above that
# line.
_FOR_THE_FILE = re.compile(
    r"""
    [#]! | /[*]! | [/*#;\s-]*
    (?! .*next-line | \S*-ignore\b(?!-) | @ts-(?:ignore|expect-error) )
    (?: <[a-z/] | /// | -[*]- | [a-z][\w.-]*: | [a-z][\w.]*-[a-z]
      | (?i: copyright | spdx- )
      | @(?:[a-z]+-|file|flow|format|generated|jsx|license|no|package|preserve) )
    """,
    re.VERBOSE,
)


def is_for_the_file(comment: str) -> bool:
    """Whether a comment at the top of a file counts only there, though code follows it at once."""
    return _FOR_THE_FILE.match(comment) is not None
