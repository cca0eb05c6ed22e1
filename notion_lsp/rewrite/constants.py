"""Why a constant must stay one: by what uses it, in its own file and in the others.

A constant is known when the code is compiled, and a lookup is not. One that other files see is
`@shared`, or `@shared_beside` with those of its folder. So nothing may use it that the
compiler evaluates (`@constant_only`), also by way of a constant made from it (`@made_name` with its
`@made_from`). And it is there before anything runs, where a variable is set in its turn: what runs
before it (`@set_at_once` above it in its `@members`, `@set_first` anywhere) may not reach it, be it
by a member that uses it (`@member_name` with its `@member_code`). `@unused` names no value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.syntax.neighbour import nobody, word

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from notion_lsp.rewrite.source import Source
    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Site, Syntax
    from notion_lsp.text import Span

_TOO_LATE = "What runs before this constant is set may use it: move it up, or make it a function."


class _Constant(NamedTuple):
    """A constant, its names, and where to ask for the other files that have one of them."""

    span: Span
    names: frozenset[str]
    syntax: Syntax
    mentioning: Mentioning


def must_stay(source: Source, site: Site) -> str | None:
    """Return why the constant that holds the literal cannot become a variable, if that is so."""
    constant = _constant(source, site)
    if constant is None:
        return None
    return _evaluated(constant) or (_TOO_LATE if _is_too_late(constant) else None)


def _constant(source: Source, site: Site) -> _Constant | None:
    captures, syntax = site.captures, source.syntax
    around = [each for each in captures.get("constant", ()) if each.contains(site.literal.span)]
    if not around or syntax is None:
        return None
    span = min(around, key=lambda each: each.end - each.start)
    names = (each for each in captures.get("constant_name", ()) if span.contains(each))
    others = _others(source.mentioning, captures, span)
    return _Constant(span, frozenset(each.of(source.text) for each in names), syntax, others)


def _others(
    mentioning: Mentioning, captures: Mapping[str, Sequence[Span]], constant: Span
) -> Mentioning:
    if constant in captures.get("shared", ()):
        return mentioning
    if constant in captures.get("shared_beside", ()):
        return lambda pattern: [each for each in mentioning(pattern) if each.beside]
    return nobody


def _evaluated(constant: _Constant) -> str | None:
    known: set[str] = set()
    pending = list(constant.names)
    while pending:
        name = pending.pop()
        known.add(name)
        for where, syntax in _texts(constant, name):
            if syntax is None:
                return f"{where} may use this constant, and cannot be looked through."
            uses = _uses(constant, syntax, name)
            if _meet(syntax, "constant_only", uses):
                return f"{where} uses this constant where only a constant may stand."
            pending += _made_from(syntax, uses) - known
    return None


def _texts(constant: _Constant, name: str) -> Iterator[tuple[str, Syntax | None]]:
    yield "This file", constant.syntax
    for each in constant.mentioning(word(name)):
        yield each.name, each.syntax


def _uses(constant: _Constant, syntax: Syntax, name: str) -> list[Span]:
    own = syntax is constant.syntax
    unused = syntax.outline.captures.get("unused", ())
    return [
        place
        for place in syntax.places(name)
        if not (own and constant.span.contains(place))
        if not any(each.contains(place) for each in unused)
    ]


def _meet(syntax: Syntax, capture: str, places: Sequence[Span]) -> bool:
    spans = syntax.outline.captures.get(capture, ())
    return any(span.contains(place) for span in spans for place in places)


def _made_from(syntax: Syntax, places: Sequence[Span]) -> set[str]:
    captures = syntax.outline.captures
    made = zip(captures.get("made_name", ()), captures.get("made_from", ()), strict=True)
    return {
        name.of(syntax.text) for name, value in made for place in places if value.contains(place)
    }


def _is_too_late(constant: _Constant) -> bool:
    before = list(_before(constant))
    reaching = _reaching(constant) if before else set()
    uses = [place for name in reaching for place in _uses(constant, constant.syntax, name)]
    return any(span.contains(place) for span in before for place in uses)


def _before(constant: _Constant) -> Iterator[Span]:
    # What runs before the constant would be set.
    captures = constant.syntax.outline.captures
    bodies = captures.get("members", ())
    home = _innermost(bodies, constant.span)
    for span in captures.get("set_at_once", ()):
        if span < constant.span and _innermost(bodies, span) == home:
            yield span
    for span in captures.get("set_first", ()):
        body = _innermost(bodies, span)
        if body and body.contains(constant.span):
            yield span


def _innermost(bodies: Sequence[Span], span: Span) -> Span | None:
    around = [body for body in bodies if body.contains(span)]
    return min(around, key=lambda body: body.end - body.start, default=None)


def _reaching(constant: _Constant) -> set[str]:
    # The names of the constant, and of all members that use one of these.
    reaching, found = set[str](), set(constant.names)
    while found:
        reaching |= found
        new = (each for name in found for each in _using(constant, name))
        found = set(new) - reaching
    return reaching


def _using(constant: _Constant, name: str) -> Iterator[str]:
    for _, syntax in _texts(constant, name):
        if syntax is None:
            continue
        captures, uses = syntax.outline.captures, _uses(constant, syntax, name)
        members = zip(captures.get("member_name", ()), captures.get("member_code", ()), strict=True)
        for member, body in members:
            if any(body.contains(place) for place in uses):
                yield member.of(syntax.text)
