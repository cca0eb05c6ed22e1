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
# A call on a name, up to its first argument.
_CALL = re.compile(r"(?<![\w.])(?P<name>[a-z_]\w*)\s*\.\s*(?P<method>unwrap_or|map_or)\(\s*\Z")
_LONGEST = 200
_OPTION = re.compile(r"&?\s*(?:'\w+\s+)?(?:mut\s+)?(?:(?:std|core)::option::)?Option\s*<")


def asked_last(syntax: Syntax, site: Site) -> Site:
    """Return the site with the form of the call that evaluates its default where it is needed."""
    literal = site.literal
    start = max(literal.span.start - _LONGEST, 0)
    call = _CALL.search(syntax.text[start : literal.span.start])
    if site.replaced or not literal.whole or call is None or not _is_option(syntax, call["name"]):
        return site
    replaced = Span(start + call.start("method"), literal.span.end)
    return replace(site, replaced=replaced, wrap=f"{call['method']}_else(|| %")


def _is_option(syntax: Syntax, name: str) -> bool:
    # A name may be declared more than once: all of them have to be one.
    types = syntax.once(_types, None).get(name, ())
    return bool(types) and all(map(_OPTION.match, types))


def _types(syntax: Syntax, _: None) -> dict[str, list[str]]:
    known: dict[str, list[str]] = {}
    for row in syntax.found(_TYPES):
        known.setdefault(row["name"].of(syntax.text), []).append(row["type"].of(syntax.text))
    return known
