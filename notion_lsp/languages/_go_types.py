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

from notion_lsp.languages._go_composites import (
    MAP,
    NOT_SEEN,
    beside,
    held,
    of_a_package,
    one_of,
    unseen,
)
from notion_lsp.languages._go_lists import items, parameters, position_in
from notion_lsp.languages._go_redeclared import declared_before
from notion_lsp.languages._go_values import (
    BUILT_IN,
    KIT_TYPES,
    PLAIN,
    Scope,
    qualified,
)
from notion_lsp.refused import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from notion_lsp.languages._go_declared import Declared
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
_LITERAL = re.compile(r"func\s*\(((?:[^()]|\([^()]*\))*)\)")
_TOLD = re.compile(r"[*&]*([\w.]+)\[(.*)\]", re.DOTALL)


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
        return unseen("this place") if scope.has_named_strings() else "%"
    named = {each for each in types if each and _NAMED.fullmatch(each) and each not in PLAIN}
    # Of several declarations with the name, the plain one is as likely as the other.
    return f"{named.pop()}(%)" if len(named) == 1 == len(types) else "%"


def _types(scope: Scope, row: Row, rows: Sequence[Row], literal: Span) -> Types:
    position = position_in(scope.syntax.text[row["value"].start : literal.start])
    if "returned" in row:
        return _result(scope.syntax.text, rows, literal, position)
    if "function" in row:
        return _argument(scope, row, max(position - 1, 0))
    return held(scope, rows, literal) if "member" in row else _beside_it(scope, row, position)


def _beside_it(scope: Scope, row: Row, position: int) -> Types:
    # The type that stands there, or that of another value.
    said = {key: span.of(scope.syntax.text) for key, span in row.items()}
    if "holder" in said:
        return [scope.element_of(said["holder"])]
    if "indexed" in said:
        key = MAP.match(scope.type_of(said["indexed"]) or "")
        return [key[1]] if key else NOT_SEEN
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
        return _parameter(literal[1], position)
    found = _named(scope, function, position) if name.isidentifier() else NOT_SEEN
    is_open = not isinstance(found, Refused) and "" in list(found)
    if told:
        return one_of(told[2]) if is_open else found or NOT_SEEN
    # A generic parameter may have the type of another one.
    others = set(_beside_them(scope, arguments, position)) if is_open else set()
    return found if others <= {"untyped", *BUILT_IN} else NOT_SEEN


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
    return of_a_package(module, function)


def _beside_them(scope: Scope, arguments: Sequence[str], position: int) -> Types:
    # What has a type gives it to what has none.
    others = [each for number, each in enumerate(arguments) if number != position]
    types = [scope.type_of(each) for each in others]
    return [each for each in types if each != "untyped"] or ["untyped"]


def _parameter(listed: str, position: int) -> list[str]:
    types = parameters(listed)
    return [types[min(position, len(types) - 1)]] if types else []


def _own_argument(
    scope: Scope, function: str, declared: Iterable[Declared], position: int
) -> Types:
    is_method = "." in function
    alike = [each for each in declared if is_method == ("receiver" in each.row)]
    own = _of_its_type(scope, function, alike) if is_method else beside(alike)
    # A field or a variable may hold a function.
    signature = None if own else _LITERAL.match(scope.signature(function))
    if signature:
        return _parameter(signature[1], position)
    if is_method:
        # All of that name count where the type of what has it is not seen.
        methods = _by_package(own or alike)
        return [type_ for each in methods for type_ in _seen(scope, each, position)]
    is_unseen = scope.is_variable(function) or scope.imports_names()
    return NOT_SEEN if not own and is_unseen else _at(own, position)


def _of_its_type(scope: Scope, function: str, methods: Iterable[Declared]) -> list[Declared]:
    owner = (scope.type_of(function.rpartition(".")[0]) or "").rpartition(".")[2].lstrip("*")
    receiver = re.compile(rf"\b{re.escape(owner)}\b")
    return [each for each in methods if owner and receiver.search(each.row["receiver"])]


def _by_package(declared: Iterable[Declared]) -> list[list[Declared]]:
    packages: dict[tuple[str, bool], list[Declared]] = {}
    for each in declared:
        packages.setdefault((each.package, each.beside), []).append(each)
    return list(packages.values())


def _seen(scope: Scope, methods: Sequence[Declared], position: int) -> list[str | None]:
    return [scope.called_here(methods[0], each) for each in _at(methods, position)]


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
