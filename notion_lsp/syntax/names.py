"""What a text means by a name: what a lookup means by it, or something else.

A language's `names` query has a node `@name` wherever a name may stand. In all of these places the
name means something else, but for two: `@use` is one in which a lookup uses it too, and at `@apart`
it is another sort of name, such as that of a member. Where rows disagree, `@otherwise` decides.
A node may have several names in it, as a path with dots has.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.syntax.trees import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from notion_lsp.syntax.trees import Match, Node
    from notion_lsp.text import Span

# A dollar is part of a name in several languages.
_BETWEEN = re.compile(r"[^\w$]+")


class Meaning(NamedTuple):
    """Whether the name is used as lookups use it, and whether anything else has it, in a text."""

    used: bool = False
    otherwise: bool = False
    is_name: bool = False  # also where it is of another sort

    @property
    def is_free(self) -> bool:
        """Whether nothing in the text has the name."""
        return not (self.used or self.otherwise)


def meaning_of(places: Iterable[Meaning]) -> Meaning:
    """Return what all the places of a name say together."""
    known = tuple(places)
    return Meaning(any(each.used for each in known), any(each.otherwise for each in known))


def meaning_at(word: Span, name: str, matches: Sequence[Match]) -> Meaning:
    """Return what one place says, which is a span of bytes; a word in a string says nothing."""

    def is_captured(*captures: str) -> bool:
        nodes = (
            node for match in matches for each in captures for node in match.nodes.get(each, ())
        )
        return any(_has(node, word) for node in nodes)

    named = [node for match in matches for node in match.nodes.get("name", ()) if _has(node, word)]
    if not any(name in _BETWEEN.split(text_of(node)) for node in named):
        return Meaning()
    if is_captured("otherwise"):
        return Meaning(otherwise=True, is_name=True)
    used = is_captured("use")
    return Meaning(used, otherwise=not used and not is_captured("apart"), is_name=True)


def _has(node: Node, word: Span) -> bool:
    return node.start_byte <= word.start and word.end <= node.end_byte
