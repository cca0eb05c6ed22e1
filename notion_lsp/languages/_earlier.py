"""Where code has a value from elsewhere before it falls back to a token, in each language.

`tried` is for the `context` query, and `assigned` for the `outline` query: see `syntax.site`.
"""

from __future__ import annotations

from typing import NamedTuple

from notion_lsp.languages._earlier_shapes import assigned, operator, ternary


class Earlier(NamedTuple):
    """The rows of a language for its two queries."""

    tried: str
    assigned: str


PYTHON = Earlier(
    f"""
{operator("boolean_operator", '"or"', "(string)")}
(conditional_expression . (_) @tried . (_) . (string) @literal .)
(conditional_expression . (string) @literal . (_) . (_) @tried .)
((try_statement
  body: (block (expression_statement (assignment left: (_) @_one right: (_) @tried)))
  (except_clause (block (expression_statement
    (assignment left: (_) @_other right: (string) @literal)))))
  (#eq? @_one @_other))
((if_statement
  consequence: (block (expression_statement (assignment left: (_) @_one right: (_) @tried)))
  alternative: (else_clause (block (expression_statement
    (assignment left: (_) @_other right: (string) @literal)))))
  (#eq? @_one @_other))
((if_statement
  condition: (_) @tried consequence: (block (return_statement)))
  . (return_statement (string) @literal))
""",
    assigned(
        "expression_statement (assignment left: (_) @target right: (_) @given)",
        # What a condition has set goes on behind it.
        "if_statement consequence: (block (expression_statement"
        " (assignment left: (_) @target right: (_) @given)))",
    ),
)

_JAVASCRIPT_STRING = "[(string) (template_string)]"
JAVASCRIPT = Earlier(
    f"""
{operator("binary_expression", '["||" "??"]', _JAVASCRIPT_STRING)}
{ternary("ternary_expression", _JAVASCRIPT_STRING)}
(statement_block
  (if_statement condition: (parenthesized_expression (_) @tried) consequence: (_) @_then)
  . (return_statement {_JAVASCRIPT_STRING} @literal)
  (#match? @_then "^[^;]*return"))
""",
    assigned(
        "lexical_declaration (variable_declarator name: (_) @target value: (_) @given)",
        "variable_declaration (variable_declarator name: (_) @target value: (_) @given)",
        "expression_statement (assignment_expression left: (_) @target right: (_) @given)",
        "if_statement consequence: [(expression_statement"
        " (assignment_expression left: (_) @target right: (_) @given))"
        " (statement_block (expression_statement"
        " (assignment_expression left: (_) @target right: (_) @given)))]",
        "expression_statement"
        " (augmented_assignment_expression left: (_) @target right: (_) @given)",
    )
    + """
((_ (variable_declarator
  name: (object_pattern [
    (shorthand_property_identifier_pattern) @target @given @read
    (pair_pattern
      key: (property_identifier) @name value: (identifier) @target) @given @read])
  value: (_) @_env)) @gives
  (#any-of? @_env "process.env" "import.meta.env" "Bun.env"))
""",
)

_GO_STRING = "[(interpreted_string_literal) (raw_string_literal)]"
GO = Earlier(
    f"""
((call_expression
  function: (_) @_or arguments: (argument_list . (_) @tried . {_GO_STRING} @literal .))
  (#eq? @_or "cmp.Or"))
((if_statement
  initializer: (short_var_declaration right: (expression_list . (_) @tried))
  consequence: (block (statement_list (return_statement))))
  . (return_statement (expression_list {_GO_STRING} @literal)))
((if_statement
  condition: (binary_expression left: (_) @tried)
  consequence: (block (statement_list (return_statement))))
  . (return_statement (expression_list {_GO_STRING} @literal)))
(if_statement
  initializer: (short_var_declaration right: (expression_list . (_) @tried))
  alternative: (block (statement_list (_ right: (expression_list . {_GO_STRING} @literal)))))
""",
    assigned(
        "_ left: (expression_list . (_) @target) right: (expression_list . (_) @given)",
        "if_statement consequence: (block (statement_list (assignment_statement"
        " left: (expression_list . (_) @target) right: (expression_list . (_) @given))))",
        "var_declaration (var_spec name: (_) @target value: (expression_list . (_) @given))",
    ),
)

JAVA = Earlier(
    f"""
{ternary("ternary_expression", "(string_literal)")}
(block
  (if_statement
    condition: (parenthesized_expression (binary_expression left: (_) @tried))
    consequence: (_) @_then)
  . (return_statement (string_literal) @literal)
  (#match? @_then "^[^;]*return"))
((method_invocation object: (_) @tried name: (_) @_else
  arguments: (argument_list . [(string_literal) @literal
    (lambda_expression body: (string_literal) @literal)] .))
  (#any-of? @_else "orElse" "orElseGet" "or"))
((method_invocation name: (_) @_else
  arguments: (argument_list . (_) @tried . [(string_literal) @literal
    (lambda_expression body: (string_literal) @literal)] .))
  (#any-of? @_else "requireNonNullElse" "requireNonNullElseGet" "firstNonNull" "defaultIfBlank"
    "defaultIfEmpty" "defaultString" "firstNonBlank" "firstNonEmpty"))
""",
    assigned(
        "local_variable_declaration (variable_declarator name: (_) @target value: (_) @given)",
        "field_declaration (variable_declarator name: (_) @target value: (_) @given)",
        "expression_statement (assignment_expression left: (_) @target right: (_) @given)",
    ),
)

_KOTLIN_STRING = "[(string_literal) (multiline_string_literal)]"
KOTLIN = Earlier(
    f"""
{operator("binary_expression", '"?:"', _KOTLIN_STRING)}
(if_expression condition: (_) . (_) @tried . {_KOTLIN_STRING} @literal .)
(if_expression condition: (_) . {_KOTLIN_STRING} @literal . (_) @tried .)
((call_expression
  (navigation_expression (_) @tried (identifier) @_else)
  (annotated_lambda (lambda_literal {_KOTLIN_STRING} @literal .)))
  (#any-of? @_else "ifBlank" "ifEmpty" "orElseGet"))
""",
    assigned(
        "property_declaration (variable_declaration . (identifier) @target) (_) @given .",
        "assignment left: (_) @target right: (_) @given",
    ),
)

_CSHARP_STRING = "[(string_literal) (verbatim_string_literal) (raw_string_literal)]"
CSHARP = Earlier(
    f"""
{operator("binary_expression", '"??"', _CSHARP_STRING)}
{ternary("conditional_expression", _CSHARP_STRING)}
""",
    assigned(
        "local_declaration_statement (variable_declaration"
        " (variable_declarator name: (_) @target . (_) @given))",
        "field_declaration (variable_declaration"
        " (variable_declarator name: (_) @target . (_) @given))",
        "expression_statement (assignment_expression left: (_) @target right: (_) @given)",
    ),
)

RUBY = Earlier(
    f"""
{operator("binary", '["||" "or"]', "(string)")}
{ternary("conditional", "(string)")}
((call receiver: (_) @tried method: (_) @_then block: (_ body: (_ . (string) @literal .)))
  (#eq? @_then "then"))
""",
    assigned(
        "assignment left: (_) @target right: (_) @given",
        "operator_assignment left: (_) @target right: (_) @given",
    ),
)

_PHP_STRING = "[(encapsed_string) (string)]"
PHP = Earlier(
    f"""
{operator("binary_expression", '["??" "or"]', _PHP_STRING)}
(conditional_expression condition: (_) @tried !body alternative: {_PHP_STRING} @literal)
{ternary("conditional_expression", _PHP_STRING, then="body")}
""",
    assigned(
        "expression_statement (assignment_expression left: (_) @target right: (_) @given)",
        "expression_statement"
        " (augmented_assignment_expression left: (_) @target right: (_) @given)",
    ),
)

_RUST_STRING = "[(string_literal) (raw_string_literal)]"
_TEXT = f"""
[{_RUST_STRING} @literal
 (call_expression function: (field_expression value: {_RUST_STRING} @literal))
 (call_expression function: (scoped_identifier) arguments: (arguments . {_RUST_STRING} @literal .))]
"""
RUST = Earlier(
    f"""
((call_expression
  function: (field_expression value: (_) @tried field: (_) @_or)
  arguments: (arguments . [(closure_expression body: {_TEXT}) {_TEXT}] .))
  (#match? @_or "^unwrap_or(_else)?$"))
(match_expression value: (_) @tried body: (match_block (match_arm value: {_TEXT})))
(if_expression
  condition: (let_condition value: (_) @tried) alternative: (else_clause (block {_TEXT} .)))
(if_expression
  condition: (_) consequence: (block (_) @tried .) alternative: (else_clause (block {_TEXT} .)))
(if_expression
  condition: (_) consequence: (block {_TEXT} .) alternative: (else_clause (block (_) @tried .)))
""",
    assigned(
        "let_declaration pattern: (_) @target value: (_) @given",
        "expression_statement (assignment_expression left: (_) @target right: (_) @given)",
    ),
)

_PERL_STRING = "[(string_literal) (interpolated_string_literal)]"
PERL = Earlier(
    f"""
{operator("binary_expression", '["||" "//"]', _PERL_STRING)}
{ternary("conditional_expression", _PERL_STRING, then="consequent")}
""",
    assigned(
        "expression_statement (assignment_expression"
        " left: (variable_declaration variable: (_) @target) right: (_) @given)",
        "_ (assignment_expression left: (scalar) @target right: (_) @given)",
    ),
)

_LUA = """
assignment_statement (variable_list . name: (_) @target .) (expression_list . value: (_) @given .)
"""
LUA = Earlier(
    operator("binary_expression", '"or"', "(string)"),
    assigned(
        _LUA,
        f"variable_declaration ({_LUA})",
    ),
)

ELIXIR = Earlier(
    f"""
{operator("binary_operator", '"||"', "(string)")}
((call target: (identifier) @_if
  (arguments . (_) @tried . (keywords (pair value: (_)) (pair value: (string) @literal))))
  (#eq? @_if "if"))
((call target: (identifier) @_case
  (arguments . (_) @tried .) (do_block (stab_clause right: (body . (string) @literal .))))
  (#eq? @_case "case"))
""",
    # A name alone: at each operator of a chain, any other text would wait for the rest of it.
    assigned('binary_operator left: (identifier) @target operator: "=" right: (_) @given'),
)

SCALA = Earlier(
    f"""
((call_expression
  function: (field_expression value: (_) @tried field: (identifier) @_else)
  arguments: (arguments . (string) @literal .)) (#eq? @_else "getOrElse"))
{ternary("if_expression", "(string)")}
((match_expression
  value: (_) @tried body: (case_block (case_clause pattern: (_) @_none body: (string) @literal)))
  (#any-of? @_none "None" "null" "_"))
""",
    assigned(
        "val_definition pattern: (_) @target value: (_) @given",
        "var_definition pattern: (_) @target value: (_) @given",
        "assignment_expression left: (_) @target right: (_) @given",
    ),
)

# C, and C++ with it.
C = Earlier(
    f"""
{ternary("conditional_expression", "(string_literal)")}
(if_statement
  condition: (_ value: (declaration value: (_) @tried))
  alternative: (else_clause (_ (binary_expression right: (string_literal) @literal))))
""",
    assigned(
        "declaration declarator: (init_declarator declarator:"
        " [(identifier) @target (pointer_declarator declarator: (identifier) @target)]"
        " value: (_) @given)",
        "expression_statement (assignment_expression left: (_) @target right: (_) @given)",
    ),
)

SHELL = Earlier("", assigned("variable_assignment name: (_) @target value: (_) @given"))
