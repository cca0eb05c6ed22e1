"""What type Go wants where a literal stands.

A literal of a string fits any type whose underlying type is `string` (Go specification,
"Representability"), and a call of a function fits `string` alone: elsewhere it needs a conversion.
The type is seen in the declaration, which may be in another file of the project. A method that
nobody declares there is taken for one with plain strings, as those of the standard library have.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.refused import Refused
from notion_lsp.syntax.neighbour import word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Syntax
    from notion_lsp.text import Span

_AT = """
(var_spec type: (_) @type value: (expression_list) @value)
(const_spec type: (_) @type value: (expression_list) @value)
(call_expression function: (_) @function arguments: (argument_list) @value)
(type_conversion_expression operand: (_) @value)
(composite_literal type: (_) @struct body: (literal_value
  (keyed_element key: (literal_element (identifier) @field) value: (_) @value)))
(composite_literal type: (map_type value: (_) @type)
  body: (literal_value (keyed_element value: (_) @value)))
(composite_literal type: (map_type key: (_) @type)
  body: (literal_value (keyed_element key: (_) @value)))
(composite_literal type: [(slice_type element: (_) @type) (array_type element: (_) @type)]
  body: (literal_value (literal_element) @value))
(assignment_statement
  left: (expression_list . (identifier) @variable .) right: (expression_list . (_) @value .))
(assignment_statement
  left: (expression_list . (selector_expression field: (_) @field) .)
  right: (expression_list . (_) @value .))
(return_statement (expression_list) @value @returned)
(function_declaration result: (_)? @result body: (_) @body)
(method_declaration result: (_)? @result body: (_) @body)
(func_literal result: (_)? @result body: (_) @body)
"""
_DECLARED = """
(package_clause (package_identifier) @package)
(function_declaration name: (identifier) @function parameters: (parameter_list [
  (parameter_declaration name: (identifier) type: (_) @type)
  (variadic_parameter_declaration name: (identifier) type: (_) @type @rest)]))
(method_declaration receiver: (_) @receiver name: (field_identifier) @function
  parameters: (parameter_list [
    (parameter_declaration name: (identifier) type: (_) @type)
    (variadic_parameter_declaration name: (identifier) type: (_) @type @rest)]))
(type_spec name: (type_identifier) @struct type: (struct_type (field_declaration_list
  (field_declaration name: (field_identifier) @field type: (_) @type))))
(var_spec name: (identifier) @variable type: (_) @type)
(type_parameter_declaration name: (identifier) @generic)
"""
# What the kits for Notion take, which are seldom in the project.
_KITS = {
    ("github.com/jomei/notionapi", "NewClient"): "Token",
    ("github.com/dstotijn/go-notion", "NewClient"): "string",
}
_NAMED = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)?")
_PLAIN = frozenset({"string", "any", "error"})
_NESTED = re.compile(r'"(?:\\.|[^"\\\n])*"|`[^`]*`|\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}')
_UNSEEN = "The type that {} takes cannot be seen: convert the token to it first."


class _Declared(NamedTuple):
    """A row of declarations: what it is of, in which package, and its type."""

    package: str
    beside: bool
    row: Mapping[str, str]


def wanted(syntax: Syntax, literal: Span, mentioning: Mentioning) -> str | Refused:
    """Return what a text at the literal's place is to be put into, with `%` for it."""
    rows = syntax.found(_AT, literal)
    around = [row for row in rows if "value" in row and row["value"].contains(literal)]
    row = min(around, key=lambda each: each["value"].end - each["value"].start, default=None)
    if row is None:
        return "%"
    types = _types(syntax, row, rows, literal, mentioning)
    if isinstance(types, Refused):
        return types
    return _conversion(set(types))


def _conversion(types: set[str]) -> str:
    named = {each for each in types if _NAMED.fullmatch(each) and each not in _PLAIN}
    # Of several declarations with the name, the plain one is as likely as the other.
    return f"{named.pop()}(%)" if len(named) == 1 == len(types) else "%"


def _types(
    syntax: Syntax,
    row: Mapping[str, Span],
    rows: Iterable[Mapping[str, Span]],
    literal: Span,
    mentioning: Mentioning,
) -> Iterable[str] | Refused:
    text = syntax.text
    position = _position(text[row["value"].start : literal.start])
    if "type" in row:
        return [row["type"].of(text)]
    if "returned" in row:
        return _result(text, rows, literal, position)
    if "function" in row:
        return _parameter(syntax, row["function"].of(text), position - 1, mentioning)
    if "field" in row:
        struct = row["struct"].of(text) if "struct" in row else ""
        return _field(syntax, struct, row["field"].of(text), mentioning)
    if "variable" in row:
        name = row["variable"].of(text)
        return [each.row["type"] for each in _declared(syntax, "variable", name, mentioning)]
    return []


def _position(before: str) -> int:
    # How many items of a list stand before, and how many brackets are open.
    while (shorter := _NESTED.sub("", before)) != before:
        before = shorter
    return before.count(",") + before.count("(")


def _result(
    text: str, rows: Iterable[Mapping[str, Span]], literal: Span, position: int
) -> list[str]:
    bodies = [row for row in rows if "body" in row and row["body"].contains(literal)]
    row = min(bodies, key=lambda each: each["body"].end - each["body"].start, default=None)
    if row is None or "result" not in row:
        return []
    results = row["result"].of(text).strip("()").split(",")
    # `(token Token, err error)` has the type last.
    return [results[position].split()[-1]] if position < len(results) else []


def _parameter(
    syntax: Syntax, function: str, position: int, mentioning: Mentioning
) -> list[str] | Refused:
    qualifier, _, name = function.rpartition(".")
    declared = list(_declared(syntax, "function", name, mentioning))
    module = _modules(syntax).get(qualifier, "")
    if not module:
        is_method = bool(qualifier)
        alike = [each for each in declared if is_method == ("receiver" in each.row)]
        return _at(alike if is_method else _beside(alike), position)
    theirs = [each for each in declared if "receiver" not in each.row]
    theirs = [each for each in theirs if each.package in {qualifier, module.rpartition("/")[2]}]
    known = _KITS.get((module, name))
    if known or theirs:
        types = [known] if known else _at(theirs, position)
        return [_qualified(each, qualifier) for each in types]
    # The path of a package that can be downloaded begins with a host's name, which has a dot.
    return Refused(_UNSEEN.format(function)) if "." in module.partition("/")[0] else []


def _field(syntax: Syntax, struct: str, field: str, mentioning: Mentioning) -> list[str] | Refused:
    declared = list(_declared(syntax, "field", field, mentioning))
    qualifier, _, name = struct.rpartition(".")
    if not struct:
        return [each.row["type"] for each in _beside(declared)]
    fields = [each for each in declared if each.row["struct"] == name]
    module = _modules(syntax).get(qualifier, "")
    if not qualifier:
        return [each.row["type"] for each in _beside(fields)]
    if fields:
        return [_qualified(each.row["type"], qualifier) for each in fields]
    unseen = "." in module.partition("/")[0]
    return Refused(_UNSEEN.format(f"{struct}.{field}")) if unseen else []


def _beside(declared: Iterable[_Declared]) -> list[_Declared]:
    return [each for each in declared if each.beside]


def _at(declared: Sequence[_Declared], position: int) -> list[str]:
    # A method may be declared for several types, and each has its own list.
    lists: dict[tuple[str, str], list[Mapping[str, str]]] = {}
    for each in declared:
        key = each.package, each.row.get("receiver", "")
        lists.setdefault(key, []).append(each.row)
    return [
        rows[min(position, len(rows) - 1)]["type"]
        for rows in lists.values()
        if position < len(rows) or "rest" in rows[-1]
    ]


def _qualified(type_: str, qualifier: str) -> str:
    return f"{qualifier}.{type_}" if type_ not in _PLAIN and type_.isidentifier() else type_


def _modules(syntax: Syntax) -> dict[str, str]:
    return {
        each.name if each.name != each.module else each.module.rpartition("/")[2]: each.module
        for each in syntax.outline.imports
    }


def _declared(syntax: Syntax, sort: str, name: str, mentioning: Mentioning) -> Iterator[_Declared]:
    others = [(each.syntax, each.beside) for each in mentioning(word(name)) if each.syntax]
    for where, beside in ((syntax, True), *others):
        rows = [
            {key: span.of(where.text) for key, span in row.items()}
            for row in where.found(_DECLARED)
        ]
        package = next((row["package"] for row in rows if "package" in row), "")
        # What a type parameter stands for follows from what is given to it.
        generic = {row["generic"] for row in rows if "generic" in row}
        for row in rows:
            if row.get(sort) == name and row.get("type") not in generic:
                yield _Declared(package, beside, row)
