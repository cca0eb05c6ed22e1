"""Macros of C and C++: one that is a token becomes a call, wherever the code takes a value from it.

What a macro is used for is not seen in it. A string joins its neighbours, is an array, and is known
to the compiler; a call is none of these. So each use is looked at, in every file that has the name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.refused import Refused
from notion_lsp.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Site, Syntax

MACRO = "A macro is put into the code before it is compiled: make it a function."
_GIVEN = "A macro may need a literal: put the token into a variable first."
_READ_TWICE = "A header without a guard may be read twice: put `#pragma once` above this first."
# doc.qt.io, QStringLiteral; docs.wxwidgets.org, wxT.
_MACRO = re.compile(r"_|[A-Z][A-Z0-9_]*|Q\w+Literal|wxT")

# One string, be it in parentheses or with a comment behind it. Its text is not parsed.
_ONE_STRING = r"^[(\\s]*\"[^\"\\\\]*\"[)\\s]*(//.*|/[*].*)?$"

MACROS = rf"""
([(preproc_function_def) (preproc_call)] @fixed (#set! reason "{MACRO}"))
((preproc_def value: (_) @fixed) (#not-match? @fixed "{_ONE_STRING}") (#set! reason "{MACRO}"))
((preproc_def name: (identifier) @constant_name @name value: (_) @literal) @constant @shared
  (#match? @literal "{_ONE_STRING}"))
"""

# What asks whether there is the macro, or names it to a person, takes no value from it.
USES = r"""
[(comment) (string_literal) (preproc_defined)] @unused
(preproc_ifdef name: (_) @unused)
((preproc_call directive: (_) @_says) @unused (#match? @_says "error|warning"))
(ERROR) @unreadable
; Where the text asks first whether there is one, that may be of another text.
(translation_unit (preproc_def name: (identifier) @own_name))
; Nothing is defined twice.
[(function_definition) (struct_specifier body: (_)) (enum_specifier body: (_))] @defined_once
[(preproc_arg) (gnu_asm_expression) (attribute_specifier) (attribute_declaration) (bitfield_clause)]
  @constant_only
(preproc_if condition: (_) @constant_only)
(sizeof_expression) @array_only
(pointer_expression operator: "&" argument: (identifier) @array_only)
[(case_statement value: (_) @constant_only) (enumerator value: (_) @constant_only)]
(array_declarator size: (_) @constant_only)
(init_declarator declarator: (array_declarator)
  value: [(identifier) (parenthesized_expression)] @constant_only)
(init_declarator declarator: (array_declarator declarator: (array_declarator))
  value: (_) @constant_only)
"""

_CALLS = "(call_expression function: (identifier) @called arguments: (_) @given)"


def is_macro(site: Site) -> bool:
    """Whether the literal is what a macro stands for."""
    return site.literal.type == "preproc_arg"


def as_call(text: str, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    """Return the edits that make a macro a call; what is around the string stays."""
    first, last = site.literal.tokens[0], site.literal.tokens[-1]
    string = Span(first.start - 1, last.end + 1)
    if first != last or not re.fullmatch(r"\"[^\"]*\"", string.of(text)):
        return Refused(MACRO)
    return (Edit(string, holes[0].expression),)


def read_twice(syntax: Syntax) -> Refused | None:
    """Refuse in a header that may be read twice, where a helper would be defined twice."""
    captures = syntax.outline.captures
    is_once = "guard" in captures or "defined_once" in captures
    return None if is_once else Refused(_READ_TWICE)


def given_to_macro(syntax: Syntax, place: Span, mentioning: Mentioning) -> Refused | None:
    """Refuse what is given to a macro, which may join it to a literal or make a text of it."""
    rows = [row for row in syntax.found(_CALLS, place) if row["given"].contains(place)]
    names = sorted({row["called"].of(syntax.text) for row in rows})
    defined = rf"#[ \t]*define[ \t]+({'|'.join(names)})\("
    is_macro = names and (
        any(map(_MACRO.fullmatch, names)) or re.search(defined, syntax.text) or mentioning(defined)
    )
    return Refused(_GIVEN) if is_macro else None
