"""Why a constant must stay one: by what uses it, in its own file and in the others.

A constant is known when the code is compiled, and a lookup is not. One that other files see is
`@shared`, or `@shared_beside` with those of its folder. So nothing may use it that the compiler
evaluates (`@constant_only`), also by way of a constant made from it (`@made_name` with its
`@made_from`). And it is there before anything runs: see `set_in_turn`. `@unused` names no value,
and what is `@unreadable` to the grammar may use it in any way. What follows it in its own file
becomes a variable with it, and has to be able to; a field that is made from it is set in its turn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.rewrite.constant_uses import Constant, meet, texts, uses
from notion_lsp.rewrite.set_in_turn import is_too_late
from notion_lsp.syntax.following import following
from notion_lsp.syntax.neighbour import nobody
from notion_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from notion_lsp.rewrite.source import Source
    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Site, Syntax

_UNREADABLE = "{} may use this constant, and cannot be looked through."
_TOO_LATE = "What runs before this constant is set may use it: move it up, or make it a function."


def must_stay(source: Source, site: Site) -> str | None:
    """Return why the constant that holds the literal cannot become a variable, if that is so."""
    constant = _constant(source, site)
    if constant is None:
        return None
    followers = _followers(constant)
    in_turn = (constant, *followers, *_fields(constant))
    too_late = _stand_above(constant, followers) or any(map(is_too_late, in_turn))
    return _evaluated(constant, followers) or (_TOO_LATE if too_late else None)


def _followers(constant: Constant) -> list[Constant]:
    # What is made from it may be seen further than it is.
    text = constant.syntax.text
    return [
        constant._replace(
            span=Span(each.name.start, each.value.end),
            names=frozenset({each.name.of(text)}),
            mentioning=constant.project,
        )
        for each in following(constant.syntax, constant.names)
    ]


def _fields(constant: Constant) -> list[Constant]:
    # What is made from it may be a field of any type.
    found: dict[tuple[Syntax, Span], Constant] = {}
    pending = [constant]
    while pending:
        whose = pending.pop()
        for syntax, made, value in _made_from(whose):
            with_object = value in syntax.outline.captures.get("set_with_object", ())
            is_field = with_object or value in syntax.outline.captures.get("set_at_once", ())
            if is_field and (syntax, value) not in found:
                others = constant.project
                field = Constant(value, frozenset({made}), syntax, others, with_object, others)
                found[syntax, value] = field
                pending.append(field)
    return list(found.values())


def _made_from(constant: Constant) -> Iterator[tuple[Syntax, str, Span]]:
    for name in constant.names:
        for syntax in filter(None, (each for _, each in texts(constant, name))):
            places = uses(constant, syntax, name)
            for made, value in _made(syntax, places):
                yield syntax, made, value


def _stand_above(constant: Constant, followers: Sequence[Constant]) -> bool:
    # A constant may be made from one below it, and a variable may not.
    return any(
        follower.span < other.span and any(map(follower.span.contains, other.syntax.places(name)))
        for other in (constant, *followers)
        for follower in followers
        for name in other.names
    )


def _constant(source: Source, site: Site) -> Constant | None:
    captures, syntax = site.captures, source.syntax
    around = [each for each in captures.get("constant", ()) if each.contains(site.literal.span)]
    if not around or syntax is None:
        return None
    span = min(around, key=lambda each: each.size)
    names = (each for each in captures.get("constant_name", ()) if span.contains(each))
    others = _others(source.mentioning, captures, span)
    of_object = span in captures.get("of_object", ())
    known = frozenset(each.of(source.text) for each in names)
    return Constant(span, known, syntax, others, of_object, source.mentioning)


def _others(
    mentioning: Mentioning, captures: Mapping[str, Sequence[Span]], constant: Span
) -> Mentioning:
    if constant in captures.get("shared", ()):
        return mentioning
    if constant in captures.get("shared_beside", ()):
        return lambda pattern: [each for each in mentioning(pattern) if each.beside]
    return nobody


def _evaluated(constant: Constant, followers: Sequence[Constant]) -> str | None:
    known: set[str] = set()
    pending = [(each, name) for each in (constant, *followers) for name in each.names]
    while pending:
        whose, name = pending.pop()
        known.add(name)
        for where, syntax in texts(whose, name):
            if syntax is None:
                return _UNREADABLE.format(where)
            places = uses(whose, syntax, name)
            if meet(syntax, "unreadable", places):
                return _UNREADABLE.format(where)
            follows = syntax is not constant.syntax and meet(syntax, "following_value", places)
            if follows or meet(syntax, "constant_only", places):
                return f"{where} uses this constant where only a constant may stand."
            made = {each for each, _ in _made(syntax, places)}
            pending += [(whose, each) for each in made - known]
    return None


def _made(syntax: Syntax, places: Sequence[Span]) -> Iterator[tuple[str, Span]]:
    captures = syntax.outline.captures
    made = zip(captures.get("made_name", ()), captures.get("made_from", ()), strict=True)
    return (
        (name.of(syntax.text), value) for name, value in made if any(map(value.contains, places))
    )
