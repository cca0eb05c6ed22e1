"""What a text means by a name: what a lookup means by it, or something else.

A language's `names` query has a node `@name` wherever a name may stand. In all of these places the
name means something else, but for two: `@use` is one in which a lookup uses it too, and at `@apart`
it is another sort of name, such as that of a member. Where rows disagree, `@otherwise` decides.
A node may have several names in it, as a path with dots has.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.syntax.captures import inside, is_around
from notion_lsp.syntax.trees import text_of
from notion_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from notion_lsp.syntax.trees import Match, Node

_NEAR = 1_000  # bytes: to ask for all names of as many costs no more than to ask once again
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


def asked(
    words: Sequence[Span], ask: Callable[[Span], Iterable[Match]]
) -> Iterator[tuple[Span, Sequence[Match]]]:
    """Yield words, which are spans of bytes in their order, each with the matches around it."""
    # To ask for all names takes its time where few places have this one. So does to ask for each
    # place where many have it, as a query steps over all that stands before.
    for group in _neighbours(words):
        found: dict[Span, list[Match]] = {word: [] for word in group}
        for match in ask(Span(group[0].start, group[-1].end)):
            nodes = (node for captured in match.nodes.values() for node in captured)
            for word in {word for node in nodes for word in _within(node, group)}:
                found[word].append(match)
        yield from found.items()


def _neighbours(words: Sequence[Span]) -> Iterator[Sequence[Span]]:
    start = 0
    for at, (word, following) in enumerate(pairwise(words), 1):
        if following.start - word.end > _NEAR:
            yield words[start:at]
            start = at
    if words:
        yield words[start:]


def _within(node: Node, words: Sequence[Span]) -> Sequence[Span]:
    first = bisect_left(words, node.start_byte, key=lambda word: word.start)
    return words[first : bisect_right(words, node.end_byte, lo=first, key=lambda word: word.end)]


def meaning_at(word: Span, name: str, matches: Sequence[Match]) -> Meaning:
    """Return what one place says, which is a span of bytes; a word in a string says nothing."""
    named = [
        node for match in matches for node in match.nodes.get("name", ()) if is_around(node, word)
    ]
    if not any(name in {text_of(node), *_BETWEEN.split(text_of(node))} for node in named):
        return Meaning()
    if inside("otherwise", matches, word):
        return Meaning(otherwise=True, is_name=True)
    used = inside("use", matches, word)
    return Meaning(used, otherwise=not used and not inside("apart", matches, word), is_name=True)
