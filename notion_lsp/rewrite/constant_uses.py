"""A constant, and the places that have its name, in its own file and in others."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.syntax.neighbour import Mentioning, word
from notion_lsp.syntax.scopes import has_its_own, means_another, scopes_of_others
from notion_lsp.text import overlapping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from notion_lsp.syntax.site import Syntax
    from notion_lsp.text import Span


class Constant(NamedTuple):
    """A constant, its names, and where to ask for the files that have one of them.

    One that is `of_object` belongs to each object of its class. `project` finds any other file.
    """

    span: Span
    names: frozenset[str]
    syntax: Syntax
    mentioning: Mentioning
    of_object: bool
    project: Mentioning


def texts(constant: Constant, name: str) -> Iterator[tuple[str, Syntax | None]]:
    """Yield the files that may use a name of the constant's, as a sentence calls each."""
    yield "This file", constant.syntax
    for each in constant.mentioning(word(name)):
        told = each.syntax if each.syntax and each.syntax.tells_names else None
        if not (told and has_its_own(told, name)):
            yield each.name, told


def uses(constant: Constant, syntax: Syntax, name: str) -> list[Span]:
    """Return the places of a text that use a name as a value, but for the constant itself."""
    own = syntax is constant.syntax
    others = scopes_of_others(syntax, constant.span, name) if own else ()
    is_another = means_another(syntax.text, others)
    is_unused = syntax.once(_overlapping, "unused")
    return [
        place
        for place in syntax.places(name)
        if not (own and constant.span.contains(place))
        if not is_another(place)
        if not is_unused(place)
    ]


def meet(syntax: Syntax, capture: str, places: Sequence[Span]) -> bool:
    """Whether one of the places stands in what the outline captures by that name."""
    return any(map(syntax.once(_overlapping, capture), places))


def _overlapping(syntax: Syntax, capture: str) -> Callable[[Span], bool]:
    return overlapping(syntax.outline.captures.get(capture, ()))
