"""Whether code may use a constant before a variable in its place would be set.

A constant is there before anything runs, and a variable is set in its turn. What runs before it may
not reach it, be it by a member that uses it (`@member_name` with its `@member_code`). For one that
its type has once, this is `@set_at_once` above it in its `@members` or in another part of its type
(`@part_name` with its `@part_body`), and `@set_first` anywhere. For one `@of_object` it is
`@set_with_object` above it, and the constructors of the `@superclass` of its `@subclass_body`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.rewrite.constant_uses import texts, uses
from notion_lsp.syntax.neighbour import word
from notion_lsp.text import overlapping

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from notion_lsp.rewrite.constant_uses import Constant
    from notion_lsp.syntax.site import Syntax
    from notion_lsp.text import Span

    Before = tuple[Syntax, Span]

_NAME = re.compile(r"\w+")


def is_too_late(constant: Constant) -> bool:
    """Whether what runs before the constant's place may use it."""
    before: dict[Syntax, list[Span]] = {}
    for syntax, span in _with_object(constant) if constant.of_object else _with_type(constant):
        before.setdefault(syntax, []).append(span)
    reaching = _reaching(constant) if before else set()
    return any(
        span.contains(place)
        for syntax, spans in before.items()
        for name in reaching
        for place in uses(constant, syntax, name)
        for span in spans
    )


def _with_type(constant: Constant) -> Iterator[Before]:
    captures = constant.syntax.outline.captures
    home = _home(constant.syntax, constant.span)
    yield from _above(constant, "set_at_once")
    for span in captures.get("set_first", ()):
        body = _home(constant.syntax, span)
        if body and body.contains(constant.span):
            yield constant.syntax, span
    for name, body in _pairs(captures, "part_name", "part_body"):
        if body == home:
            yield from _in_other_parts(constant, name.of(constant.syntax.text), body)


def _in_other_parts(constant: Constant, name: str, home: Span) -> Iterator[Before]:
    # Nothing says which of them is set first (C# specification, "Static field initialization").
    for syntax in filter(None, (each for _, each in texts(constant, name))):
        captures = syntax.outline.captures
        for part, body in _pairs(captures, "part_name", "part_body"):
            is_own = syntax is constant.syntax and body == home
            if part.of(syntax.text) == name and not is_own:
                set_at_once = captures.get("set_at_once", ())
                yield from ((syntax, span) for span in set_at_once if body.contains(span))


def _with_object(constant: Constant) -> Iterator[Before]:
    home = _home(constant.syntax, constant.span)
    yield from _above(constant, "set_with_object")
    for superclass, body in _superclasses(constant.syntax):
        if body == home:
            yield constant.syntax, superclass


def _above(constant: Constant, capture: str) -> Iterator[Before]:
    home = _home(constant.syntax, constant.span)
    for span in constant.syntax.once(_by_home, capture).get(home, ()):
        if span < constant.span:
            yield constant.syntax, span


def _by_home(syntax: Syntax, capture: str) -> Mapping[Span | None, Sequence[Span]]:
    found: dict[Span | None, list[Span]] = {}
    for span in syntax.outline.captures.get(capture, ()):
        found.setdefault(_home(syntax, span), []).append(span)
    return found


def _home(syntax: Syntax, span: Span) -> Span | None:
    around = [body for body in syntax.outline.captures.get("members", ()) if body.contains(span)]
    return min(around, key=lambda body: body.size, default=None)


def _superclasses(syntax: Syntax) -> Iterator[tuple[Span, Span]]:
    return _pairs(syntax.outline.captures, "superclass", "subclass_body")


def _pairs(
    captures: Mapping[str, Sequence[Span]], first: str, second: str
) -> Iterator[tuple[Span, Span]]:
    return zip(captures.get(first, ()), captures.get(second, ()), strict=True)


def _reaching(constant: Constant) -> set[str]:
    # The names of the constant, and of all members that use one of these.
    inherited = list(_inherited(constant)) if constant.of_object else []
    reaching, found = set[str](), set(constant.names)
    while found:
        reaching |= found
        new = (each for name in found for each in _using(constant, name, inherited))
        found = set(new) - reaching
    return reaching


def _using(constant: Constant, name: str, inherited: Sequence[Syntax]) -> Iterator[str]:
    known = (syntax for _, syntax in texts(constant, name) if syntax)
    for syntax in dict.fromkeys((*known, *inherited)):
        places = uses(constant, syntax, name)
        members = _pairs(syntax.outline.captures, "member_name", "member_code") if places else ()
        is_used = overlapping(places)
        for member, body in members:
            if is_used(body):
                yield member.of(syntax.text)


def _inherited(constant: Constant) -> Iterator[Syntax]:
    # The files of what its class extends, and of what that extends in its turn.
    known, pending = set[str](), [constant.syntax]
    while pending:
        syntax = pending.pop()
        names = {
            name
            for superclass, _ in _superclasses(syntax)
            for name in _NAME.findall(superclass.of(syntax.text))
        }
        for name in sorted(names - known):
            found = constant.project(rf"\bclass\s+{word(name)}")
            pending += [each.syntax for each in found if each.syntax]
        known |= names
        yield syntax
