"""Where code of Swift and Dart has a value from elsewhere before it falls back to a token."""

from __future__ import annotations

from notion_lsp.languages._earlier import Earlier, assigned

_SWIFT_STRING = "[(line_string_literal) (multi_line_string_literal) (raw_string_literal)]"
SWIFT = Earlier(
    f"""
(nil_coalescing_expression value: (_) @tried if_nil: {_SWIFT_STRING} @literal)
(ternary_expression if_true: (_) @tried if_false: {_SWIFT_STRING} @literal)
(ternary_expression if_true: {_SWIFT_STRING} @literal if_false: (_) @tried)
((if_statement
  (value_binding_pattern) . (_) @_one . (_) @tried
  . (statements . [(_) @_other (_ result: (_) @_other)] .)
  . (else)
  . (statements . [(_ result: {_SWIFT_STRING} @literal) {_SWIFT_STRING} @literal] .))
  (#eq? @_one @_other))
((guard_statement
  (value_binding_pattern) . (_) @_one . (_) @tried
  (statements (control_transfer_statement result: {_SWIFT_STRING} @literal)))
  . (control_transfer_statement result: (_) @_other)
  (#eq? @_one @_other))
""",
    assigned(
        "property_declaration name: (pattern bound_identifier: (_) @target) value: (_) @given",
        "assignment target: (_) @target result: (_) @given",
    ),
)

DART = Earlier(
    """
(if_null_expression first: (_) @tried second: (string_literal) @literal)
(conditional_expression consequence: (_) @tried alternative: (string_literal) @literal)
(conditional_expression consequence: (string_literal) @literal alternative: (_) @tried)
""",
    assigned(
        "local_variable_declaration"
        " (initialized_variable_definition name: (_) @target value: (_) @given)",
        "static_final_declaration_list (static_final_declaration . (_) @target (_) @given)",
        "initialized_identifier_list (initialized_identifier . (_) @target (_) @given)",
        "expression_statement (assignment_expression left: (_) @target right: (_) @given)",
    ),
)
