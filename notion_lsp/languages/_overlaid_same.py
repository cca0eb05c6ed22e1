"""Whether a name below means that which a value is a member of: the same object or collection."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.languages._overlaid_order import run_first
from notion_lsp.languages._overlaid_place import Around, line_of, near
from notion_lsp.languages._overlays import WORD, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.languages._overlaid_place import Place
    from notion_lsp.languages._overlays import Named
    from notion_lsp.text import Span

# What code calls the object itself, and what sets a member of that by a name.
_ITSELF = frozenset({"cls", "instance_variable_set", "self", "static", "this"})


class Owners(NamedTuple):
    """What code may call that of which a value is a member."""

    names: set[str] | frozenset[str]
    roots: set[str]  # with one of which a name of the member begins
    known: set[str]  # of which the name consists

    def have(self, words: Sequence[str]) -> bool:
        """Whether a name of these words is theirs: of `session.headers` they are another's."""
        return words[0] in self.roots and self.known.issuperset(words)


def owners_of(place: Place) -> Owners:
    """Return what code may call that of which the value is a member, copies of it too."""
    words = words_of(place.laid)
    copies = place.overlays.copies.get(place.name, ())
    holders = {*words, *(copy[-1] for copy in copies), *place.keys[:-1]}
    roots = {*words[:1], *(copy[0] for copy in copies)}
    if place.innermost == "class":
        roots |= {"self", *place.classes}
    roots |= _ITSELF if roots & _ITSELF else set()
    known = {*words, *place.keys, *chain(*copies), *roots}
    return Owners(holders if place.keys else _ITSELF, roots, known)


def is_in_sight(place: Place, later: Span) -> bool:
    """Whether the name means the same there: a variable of a function is seen in that one alone."""
    around = (each for each in place.around(place.literal) if each.kind != "branch")
    kind, innermost = max(around, key=lambda each: each.span.start, default=Around("", later))
    is_local = kind == "function" and WORD.fullmatch(place.laid.lstrip("$%"))
    return not is_local or innermost.contains(later)


def is_same(place: Place, later: Named) -> bool:
    """Whether it is no variable of another function, nor what another class has."""
    laid, functions = words_of(place.laid), place.apart("function", later.span)
    if len(laid) == 1 and later.words[:1] == laid and laid[0] not in place.overlays.shared:
        given = near(place.overlays.given.get(laid[0], ()), later.span)
        return not any(span.contains(each.span) for span in functions for each in given)
    if later.words[0] not in _ITSELF:
        return True
    if not run_first(place, functions):
        return False
    # `self` and its like are another object in each class, but for those made of the first.
    classes = place.apart("class", later.span)
    lines = (words_of(line_of(place.syntax, each)) for each in classes)
    return not classes or any(not place.classes.isdisjoint(line) for line in lines)
