"""Formats: what the rows of all languages are made of.

The captures are those of `notion_lsp.syntax.formats`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from notion_lsp.syntax.formats import Style


class Formats(NamedTuple):
    """The formats of a language: a query, and the styles that its captures name."""

    query: str
    styles: Mapping[str, Style]


# The flags, the width and the precision of C's `printf`, which most languages have taken over.
FLAGS = r"[-+ #0']*(?:[1-9]\d*|\*)?(?:\.(?:\d+|\*)?)?"


def percent(
    takes: str, number: str = "", other: str = "(?!)", *, name: str = "", signs: str = "%"
) -> re.Pattern[str]:
    """Return what finds the conversions that begin with `%`, by the patterns of each group.

    Behind it the `signs` take no value.
    """
    ways = [way for way in (f"[{signs}]", number, name, f"(?P<other>{other})") if way]
    return re.compile(rf"%(?:{'|'.join(ways)}|(?P<takes>{takes}))")


def calls(
    call: str, text: str, functions: Sequence[str], *, style: str = "format", argument: str = "{}"
) -> str:
    """Return the rows of calls whose first text is a format.

    `call` is a call's node with `@_function` in it and a place for the arguments, `argument` the
    node of one. Of the `functions` each takes one more argument before its format.
    """
    rows = []
    for before, names in enumerate(functions):
        if not names:
            continue
        passed = [". " + argument.format("(_) @_before")] * before
        behind = '(#not-match? @_before "^[\\"\'`]")' if before else ""
        arguments = " ".join([*passed, f". {argument.format(f'{text} @{style}')}"])
        rows.append(f'({call.format(arguments)} (#match? @_function "{names}") {behind})')
    return "\n".join(rows)
