"""What type Go wants where a literal stands.

A literal of a string fits any type whose underlying type is `string` (Go specification,
"Representability"), and a call of a function fits `string` alone: elsewhere it needs a conversion.
The type is seen in the declaration, which may be in another file of the project. A method that
nobody declares there is taken for one with plain strings, as those of the standard library have,
and so is any place in a project that has no string type of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.languages._go_lists import items, parameters, position_in, struct_fields
from notion_lsp.languages._go_redeclared import declared_before
from notion_lsp.languages._go_values import (
    BUILT_IN,
    KIT_TYPES,
    PLAIN,
    Declared,
    Scope,
    element,
    qualified,
)
from notion_lsp.refused import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Syntax
    from notion_lsp.text import Span

    Row = Mapping[str, Span]
    # The types that a place may have: `None` where they are not seen.
    Types = Iterable[str | None] | Refused

_AT = """
(var_spec type: (_) @type value: (expression_list) @value)
(const_spec type: (_) @type value: (expression_list) @value)
(var_spec !type value: (expression_list) @value)
(short_var_declaration right: (_) @value)
(statement_list (short_var_declaration
  left: (expression_list (_) (_)) @redeclared right: (_) @value)) @list
(call_expression
  function: (_) @function type_arguments: (_)? @told arguments: (argument_list) @value)
(type_conversion_expression type: (_) @function @converted operand: (_) @value)
(composite_literal type: (_) @composite body: (literal_value) @body)
(literal_value) @level
(literal_value (literal_element) @value @member)
(literal_value (keyed_element key: (_) @key value: (_) @value @member))
(literal_value (keyed_element key: (_) @value @member) @keyed)
(send_statement channel: (_) @holder value: (_) @value)
(index_expression operand: (_) @indexed index: (_) @value)
(assignment_statement left: (_) @targets right: (_) @value)
(binary_expression left: (_) @targets operator: ["+" "==" "!=" "<" "<=" ">" ">="] right: (_) @value)
(binary_expression left: (_) @value operator: ["+" "==" "!=" "<" "<=" ">" ">="] right: (_) @targets)
(expression_switch_statement value: (_) @targets (expression_case value: (_) @value))
(return_statement (expression_list) @value @returned)
(function_declaration result: (_)? @result body: (_) @body)
(method_declaration result: (_)? @result body: (_) @body)
(func_literal result: (_)? @result body: (_) @body)
(func_literal body: (_) @value)
"""
# What kits take that are seldom in the project: those for Notion, and what takes any value.
_KITS = {
    **dict.fromkeys(
        [("github.com/spf13/pflag", f"String{how}") for how in ("", "P", "Var", "VarP")], "string"
    ),
    ("github.com/spf13/viper", "Set"): "any",
    ("github.com/spf13/viper", "SetDefault"): "any",
    ("github.com/jomei/notionapi", "NewClient"): "Token",
    ("github.com/dstotijn/go-notion", "NewClient"): "string",
}
_NAMED = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)?")
_MAP = re.compile(r"map\[([^\[\]]*)\]")
_LITERAL = re.compile(r"func\s*\(((?:[^()]|\([^()]*\))*)\)")
_TOLD = re.compile(r"[*&]*([\w.]+)\[(.*)\]", re.DOTALL)
_UNSEEN = "The type that {} takes cannot be seen: convert the token to it first."
_NOT_SEEN = (None,)


def wanted(syntax: Syntax, literal: Span, mentioning: Mentioning) -> str | Refused:
    """Return what a text at the literal's place is to be put into, with `%` for it."""
    scope = Scope(syntax, mentioning, literal.start)
    rows = syntax.found(_AT, literal)
    around = [row for row in rows if "value" in row and row["value"].contains(literal)]
    for row in sorted(around, key=lambda each: (each["value"].size, "redeclared" not in each)):
        types = _types(scope, row, rows, literal)
        if isinstance(types, Refused):
            return types
        known = set(types)
        # A sum of what has no type itself has that of the place it stands in.
        if known != {"untyped"}:
            return _conversion(scope, known)
    return "%"


def _conversion(scope: Scope, types: set[str | None]) -> str | Refused:
    if None in types:
        unseen = Refused(_UNSEEN.format("this place"))
        return unseen if scope.has_named_strings() else "%"
    named = {each for each in types if each and _NAMED.fullmatch(each) and each not in PLAIN}
    # Of several declarations with the name, the plain one is as likely as the other.
    return f"{named.pop()}(%)" if len(named) == 1 == len(types) else "%"


def _types(scope: Scope, row: Row, rows: Sequence[Row], literal: Span) -> Types:
    position = position_in(scope.syntax.text[row["value"].start : literal.start])
    if "returned" in row:
        return _result(scope.syntax.text, rows, literal, position)
    if "function" in row:
        return _argument(scope, row, max(position - 1, 0))
    return _held(scope, rows, literal) if "member" in row else _beside_it(scope, row, position)


def _beside_it(scope: Scope, row: Row, position: int) -> Types:
    # The type that stands there, or that of another value.
    said = {key: span.of(scope.syntax.text) for key, span in row.items()}
    if "holder" in said:
        return [scope.element_of(said["holder"])]
    if "indexed" in said:
        key = _MAP.match(scope.type_of(said["indexed"]) or "")
        return [key[1]] if key else _NOT_SEEN
    if "redeclared" in said:
        targets = items(said["redeclared"])
        name = targets[min(position, len(targets) - 1)].strip()
        return declared_before(scope, row["list"], name, row["redeclared"].start)
    if "targets" in said:
        targets = items(said["targets"])
        return [scope.type_of(targets[min(position, len(targets) - 1)])]
    return [said["type"]] if "type" in said else []


def _result(text: str, rows: Iterable[Row], literal: Span, position: int) -> list[str]:
    bodies = [row for row in rows if "body" in row and "composite" not in row]
    around = [row for row in bodies if row["body"].contains(literal)]
    row = min(around, key=lambda each: each["body"].size, default=None)
    if row is None or "result" not in row:
        return []
    results = row["result"].of(text).strip("()").split(",")
    # `(token Token, err error)` has the type last.
    return [results[position].split()[-1]] if position < len(results) else []


def _argument(scope: Scope, row: Row, position: int) -> Types:
    text = scope.syntax.text
    told = _TOLD.fullmatch("".join(row[key].of(text) for key in ("function", "told") if key in row))
    # `name[type](text)` looks like a conversion.
    if "converted" in row and not told:
        return []
    function = told[1] if told else row["function"].of(text)
    qualifier, _, name = function.rpartition(".")
    module = scope.modules().get(qualifier, "")
    arguments = items(row["value"].of(text)[1:-1])
    if function == "append" or module == "slices":
        # `append(bytes, "…"...)` takes the bytes of a string (Go specification, "Appending").
        is_spread = arguments[min(position, len(arguments) - 1)].rstrip().endswith("...")
        return [] if is_spread else [scope.element_of(arguments[0])]
    if function in {"max", "min"} or module == "cmp":
        return _beside_them(scope, arguments, position)
    if literal := _LITERAL.match(function):
        types = parameters(literal[1])
        return [types[min(position, len(types) - 1)]] if types else []
    found = _named(scope, function, position) if name.isidentifier() else _NOT_SEEN
    is_open = not isinstance(found, Refused) and "" in list(found)
    if told:
        return _one_of(told[2]) if is_open else found or _NOT_SEEN
    # A generic parameter may have the type of another one.
    others = set(_beside_them(scope, arguments, position)) if is_open else set()
    return found if others <= {"untyped", *BUILT_IN} else _NOT_SEEN


def _one_of(types: str) -> Types:
    # Which of several a parameter has is not asked.
    told = [each.strip() for each in items(types)]
    return told if len(told) == 1 or BUILT_IN.issuperset(told) else _NOT_SEEN


def _named(scope: Scope, function: str, position: int) -> Types:
    qualifier, _, name = function.rpartition(".")
    module, declared = scope.modules().get(qualifier, ""), list(scope.declared("function", name))
    if not module:
        return _own_argument(scope, function, declared, position)
    theirs = [each for each in declared if "receiver" not in each.row]
    theirs = [each for each in theirs if each.package in {qualifier, module.rpartition("/")[2]}]
    known = _KITS.get((module, name))
    if (module, name) in KIT_TYPES or (not known and any(scope.declared("named", name))):
        return []
    if known or theirs:
        types = [known] if known else _at(theirs, position)
        return [qualified(each, qualifier) for each in types]
    return _of_a_package(module, function)


def _beside_them(scope: Scope, arguments: Sequence[str], position: int) -> Types:
    # What has a type gives it to what has none.
    others = [each for number, each in enumerate(arguments) if number != position]
    types = [scope.type_of(each) for each in others]
    return [each for each in types if each != "untyped"] or ["untyped"]


def _own_argument(
    scope: Scope, function: str, declared: Iterable[Declared], position: int
) -> Types:
    is_method = "." in function
    alike = [each for each in declared if is_method == ("receiver" in each.row)]
    if is_method:
        return [type_ for each in _by_package(alike) for type_ in _seen(scope, each, position)]
    own = _beside(alike)
    is_unseen = scope.is_variable(function) or scope.imports_names()
    return _NOT_SEEN if not own and is_unseen else _at(own, position)


def _by_package(declared: Iterable[Declared]) -> list[list[Declared]]:
    packages: dict[tuple[str, bool], list[Declared]] = {}
    for each in declared:
        packages.setdefault((each.package, each.beside), []).append(each)
    return list(packages.values())


def _seen(scope: Scope, methods: Sequence[Declared], position: int) -> list[str | None]:
    return [scope.called_here(methods[0], each) for each in _at(methods, position)]


def _of_a_package(module: str, name: str) -> Types:
    # The path of a package that can be downloaded begins with a host's name, which has a dot.
    return Refused(_UNSEEN.format(name)) if "." in module.partition("/")[0] else []


def _held(scope: Scope, rows: Sequence[Row], literal: Span) -> Types:
    # The type of the literal that has a name, and from there inwards.
    text = scope.syntax.text
    composites = [row for row in rows if "composite" in row and row["body"].contains(literal)]
    if not composites:  # the text does not parse
        return _NOT_SEEN
    composite = min(composites, key=lambda each: each["body"].size)
    members = [row for row in rows if "member" in row and row["value"].contains(literal)]
    within = [row for row in members if composite["body"].contains(row["value"])]
    types: Types = [composite["composite"].of(text)]
    for row in sorted(within, key=lambda each: -each["value"].size):
        [type_] = types if not isinstance(types, Refused) else [None]
        if isinstance(types, Refused) or type_ is None:
            return types
        levels = [each["level"] for each in rows if "level" in each]
        around = [each for each in levels if each.contains(row["value"])]
        types = _member(scope, type_.lstrip("*"), row, min(around, key=lambda each: each.size))
    return types


def _member(scope: Scope, type_: str, row: Row, level: Span) -> Types:
    text = scope.syntax.text
    if "keyed" in row and (key := _MAP.match(type_)):
        return [key[1]]
    if held := element(type_, scope):
        return [held]
    position = position_in(text[level.start + 1 : row["value"].start])
    field = row["key"].of(text) if "key" in row else None
    if inline := struct_fields(type_):
        return [_chosen(inline, field, position)]
    if field is None:
        fields = [("", each) for each in scope.fields(scope.stands_for(type_))]
        return [_chosen(fields, None, position)]
    return _field(scope, type_, field)


def _chosen(fields: Sequence[tuple[str, str]], name: str | None, position: int) -> str | None:
    if name is not None:
        return dict(fields).get(name)
    return fields[position][1] or None if position < len(fields) else None


def _field(scope: Scope, struct: str, field: str) -> Types:
    declared = list(scope.declared("field", field))
    qualifier, _, name = scope.stands_for(struct).rpartition(".")
    module = scope.modules().get(qualifier, "")
    fields = [each for each in declared if each.row["struct"] == name]
    if not qualifier:
        return [each.type_ or None for each in _beside(fields)] or _NOT_SEEN
    if fields:
        return [qualified(each.type_, qualifier) for each in fields]
    return _of_a_package(module, f"{struct}.{field}")


def _beside(declared: Iterable[Declared]) -> list[Declared]:
    return [each for each in declared if each.beside]


def _at(declared: Sequence[Declared], position: int) -> list[str]:
    # A method may be declared for several types, and each has its own list.
    lists: dict[tuple[str, str], list[Declared]] = {}
    for each in declared:
        key = each.package, each.row.get("receiver", "")
        lists.setdefault(key, []).append(each)
    return [
        rows[min(position, len(rows) - 1)].type_
        for rows in lists.values()
        if position < len(rows) or "rest" in rows[-1].row
    ]
