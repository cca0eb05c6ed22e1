"""Defaults of Rust that are evaluated first, of what the code itself says is an `Option`.

`unwrap_or` has a second form that takes a function, `unwrap_or_else`, whose function has an
argument where the value is a `Result`: so the type has to be seen.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from notion_lsp.text import Span

if TYPE_CHECKING:
    from notion_lsp.syntax.site import Site, Syntax

_TYPES = """
(parameter pattern: [(identifier) @name (mut_pattern (identifier) @name)] type: (_) @type)
(let_declaration pattern: (identifier) @name type: (_) @type)
"""
# What gives names to values without their types; a `let` does so behind its end.
_UNTYPED = r"""
((let_declaration pattern: (_) @names !type) @whole)
((let_declaration pattern: (_) @names) @whole (#match? @names "\\W"))
((let_condition pattern: (_) @names) @whole)
((parameter pattern: (_) @names) (#match? @names "\\W"))
[(for_expression pattern: (_) @names) (match_pattern) @names]
(closure_parameters [(identifier) (_ (identifier)) (_ (_ (identifier)))] @names
  (#not-match? @names ":"))
"""
# A call on a name, up to its first argument.
_CALL = re.compile(r"(?<![\w.])(?P<name>[a-z_]\w*)\s*\.\s*(?P<method>unwrap_or|map_or)\(\s*\Z")
_LONGEST, _WORD = 200, re.compile(r"\w+")
_OPTION = re.compile(r"&?\s*(?:'\w+\s+)?(?:mut\s+)?(?:(?:std|core)::option::)?Option\s*<")


def asked_last(syntax: Syntax, site: Site) -> Site:
    """Return the site with the form of the call that evaluates its default where it is needed."""
    literal = site.literal
    start = max(literal.span.start - _LONGEST, 0)
    call = _CALL.search(syntax.text[start : literal.span.start])
    if site.replaced or not literal.whole or call is None:
        return site
    if not _is_option(syntax, call["name"], literal.span):
        return site
    replaced = Span(start + call.start("method"), literal.span.end)
    return replace(site, replaced=replaced, wrap=f"{call['method']}_else(|| %")


def _is_option(syntax: Syntax, name: str, literal: Span) -> bool:
    # A name may be declared more than once: all of them have to be one.
    types = syntax.once(_types, None).get(name, ())
    given_again = _is_untyped(syntax, name, literal)
    return not given_again and bool(types) and all(map(_OPTION.match, types))


def _is_untyped(syntax: Syntax, name: str, literal: Span) -> bool:
    functions = (span for span in syntax.once(_functions, None) if span.contains(literal))
    start = max((function.start for function in functions), default=0)
    return any(
        start <= names.start < literal.start and not whole.contains(literal)
        for names, whole in syntax.once(_untyped, None).get(name, ())
    )


def _functions(syntax: Syntax, _: None) -> list[Span]:
    return [row["function"] for row in syntax.found("(function_item) @function")]


def _untyped(syntax: Syntax, _: None) -> dict[str, list[tuple[Span, Span]]]:
    found: dict[str, list[tuple[Span, Span]]] = {}
    for row in syntax.found(_UNTYPED):
        for name in _WORD.findall(row["names"].of(syntax.text)):
            found.setdefault(name, []).append((row["names"], row.get("whole", row["names"])))
    return found


def _types(syntax: Syntax, _: None) -> dict[str, list[str]]:
    known: dict[str, list[str]] = {}
    for row in syntax.found(_TYPES):
        known.setdefault(row["name"].of(syntax.text), []).append(row["type"].of(syntax.text))
    return known
