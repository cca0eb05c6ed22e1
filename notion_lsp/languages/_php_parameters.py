"""The defaults of PHP's parameters, which must be constants.

The lookup goes to the top of the function, and the default becomes `null`. That is safe for a type
that has no `null`, as nobody can have passed one; else the number of arguments tells whether the
parameter has one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.refused import Refused
from notion_lsp.text import Edit, Span, apply_edits, line_bounds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Site, Syntax

_DEFAULT = """
(simple_parameter default_value: (_) @default)
(property_promotion_parameter default_value: (_) @default)
"""
_PARAMETER = """
(_
  parameters: (formal_parameters (simple_parameter
    !reference_modifier
    type: (primitive_type) @type name: (variable_name) @name default_value: (_) @default))
  body: (compound_statement) @body)
"""
_COUNTED = """
(_
  name: (name)? @function
  parameters: (formal_parameters
    (simple_parameter
      !reference_modifier type: (_)? @type name: (variable_name) @name default_value: (_) @default))
    @parameters
  body: (compound_statement) @body)
"""
_PARAMETERS = "(formal_parameters (_ name: (variable_name) @name)) @parameters"
_NULLABLE = re.compile(r"\?.*|mixed|.*\bnull\b.*", re.IGNORECASE | re.DOTALL)
# `function __construct(private readonly string $token = "…")` gives a property its value before a
# line of the body runs: the property is declared by itself then.
_PROMOTED = """
(_ body: (declaration_list
  (method_declaration
    parameters: (formal_parameters (property_promotion_parameter
      !attributes visibility: (visibility_modifier) @visibility
      type: (primitive_type) @type name: (variable_name) @name default_value: (_) @default))
    body: (compound_statement) @body)) @members
  (#any-of? @visibility "private" "protected"))
"""
_METHOD = "(method_declaration parameters: (formal_parameters) @parameters) @method"
_OWNER = """
(class_declaration name: (name) @class) @owner
(trait_declaration) @owner
"""
# What a subclass may not have with other parameters: PHP compares neither of these.
_OWN = re.compile(r"\b(?:private|final|function\s+__construct)\b")
_EXTENDS = re.compile(r"\bextends\s+(?:[\w\\]*\\)?(\w+)")
_REASON = Refused(
    "A parameter's default must be a constant: make it `null`, and read the variable in the "
    "function."
)


def fit_parameter(syntax: Syntax, site: Site, mentioning: Mentioning) -> Site | Refused:
    """Return the site, or why nothing can be read where it is a parameter's default."""
    literal = site.literal.span
    if not any(each["default"].contains(literal) for each in syntax.found(_DEFAULT, literal)):
        return site
    # A program that asks for its parameters would be told of the new ones.
    if "Reflection" in syntax.text:
        return _REASON
    if counted := _counted(syntax, literal):
        is_told = _is_built(syntax, counted, mentioning)
        return site if is_told and not _is_skipped(syntax, counted, mentioning) else _REASON
    found = _parameter(syntax, literal)
    if found is None or _is_inherited(syntax, found["default"], mentioning):
        return _REASON
    return site


def when_called(syntax: Syntax, site: Site, edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return the edits, and those of a parameter's default as what gives its value at the call."""
    counted = _counted(syntax, site.literal.span)
    found = counted or _parameter(syntax, site.literal.span)
    if found is None:
        return tuple(edits)
    text, default, name = syntax.text, found["default"], found["name"].of(syntax.text)
    value = apply_edits(
        default.of(text), [Edit(each.span.shifted(-default.start), each.new_text) for each in edits]
    )
    if counted:
        count = len(_names(syntax, counted)[0]) + 1
        given = f"{name} = \\func_num_args() < {count} ? {_operand(value)} : {name};"
        return Edit(default, "null"), first_line(text, found["body"], given)
    type_, given = found["type"], f"{name} ??= {value};"
    opening, property_ = _declared(text, found) if "members" in found else ((), "")
    return (
        *opening,
        Edit(Span(type_.start, type_.start), "?"),
        Edit(default, "null"),
        first_line(text, found["body"], f"{property_}{given}"),
    )


def _declared(text: str, found: Mapping[str, Span]) -> tuple[tuple[Edit, ...], str]:
    """Return the edits that declare a promoted property by itself, and what assigns it."""
    modifiers = Span(found["visibility"].start, found["type"].start)
    name = found["name"].of(text)
    declared = f"{modifiers.of(text)}{found['type'].of(text)} {name};"
    edits = first_line(text, found["members"], declared), Edit(modifiers, "")
    return edits, f"$this->{name[1:]} = "


def _operand(value: str) -> str:
    return value if value.startswith("[") else f"({value})"


def _counted(syntax: Syntax, literal: Span) -> Mapping[str, Span] | None:
    """Return the parameter around a literal, if it may be `null` as well."""
    text = syntax.text
    found = (each for each in syntax.found(_COUNTED, literal) if each["default"].contains(literal))
    parameter = next(found, None)
    if parameter is None or (
        "type" in parameter and not _NULLABLE.fullmatch(parameter["type"].of(text))
    ):
        return None
    return parameter


def _names(syntax: Syntax, found: Mapping[str, Span]) -> tuple[list[str], list[str]]:
    """Return the names of the parameters before one, and of those behind it."""
    of_all = syntax.found(_PARAMETERS, found["default"])
    names = [each["name"] for each in of_all if each["parameters"] == found["parameters"]]
    before = [each.of(syntax.text) for each in names if each.end <= found["name"].start]
    return before, [each.of(syntax.text) for each in names if each.start > found["name"].end]


def _is_built(syntax: Syntax, found: Mapping[str, Span], mentioning: Mentioning) -> bool:
    # A container that builds an object passes a default on, as an argument.
    if "function" not in found or found["function"].of(syntax.text).lower() != "__construct":
        return True
    owners = [each for each in syntax.found(_OWNER, found["default"]) if "class" in each]
    if not owners:
        return False
    built = rf"\bnew\s+(?:[\w\\]*\\)?{owners[-1]['class'].of(syntax.text)}\b"
    return re.search(built, syntax.text) is not None or any(mentioning(built))


def _is_skipped(syntax: Syntax, found: Mapping[str, Span], mentioning: Mentioning) -> bool:
    # Where a later one is given by its name, the number of arguments does not tell.
    later = "|".join(each.removeprefix("$") for each in _names(syntax, found)[1])
    if not later:
        return False
    named = rf"[(,]\s*(?:{later})\s*:[^:]"
    return re.search(named, syntax.text) is not None or any(mentioning(named))


def _parameter(syntax: Syntax, literal: Span) -> Mapping[str, Span] | None:
    rows = (*syntax.found(_PARAMETER, literal), *syntax.found(_PROMOTED, literal))
    found = (each for each in rows if each["default"].contains(literal))
    types = {"array", "string"}
    return next((each for each in found if each["type"].of(syntax.text) in types), None)


def _is_inherited(syntax: Syntax, default: Span, mentioning: Mentioning) -> bool:
    """Whether a subclass may have the method with the parameter as it was, which is an error."""
    text = syntax.text
    methods = [each for each in syntax.found(_METHOD, default) if each["method"].contains(default)]
    own = max(methods, key=lambda each: each["method"].start, default=None)
    if own is None or not own["parameters"].contains(default):
        return False
    if _OWN.search(text, own["method"].start, own["parameters"].start):
        return False
    owners = [each for each in syntax.found(_OWNER, default) if each["owner"].contains(default)]
    owner = max(owners, key=lambda each: each["owner"].start, default=None)
    if owner is None or "class" not in owner:
        return owner is not None
    return has_subclass(syntax, owner["class"].of(text), mentioning)


def has_subclass(syntax: Syntax, name: str, mentioning: Mentioning) -> bool:
    """Whether a class of the text or of the project inherits from one of that name."""
    subclass = rf"\bextends\s+(?:[\w\\]*\\)?{re.escape(name)}\b"
    return name in syntax.once(_extended, None) or any(mentioning(subclass))


def _extended(syntax: Syntax, _about: None) -> frozenset[str]:
    return frozenset(_EXTENDS.findall(syntax.text))


def first_line(text: str, body: Span, line: str) -> Edit:
    """Return the edit that makes a line the first one of a function's body."""
    start = body.start + 1
    opened = line_bounds(text, start)
    if body.end <= opened.end:
        behind = " " if text.startswith("}", start) else ""
        return Edit(Span(start, start), f" {line}{behind}")
    bounds = line_bounds(text, body.start)
    indent = re.compile(r"[ \t]*").match(text, bounds.start)
    first = re.compile(r"\s*?\n(?P<indent>[ \t]*)[^\s}]").match(text, start, body.end)
    deeper = f"{indent[0] if indent else ''}    "
    return Edit(Span(start, start), f"\n{first['indent'] if first else deeper}{line}")
