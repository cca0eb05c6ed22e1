"""Elixir's module attributes, which are set when the code is compiled.

One that is a constant becomes a private function, which is called where the attribute was read.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.languages._elixir_compiled import CONSTANT
from notion_lsp.refused import Refused
from notion_lsp.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from notion_lsp.syntax.site import Site, Syntax

_REASON = Refused("A module attribute is set when the code is compiled: make it a function.")
# What stands before `deprecated` holds documentation, which is as comments are.
_ATTRIBUTE = """
((unary_operator
  operator: "@" operand: (call target: (identifier) @name (arguments . (_) @value))) @attribute
  (#not-match? @name "^(module|type|short)?doc$|^deprecated$"))
"""
_OF_MODULE = """
((call
  target: (identifier) @_module
  (do_block (unary_operator operator: "@" operand: (call)) @attribute) @body)
  (#eq? @_module "defmodule"))
"""
_BODY = """
((call target: (identifier) @_module (do_block) @body)
  (#any-of? @_module "defmodule" "defimpl" "defprotocol"))
"""
_READ = '(unary_operator operator: "@" operand: (identifier) @name) @attribute'
# What is said of the next function would be said of the new one.
_SAID = """
(do_block
  (unary_operator operator: "@" operand: (call target: (identifier) @_says))
  . (unary_operator operator: "@" operand: (call)) @attribute
  (#any-of? @_says "deprecated" "doc" "impl" "since" "spec"))
"""
_COMPILED = f"""
{CONSTANT}
(unary_operator operator: "@" operand: (call)) @fixed
((call target: (identifier) @_quote) @fixed (#eq? @_quote "quote"))
"""
_CALL = "(call) @call"
# What reads an attribute by its name alone.
_BY_NAME = re.compile(r"\b(?:get|put|register|delete|has)_attribute|\baccumulate\b")


# Strings that are keys have their quotes before the colon.
_KEYWORDS = re.compile(r"(?:[a-z_]\w*[?!]?|\"[^\"\n]*\"):\s")
_TAKEN = re.compile(r"\bdef\w*\s+(\w+[?!]?)|(?<![@\w.:])([a-z_]\w*[?!]?)\(")


class _Attribute(NamedTuple):
    name: str
    attribute: Span
    value: Span


class _Function(NamedTuple):
    """What an attribute becomes, and where it is read."""

    name: str
    attribute: _Attribute
    reads: tuple[Span, ...]


def fit_attribute(syntax: Syntax, site: Site) -> Site | Refused:
    """Return the site, or why nothing can be read where it is an attribute's value."""
    found = _attribute(syntax, site.literal.span)
    return _REASON if found and not _functions(syntax, (_kept(site), found)) else site


def when_called(syntax: Syntax, site: Site, edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return the edits, and those of an attribute's value as what a function returns."""
    found = _attribute(syntax, site.literal.span)
    functions = _functions(syntax, (_kept(site), found)) if found else ()
    return *edits, *(edit for each in functions for edit in _as_function(syntax.text, each))


def _as_function(text: str, function: _Function) -> tuple[Edit, ...]:
    name, (_, attribute, value) = function.name, function.attribute
    # Without brackets, keywords are arguments of what sets the attribute.
    opening, closing = ("[", "]") if _KEYWORDS.match(text, value.start) else ("", "")
    return (
        Edit(Span(attribute.start, value.start), f"defp {name}, do: {opening}"),
        *((Edit(Span(attribute.end, attribute.end), closing),) if closing else ()),
        *(Edit(each, f"{name}()") for each in function.reads),
    )


def _kept(site: Site) -> Span:
    return site.replaced or site.literal.span


def _attribute(syntax: Syntax, place: Span) -> _Attribute | None:
    found = _around(syntax, _ATTRIBUTE, "attribute", place)
    if found is None:
        return None
    return _Attribute(found["name"].of(syntax.text), found["attribute"], found["value"])


def _around(syntax: Syntax, query: str, capture: str, place: Span) -> Mapping[str, Span] | None:
    found = (each for each in syntax.found(query, place) if each[capture].contains(place))
    return next(found, None)


def _functions(syntax: Syntax, about: tuple[Span, _Attribute]) -> tuple[_Function, ...]:
    """Return what becomes a function with an attribute; none where one of them cannot."""
    kept, found = about
    name, reads = _read(syntax, kept, found)
    functions = {found: _Function(name, found, reads)} if name and reads else {}
    for read in reads if functions else ():
        reader = _attribute(syntax, read)
        if reader and reader.attribute.start > found.attribute.end:
            more = syntax.once(_functions, (kept, reader))
            functions |= {each.attribute: each for each in more}
            if more:
                continue
        if reader or _around(syntax, _COMPILED, "fixed", read):
            return ()
    return tuple(functions.values())


def _read(syntax: Syntax, kept: Span, found: _Attribute) -> tuple[str, tuple[Span, ...]]:
    owner = _around(syntax, _OF_MODULE, "attribute", found.attribute)
    if owner is None or not _may_be_function(syntax, kept, found):
        return "", ()
    within = owner["body"].contains
    reads = tuple(filter(within, syntax.once(_by_name, _READ).get(found.name, ())))
    is_set_again = sum(map(within, syntax.once(_by_name, _ATTRIBUTE).get(found.name, ()))) > 1
    is_of_another = any(_module(syntax, each) != owner["body"] for each in reads)
    taken = syntax.once(_taken, owner["body"])
    names = (each for each in (found.name, f"{found.name}_value") if each not in taken)
    return next(names, ""), () if is_set_again or is_of_another else reads


def _may_be_function(syntax: Syntax, kept: Span, found: _Attribute) -> bool:
    if _BY_NAME.search(syntax.text) or _around(syntax, _SAID, "attribute", found.attribute):
        return False
    # What another function returns may be another value at each call.
    calls, value = syntax.once(_calls, None), found.value
    inside = calls[bisect_left(calls, value.start) : bisect_left(calls, value.end)]
    return all(kept.start <= each < kept.end for each in inside)


def _module(syntax: Syntax, place: Span) -> Span | None:
    bodies = (each["body"] for each in syntax.found(_BODY, place))
    around = (each for each in bodies if each.contains(place))
    return min(around, key=lambda each: each.size, default=None)


def _by_name(syntax: Syntax, query: str) -> Mapping[str, Sequence[Span]]:
    by_name: dict[str, list[Span]] = {}
    for each in syntax.found(query):
        by_name.setdefault(each["name"].of(syntax.text), []).append(each["attribute"])
    return by_name


def _calls(syntax: Syntax, _about: None) -> Sequence[int]:
    return sorted(each["call"].start for each in syntax.found(_CALL))


def _taken(syntax: Syntax, body: Span) -> frozenset[str]:
    return frozenset(name for names in _TAKEN.findall(body.of(syntax.text)) for name in names)
