"""Constants of C and C++ that the compiler knows, or that are arrays: as a program sets them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.languages._c_macros import is_macro
from notion_lsp.refused import Refused
from notion_lsp.syntax.neighbour import word
from notion_lsp.syntax.scopes import has_its_own
from notion_lsp.text import Edit, Span, overlapping

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Site, Syntax

    Needs = Callable[[Syntax, Span, Mentioning], Refused | None]

_COMPILED = "What is `constexpr` is known when the code is compiled: make it `const`."
_SEVERAL = "The declaration has several arrays: give this one a declaration of its own."
_ARRAY = "Its size or its type is used, and is that of the literal: make it a function."
_JOINED = "It is joined to a string when the code is compiled: put the two together in a function."
_DEFINED = re.compile(r"\bdefine[ \t]{1,20}\Z")
_NESTED = re.compile(r"<[^<>{}()]*>|\{[^<>{}()]*\}|\([^<>{}()]*\)")
_STRING, _NEAR = re.compile(r'\s{0,99}(?:u8|[uUL])?R?"'), 100
_CONSTANT = r"^[^={(]*\\b(const(expr)?\\s+(static\\s+|inline\\s+)?char|char\\s+const)\\b"
_IS_CONSTANT = f'(#match? @_declared "{_CONSTANT}")'

# Nothing changes the text of a constant array: a pointer to one does as well.
ARRAYS = rf"""
((declaration declarator: (init_declarator
  declarator: (array_declarator declarator: (identifier) @constant_name @name) @array))
  @constant @_declared {_IS_CONSTANT})
((declaration
  declarator: (init_declarator declarator: (array_declarator) value: (string_literal) @fixed))
  @_declared (#not-match? @_declared "{_CONSTANT}")
  (#set! reason "An array begins with a literal only: make it a pointer."))
((declaration type: (_) @_char declarator: (init_declarator
  declarator: (array_declarator) value: (initializer_list . (string_literal) .) @fixed))
  @_declared (#not-match? @_declared "{_CONSTANT}") (#match? @_char "char|int8_t|byte|BYTE|CHAR")
  (#set! reason "An array begins with a literal only: make it a pointer."))
[(translation_unit (declaration) @shared) (declaration_list (declaration) @shared)
 (preproc_ifdef (declaration) @shared) (preproc_if (declaration) @shared)
 (preproc_else (declaration) @shared)]
"""
_NAMED = """[
  ({0}) @constant_name
  (_ declarator: ({0}) @constant_name)
  (_ declarator: (_ declarator: ({0}) @constant_name))] @declarator
"""
_FUNCTION = """[
  (function_declarator declarator: [(identifier) (field_identifier)] @constant_name)
  (_ (function_declarator declarator: [(identifier) (field_identifier)] @constant_name))]
"""
COMPILED = rf"""
((declaration (type_qualifier) @compiled
  declarator: (init_declarator declarator: {_NAMED.format("identifier")})) @constant
  (#eq? @compiled "constexpr"))
((field_declaration (type_qualifier) @compiled
  declarator: {_NAMED.format("field_identifier")} default_value: (_)) @constant @shared @of_type
  (#eq? @compiled "constexpr"))
((field_declaration (type_qualifier) declarator: (array_declarator) @array) @_declared
  {_IS_CONSTANT})
((function_definition (type_qualifier) @compiled declarator: {_FUNCTION})
  @constant @shared @of_function (#eq? @compiled "constexpr"))
((_ (type_qualifier) @_compiled) @known (#any-of? @_compiled "constexpr" "constinit" "consteval"))
"""


def constant_around(site: Site) -> Span | None:
    """Return the constant that a literal is the value of."""
    around = site.captures.get("constant", ())
    containing = (each for each in around if each.contains(site.literal.span))
    return min(containing, key=lambda each: each.size, default=None)


def needed_by_a_use(
    syntax: Syntax, site: Site, mentioning: Mentioning, needs: Sequence[Needs]
) -> Refused | None:
    """Refuse where a use of a macro or an array needs one, in this file or in another one."""
    constant, arrays = constant_around(site), site.captures.get("array", ())
    if constant is None or not (is_macro(site) or any(map(constant.contains, arrays))):
        return None
    names = (each for each in site.captures["constant_name"] if constant.contains(each))
    name = next((each.of(syntax.text) for each in names), "")
    is_shared = name and constant in site.captures.get("shared", ())
    found = mentioning(word(name)) if is_shared else ()
    others = [each for each in (it.syntax for it in found) if each and not has_its_own(each, name)]
    refused = (
        need(text, place, mentioning)
        for text in (syntax, *others)
        for place in text.places(name)
        for need in (_takes_array, _is_joined, *needs)
    )
    return next(filter(None, refused), None)


def _takes_array(syntax: Syntax, place: Span, _mentioning: Mentioning) -> Refused | None:
    return Refused(_ARRAY) if syntax.once(_array_only, None)(place) else None


def _array_only(syntax: Syntax, _: None) -> Callable[[Span], bool]:
    return overlapping(syntax.outline.captures.get("array_only", ()))


def _is_joined(syntax: Syntax, place: Span, _mentioning: Mentioning) -> Refused | None:
    # The grammar of C++ reads no macro behind a string, and finds one way or another out of it.
    before = syntax.text[max(place.start - _NEAR, 0) : place.start]
    joined = before.rstrip().endswith('"') or _STRING.match(syntax.text, place.end)
    return Refused(_JOINED) if joined and not _DEFINED.search(before) else None


def as_variable(
    text: str, site: Site, written: tuple[Edit, ...] | Refused
) -> tuple[Edit, ...] | Refused:
    """Return the edits of a literal with those that make its constant one that a program sets."""
    constant = constant_around(site)
    known = (each for each in site.captures.get("known", ()) if each.contains(site.literal.span))
    if isinstance(written, Refused) or any(each != constant for each in known):
        return written if isinstance(written, Refused) else Refused(_COMPILED)
    if constant is None:
        return written
    names, arrays, keywords = (
        sorted({each for each in site.captures.get(kind, ()) if constant.contains(each)})
        for kind in ("constant_name", "array", "compiled")
    )
    if len(names) != 1:
        return Refused(_COMPILED if keywords else _SEVERAL)
    name, is_function = names[0], constant in site.captures.get("of_function", ())
    before = text[constant.start : name.start]
    declared: tuple[Edit, ...] = ()
    if arrays:
        declared = (Edit(arrays[0], f"*const {name.of(text)}"),)
    elif keywords and before.rstrip().endswith("*") and not is_function:
        # `constexpr` is for the pointer, and what stands before that for the text.
        declared = (Edit(Span(name.start, name.start), "const "),)
    in_type = is_function or constant in site.captures.get("of_type", ())
    is_plain = not is_function and (arrays or not declared)
    words = _instead(before, may_be_inline=in_type, may_be_const=bool(is_plain))
    return (*written, *(_replaced(text, each, words) for each in keywords), *declared)


def _instead(before: str, *, may_be_inline: bool, may_be_const: bool) -> list[str]:
    # What the declaration says already is not said twice.
    inline = may_be_inline and not re.search(r"\binline\b", before)
    const = may_be_const and not re.search(r"\bconst\b", _outer(before))
    return ["inline"] * inline + ["const"] * const


def _outer(text: str) -> str:
    # What is constant in a type says nothing of what has it.
    while (shorter := _NESTED.sub("", text)) != text:
        text = shorter
    return text


def _replaced(text: str, keyword: Span, words: list[str]) -> Edit:
    if words:
        return Edit(keyword, " ".join(words))
    rest = text[keyword.end :]
    return Edit(Span(keyword.start, keyword.end + len(rest) - len(rest.lstrip())), "")
