"""Where TypeScript may want a type that a lookup does not have: one of literals."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from notion_lsp.languages._components import fit as in_component
from notion_lsp.refused import Refused
from notion_lsp.syntax.neighbour import word
from notion_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Site, Syntax

_LITERAL = "Its type is a literal, which no lookup has: make it `string` first."
_STRING = "[(string) (template_string)]"
_NARROW = "[(literal_type) (template_literal_type) (union_type (literal_type (string)))]"
# A name for a type of literals, and a function that has a parameter of one.
_NARROW_NAMES = """
(type_alias_declaration name: (type_identifier) @alias value: (_) @value)
(function_declaration name: (identifier) @function parameters: (_) @parameters)
(variable_declarator name: (identifier) @function
  value: (arrow_function parameters: (_) @parameters))
"""
# A type that some text fits, and what may declare one in another file.
_PATTERNS = "[(template_literal_type) (literal_type (string))] @type"
_DECLARES_PATTERN = r"\btype\s+\w+[^=\n]*=[^;\n]*`|[\w)?]\s*:\s*`[^`\n]*\$\{"
# What takes a type apart is no type that a text has.
_TAKES_APART = re.compile(r"\$\{\s*infer\s")
# A union with one of these takes any text.
_OPEN = "(union_type [(predefined_type) (template_literal_type)] @type) @whole"
_ANY_TEXT = re.compile(r"string|any|unknown|`\$\{\s*string\s*\}`")
# What says all of a type by itself, so that any text may be said to be of it.
_OF_ANY_TEXT = re.compile(r"`[^`$\\]*(?:\$\{\s*string\s*\}[^`$\\]*)+`")
# Where `as` needs no parentheses around it.
_ALONE_IN = frozenset(
    {"arguments", "array", "arrow_function", "assignment_expression", "pair"}
    | {"public_field_definition", "required_parameter", "return_statement"}
    | {"template_substitution", "variable_declarator"}
)
_HOLE = re.compile(r"\$\{[^}]*(?:\}|\Z)")
_NUMBER = re.compile(r"[^$]*\$\{\s*(?:number|bigint)\s*\}")
_OF_LITERALS = re.compile(r"""["'`]""")
_LITERALS = re.compile(r"""\"[^"]*\"|'[^']*'|`[^`]*`""")
_MEMBERS = re.compile(r"(?<!\$)\{[^{}]*\}")
# One of a union that takes any text, be it so that an editor still proposes the others.
_WIDE = r"(^|[|])\s*([(]\s*)?(string|any|unknown)\b(\s*&\s*[{]\s*[}])?\s*([)]\s*)?($|[|])"
# Where a constant is no more than a text, whatever its type.
_USES_AS_TEXT = """
[(template_substitution (identifier) @use)
 (binary_expression operator: "+" [left: (identifier) @use right: (identifier) @use])]
"""
# Where the types of constants are told apart: a `switch` over them would no longer take all.
_TOLD_APART = "(union_type (type_query (identifier) @constant))"

# What is exported under a name that it has already.
_LISTED = """
[(export_specifier name: (identifier) @listed) (export_statement (identifier) @listed)]
"""

_RESULT = (
    "[(predefined_type) (generic_type type_arguments: (type_arguments . (predefined_type) .))]"
)
_WIDE_IN_QUERY = _WIDE.replace("\\", "\\\\")
TYPES = rf"""
([(literal_type) (template_literal_type) (type_annotation)] @fixed
  (#set! reason "The token is part of a type."))
([(type_alias_declaration) (interface_declaration)] @fixed
  (#set! reason "The token is part of a type."))
((import_require_clause source: (string) @fixed) (#set! reason "This is the name of a module."))
((enum_declaration) @fixed (#set! reason "A member of an enum with strings must be a constant."))
; A namespace is no place for `await`, as it is a function in JavaScript.
([(internal_module) (module)] @function)
((ambient_declaration) @fixed (#set! reason "A declaration may not hold an expression."))
((as_expression {_STRING} @literal "const") @replace)
(lexical_declaration (variable_declarator
  name: (identifier) @constant !type value: (as_expression {_STRING} @literal "const")))
([(variable_declarator type: (type_annotation {_NARROW} @_type) value: (_) @fixed)
  (public_field_definition type: (type_annotation {_NARROW} @_type) value: (_) @fixed)
  (required_parameter type: (type_annotation {_NARROW} @_type) value: (_) @fixed)]
  (#not-match? @_type "{_WIDE_IN_QUERY}")
  (#set! reason "{_LITERAL}"))
(variable_declarator type: (type_annotation (predefined_type)) value: {_STRING} @plain)
(public_field_definition type: (type_annotation (predefined_type)) value: {_STRING} @plain)
(required_parameter type: (type_annotation (predefined_type)) value: {_STRING} @plain)
; What may be assigned anew has the type `string`, as have the results and members of what has none
; (TypeScript handbook, "Literal Inference").
(lexical_declaration kind: "let" (variable_declarator !type value: {_STRING} @plain))
(variable_declaration (variable_declarator !type value: {_STRING} @plain))
(variable_declarator !type value: (array {_STRING} @plain))
(variable_declarator !type value: (object (pair value: {_STRING} @plain)))
(variable_declarator !type value: (object (pair value: (object (pair value: {_STRING} @plain)))))
((public_field_definition !type value: {_STRING} @plain) @_field
  (#not-match? @_field "\\breadonly\\b"))
(function_declaration !return_type body: (statement_block (return_statement {_STRING} @plain)))
(class_body (method_definition !return_type
  body: (statement_block (return_statement {_STRING} @plain))))
(_ return_type: (type_annotation {_RESULT})
  body: [(statement_block (return_statement {_STRING} @plain)) {_STRING} @plain])
((call_expression
  function: (member_expression object: (identifier) @_console)
  arguments: (arguments {_STRING} @plain))
  (#eq? @_console "console"))
(program (lexical_declaration kind: "const"
  (variable_declarator name: (identifier) @held !type value: {_STRING} @literal)))
(statement_block (lexical_declaration kind: "const"
  (variable_declarator name: (identifier) @held !type value: {_STRING} @literal)))
(lexical_declaration kind: "const"
  (variable_declarator name: (identifier) @constant !type value: {_STRING} @literal))
(variable_declarator type: (type_annotation (type_identifier) @type) value: {_STRING} @literal)
(public_field_definition type: (type_annotation (type_identifier) @type) value: {_STRING} @literal)
(required_parameter type: (type_annotation (type_identifier) @type) value: {_STRING} @literal)
; What other files see of this one.
(export_statement value: (_) @seen)
(export_statement (_ (variable_declarator !type value: (_) @seen)))
(program (lexical_declaration (variable_declarator
  name: (identifier) @named !type value: (_) @kept)))
(public_field_definition !type value: (_) @seen)
(required_parameter !type value: (_) @seen)
(arguments) @handed_over
(as_expression {_STRING} @plain (_))  ; Any text may be said to be of a narrower type.
(satisfies_expression {_STRING} @literal (type_identifier) @type)
(call_expression function: (identifier) @called arguments: (arguments {_STRING} @literal))
(public_field_definition
  name: (property_identifier) @name value: [(string) (template_string)] @literal)
"""


def fit(syntax: Syntax, site: Site, mentioning: Mentioning) -> Site | Refused:
    """Return the site, unless its type may be one of literals: by its name, or as the text fits.

    What has such a type is seldom seen where the text stands: a property, a result, a parameter.
    A text that has any others in it is said to be of that type.
    """
    fitted = in_component(syntax, site, mentioning)
    if isinstance(fitted, Refused):
        return fitted
    text, captures = syntax.text, site.captures
    constants = {span.of(text) for span in captures.get("constant", ())}
    if any(each["constant"].of(text) in constants for each in syntax.found(_TOLD_APART)):
        return Refused(_LITERAL)
    types = {span.of(text) for span in captures.get("type", ())}
    for called in (span.of(text) for span in captures.get("called", ())):
        types |= _types_of_parameters(syntax, called, mentioning)
    narrow = {
        value
        for each in types
        for value in _narrow(syntax, each, mentioning)
        if _may_take(value, _written(syntax, site))
    }
    if not (site.literal.span in captures.get("plain", ()) or _is_only_text(syntax, site)):
        narrow |= _fitting(syntax, site, mentioning)
    return _said_to_be(fitted, narrow) if narrow else fitted


def fit_declared(syntax: Syntax, site: Site, mentioning: Mentioning) -> Site | Refused:
    """Return the site, with a type if the compiler has to see that of an export where it stands.

    It asks for none of a text, but for that of a call, or of a text with one in it (TypeScript,
    `isolatedDeclarations`).
    """
    fitted = fit(syntax, site, mentioning)
    if isinstance(fitted, Refused) or fitted.wrap != "%":
        return fitted
    return _as(fitted, "string") if _is_seen(syntax, site) else fitted


def _is_seen(syntax: Syntax, site: Site) -> bool:
    # What a function returns and takes has types of its own.
    within = (*site.captures.get("function", ()), *site.captures.get("handed_over", ()))
    inner = [each for each in within if each.contains(site.literal.span)]
    if any(not any(map(each.contains, inner)) for each in site.captures.get("seen", ())):
        return True
    named = {span.of(syntax.text) for span in site.captures.get("named", ())}
    listed = {row["listed"].of(syntax.text) for row in syntax.found(_LISTED)} if named else set()
    return not inner and not named.isdisjoint(listed)


def _said_to_be(site: Site, narrow: set[str]) -> Site | Refused:
    type_ = next(iter(narrow))
    tagged = site.literal.parent == "call_expression"
    if len(narrow) > 1 or not _OF_ANY_TEXT.fullmatch(type_) or tagged or site.wrap != "%":
        return Refused(_LITERAL)
    return _as(site, type_)


def _as(site: Site, type_: str) -> Site:
    said = f"% as {type_}"
    return replace(site, wrap=said if site.literal.parent in _ALONE_IN else f"({said})")


def _is_of_literals(type_: str) -> bool:
    # What an object has in it does not make a text of its type narrower.
    outside = _MEMBERS.sub("{}", type_)
    return bool(_OF_LITERALS.search(outside)) and not re.search(_WIDE, outside)


def _is_only_text(syntax: Syntax, site: Site) -> bool:
    # A constant keeps its type wherever it goes: only where all its uses are seen is it harmless.
    held = site.captures.get("held", ())
    if not held:
        return False
    uses = {row["use"] for row in syntax.found(_USES_AS_TEXT)}
    return set(syntax.places(held[0].of(syntax.text))) <= {*uses, held[0]}


def _fitting(syntax: Syntax, site: Site, mentioning: Mentioning) -> set[str]:
    others = (each.syntax for each in mentioning(_DECLARES_PATTERN) if each.syntax)
    types = (type_.of(where.text) for where in (syntax, *others) for type_ in _patterns(where))
    return {each for each in types if _fits(each, _written(syntax, site))}


def _written(syntax: Syntax, site: Site) -> str:
    literal = site.literal
    return Span(literal.span.start + len(literal.opening), literal.span.end - 1).of(syntax.text)


def _may_take(type_: str, text: str) -> bool:
    # Of several parameters, the text is that of another where none of the literals is like it.
    others = _LITERALS.sub("", type_).replace("|", "").strip()
    return bool(others) or any(_fits(each[0], text) for each in _LITERALS.finditer(type_))


def _patterns(syntax: Syntax) -> Iterator[Span]:
    text = syntax.text
    unions = syntax.found(_OPEN)
    wide = [each["whole"] for each in unions if _ANY_TEXT.fullmatch(each["type"].of(text))]
    for row in syntax.found(_PATTERNS):
        type_ = row["type"]
        open_ = _ANY_TEXT.fullmatch(type_.of(text)) or any(each.contains(type_) for each in wide)
        if not (open_ or _TAKES_APART.search(type_.of(text))):
            yield type_


def _fits(type_: str, text: str) -> bool:
    first, *others = _HOLE.split(type_[1:-1])
    if not others:
        return text == first
    at = len(first)
    # No token begins like a number, as `${number}${Unit}` does.
    if _NUMBER.match(type_) and text[at : at + 1].isalpha():
        return False
    # A pattern with many holes would take its time.
    for part in others[:-1]:
        at = text.find(part, at) + len(part)
        if at < len(part):
            return False
    return (
        text.startswith(first) and text.endswith(others[-1]) and at <= len(text) - len(others[-1])
    )


def _types_of_parameters(syntax: Syntax, function: str, mentioning: Mentioning) -> set[str]:
    return {
        type_
        for where in _texts(syntax, function, mentioning)
        for row in where.found(_NARROW_NAMES)
        if "function" in row and row["function"].of(where.text) == function
        for type_ in re.findall(r":\s*([^,)=]+)", row["parameters"].of(where.text))
    }


def _narrow(syntax: Syntax, type_: str, mentioning: Mentioning) -> set[str]:
    # The type itself, or what its name stands for, if that is one of literals.
    name = type_.strip()
    if not name.isidentifier():
        return {name} if _is_of_literals(name) else set()
    values = {
        row["value"].of(where.text)
        for where in _texts(syntax, name, mentioning)
        for row in where.found(_NARROW_NAMES)
        if "alias" in row and row["alias"].of(where.text) == name
    }
    return set(filter(_is_of_literals, values))


def _texts(syntax: Syntax, name: str, mentioning: Mentioning) -> list[Syntax]:
    return [syntax, *(each.syntax for each in mentioning(word(name)) if each.syntax)]
