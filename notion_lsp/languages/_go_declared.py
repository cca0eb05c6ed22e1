"""What Go declares: functions, fields, variables and types, each with a type."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

DECLARED = """
(package_clause (package_identifier) @package)
(function_declaration name: (identifier) @function parameters: (parameter_list [
  (parameter_declaration name: (identifier) @parameter type: (_) @type)
  (variadic_parameter_declaration name: (identifier) type: (_) @type @rest)]))
(method_declaration receiver: (_) @receiver name: (field_identifier) @function
  parameters: (parameter_list [
    (parameter_declaration name: (identifier) @parameter type: (_) @type)
    (variadic_parameter_declaration name: (identifier) type: (_) @type @rest)]))
(type_spec name: (type_identifier) @receiver type: (interface_type (method_elem
  name: (field_identifier) @function
  parameters: (parameter_list [
    (parameter_declaration name: (identifier)? @parameter type: (_) @type)
    (variadic_parameter_declaration type: (_) @type @rest)]))))
(function_declaration name: (identifier) @maker result: (_) @type)
(method_declaration name: (field_identifier) @maker result: (_) @type)
(type_spec name: (type_identifier) @struct type: (struct_type (field_declaration_list
  (field_declaration name: (field_identifier) @field type: (_) @type))))
(type_spec name: (type_identifier) @struct type: (struct_type (field_declaration_list
  (field_declaration !name type: (_) @type))))
(source_file (var_declaration (var_spec name: (identifier) @variable type: (_) @type)))
(source_file (var_declaration (var_spec_list
  (var_spec name: (identifier) @variable type: (_) @type))))
([(type_spec name: (type_identifier) @named type: (_) @type)
  (type_alias name: (type_identifier) @named type: (_) @type)])
(type_parameter_declaration name: (identifier) @generic)
"""
VARIABLES = """
(var_spec name: (identifier) @variable type: (_) @type)
(const_spec name: (identifier) @variable type: (_) @type)
(const_spec name: (identifier) @variable @untyped !type value: (expression_list . (_) @value .))
(parameter_declaration name: (identifier) @variable type: (_) @type)
(var_spec name: (identifier) @variable !type value: (expression_list . (_) @value .))
(short_var_declaration
  left: (expression_list . (identifier) @variable) right: (expression_list . (_) @value))
(range_clause left: (expression_list (_) . (identifier) @variable) right: (_) @ranged)
[(function_declaration) (method_declaration)] @function
(type_parameter_declaration name: (identifier) @generic)
"""


class Declared(NamedTuple):
    """A row of declarations: what it is of, in which package, and its type."""

    package: str
    beside: bool
    row: Mapping[str, str]

    @property
    def type_(self) -> str:
        """The type, empty where it follows from what is given to a generic declaration."""
        return self.row["type"]
