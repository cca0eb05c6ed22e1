"""The constants of a text that are made from another one, and become variables when it does.

A language names them in its outline: `@following_const` is the keyword, `@following_name` the name,
and `@following_value` what it is made from.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from notion_lsp.syntax.site import Syntax
    from notion_lsp.text import Span

_WORD = re.compile(r"\w+")


class Follower(NamedTuple):
    """A constant that is made from another one: its keyword, its name and its value."""

    const: Span
    name: Span
    value: Span


def following(syntax: Syntax, names: Iterable[str]) -> list[Follower]:
    """Return the constants that are made from these, also by way of each other, in order."""
    using, declared = syntax.once(_by_word, None)
    found, pending = set[Follower](), list(names)
    while pending:
        name = pending.pop()
        places = syntax.places(name)
        made = (row for row in using.get(name, ()) if any(map(row.value.contains, places)))
        # One declaration may have several, and they change together.
        new = {each for row in made for each in declared[row.const]} - found
        pending += [row.name.of(syntax.text) for row in new]
        found |= new
    return sorted(found)


def _by_word(
    syntax: Syntax, _: None
) -> tuple[Mapping[str, Sequence[Follower]], Mapping[Span, Sequence[Follower]]]:
    # To look at each for each name would take long in a text of many.
    using: dict[str, list[Follower]] = {}
    declared: dict[Span, list[Follower]] = {}
    captures = syntax.outline.captures
    parts = (captures.get(f"following_{each}", ()) for each in Follower._fields)
    for row in map(Follower._make, zip(*parts, strict=True)):
        declared.setdefault(row.const, []).append(row)
        for word in set(_WORD.findall(row.value.of(syntax.text))):
            using.setdefault(word, []).append(row)
    return using, declared
