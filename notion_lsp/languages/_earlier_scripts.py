"""Where code has a value from elsewhere before it falls back to a token, in scripting languages."""

from __future__ import annotations

from notion_lsp.languages._earlier import (
    GIVES,
    Earlier,
    assigned,
    in_condition,
    operator,
    parameters,
    ternary,
)

_NAMED = "(named_expression name: (_) @target value: (_) @given)"
PYTHON = Earlier(
    f"""
{operator("boolean_operator", '"or"', "(string)")}
; a if a else "TOKEN", and "TOKEN" if not a else a
(conditional_expression . (_) @tried . (_) @asked . (string) @literal .)
(conditional_expression . (string) @literal . (_) @asked . (_) @tried .)
; try: t = os.environ["A"] except KeyError: t = "TOKEN"
((try_statement
  body: (block (expression_statement (assignment left: (_) @_one right: (_) @tried)))
  (except_clause (block (expression_statement
    (assignment left: (_) @_other right: (string) @literal)))))
  (#eq? @_one @_other))
; if a: t = a else: t = "TOKEN"
((if_statement
  condition: (_) @asked
  consequence: (block (expression_statement (assignment left: (_) @_one right: (_) @tried)))
  alternative: (else_clause (block (expression_statement
    (assignment left: (_) @_other right: (string) @literal)))))
  (#eq? @_one @_other))
; if not a: t = "TOKEN" else: t = a
((if_statement
  condition: (_) @asked
  consequence: (block (expression_statement
    (assignment left: (_) @_one right: (string) @literal)))
  alternative: (else_clause (block (expression_statement
    (assignment left: (_) @_other right: (_) @tried)))))
  (#eq? @_one @_other))
; if a: return a; return "TOKEN"
((if_statement
  condition: (_) @asked consequence: (block (return_statement (_) @tried)))
  . (return_statement (string) @literal))
""",
    assigned(
        "expression_statement (assignment left: (_) @target right: (_) @given)",
        # What a condition has set goes on behind it.
        "if_statement consequence: (block (expression_statement"
        " (assignment left: (_) @target right: (_) @given)))",
    )
    + in_condition("if_statement", _NAMED, "parenthesized_expression", bare=True)
    + in_condition("elif_clause", _NAMED, "parenthesized_expression", bare=True)
    + parameters(
        ("function_definition",),
        "parameters: (_ (default_parameter name: (_) @target @gives value: (_) @given))",
        "parameters: (_ (typed_default_parameter name: (_) @target @gives value: (_) @given))",
    ),
)

_OF_OBJECT = (
    "(object_pattern (object_assignment_pattern left: (_) @target @gives right: (_) @given))"
)
_JAVASCRIPT_STRING = "[(string) (template_string)]"
JAVASCRIPT = Earlier(
    f"""
{operator("binary_expression", '["||" "??"]', _JAVASCRIPT_STRING)}
{ternary("ternary_expression", _JAVASCRIPT_STRING)}
; if (a) return a; return "TOKEN";
(statement_block
  (if_statement condition: (_) @asked consequence: [
    (return_statement (_) @tried) (statement_block . (return_statement (_) @tried) .)])
  . (return_statement {_JAVASCRIPT_STRING} @literal))
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
    + in_condition("if_statement", GIVES, "parenthesized_expression")
    + """
; const { A, B: b } = process.env
((_ (variable_declarator
  name: (object_pattern [
    (shorthand_property_identifier_pattern) @target @given @read
    (pair_pattern
      key: (property_identifier) @name value: (identifier) @target) @given @read])
  value: (_) @_env)) @gives
  (#any-of? @_env "process.env" "import.meta.env" "Bun.env"))
""",
)
# A parameter is a node of its own in TypeScript alone.
_FUNCTIONS = (
    *("function_declaration", "function_expression", "arrow_function", "method_definition"),
    *("generator_function_declaration", "generator_function"),
)
JAVASCRIPT_PARAMETERS = parameters(
    _FUNCTIONS,
    "parameters: (formal_parameters"
    " (assignment_pattern left: (identifier) @target @gives right: (_) @given))",
    f"parameters: (formal_parameters (assignment_pattern left: {_OF_OBJECT}))",
)
TYPESCRIPT_PARAMETERS = parameters(
    _FUNCTIONS,
    "parameters: (formal_parameters (_ pattern: (identifier) @target @gives value: (_) @given))",
    f"parameters: (formal_parameters (_ pattern: {_OF_OBJECT}))",
)

_RUBY_GIVES = "(assignment left: (_) @target right: (_) @given)"
RUBY = Earlier(
    f"""
{operator("binary", '["||" "or"]', "(string)")}
{ternary("conditional", "(string)")}
; case a when nil then "TOKEN" else a end
((case . (_) @asked
  . (when . (pattern) @_empty body: (then . (string) @literal .)) . (else . (_) @tried .) .)
  (#any-of? @_empty "nil" "\\"\\"" "''"))
; begin ENV.fetch("A") rescue "TOKEN" end, and so in a method
(begin . (_) @tried . (rescue body: (then . (string) @literal .)))
(body_statement . (_) @tried . (rescue body: (then . (string) @literal .)))
""",
    assigned(
        "assignment left: (_) @target right: (_) @given",
        "operator_assignment left: (_) @target right: (_) @given",
    )
    + in_condition("if", _RUBY_GIVES, "parenthesized_statements", bare=True)
    + in_condition("unless", _RUBY_GIVES, "parenthesized_statements", bare=True)
    + parameters(
        ("method", "singleton_method", "lambda"),
        "parameters: (_ (optional_parameter name: (_) @target @gives value: (_) @given))",
        "parameters: (_ (keyword_parameter name: (_) @target @gives value: (_) @given))",
    ),
)

_PHP_STRING = "[(encapsed_string) (string)]"
PHP = Earlier(
    f"""
{operator("binary_expression", '["??" "or"]', _PHP_STRING)}
; $a ?: "TOKEN"
(conditional_expression condition: (_) @tried !body alternative: {_PHP_STRING} @literal)
{ternary("conditional_expression", _PHP_STRING, then="body")}
; match ($a) {{ null => "TOKEN", default => $a }}
((match_expression condition: (_) @asked body: (match_block
  . (match_conditional_expression
    conditional_expressions: (match_condition_list . (_) @_empty)
    return_expression: {_PHP_STRING} @literal)
  . (match_default_expression return_expression: (_) @tried) .))
  (#any-of? @_empty "false" "null" "\\"\\"" "''"))
; match (true) {{ $a !== null => $a, default => "TOKEN" }}
(match_block
  (match_conditional_expression conditional_expressions: (_) @asked return_expression: (_) @tried)
  . (match_default_expression return_expression: {_PHP_STRING} @literal))
; $t = getenv("A") or $t = "TOKEN"
(binary_expression left: (assignment_expression right: (_) @tried) operator: "or"
  right: (assignment_expression right: {_PHP_STRING} @literal))
; ($t = getenv("A")) || ($t = "TOKEN")
(binary_expression
  left: (parenthesized_expression (assignment_expression right: (_) @tried))
  operator: ["||" "or"]
  right: (parenthesized_expression (assignment_expression right: {_PHP_STRING} @literal)))
""",
    assigned(
        "expression_statement (assignment_expression left: (_) @target right: (_) @given)",
        "expression_statement"
        " (augmented_assignment_expression left: (_) @target right: (_) @given)",
    )
    + in_condition("if_statement", GIVES, "parenthesized_expression"),
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
        "_ (assignment_expression left: (hash_element_expression) @target right: (_) @given)",
    )
    + in_condition("conditional_statement", GIVES, "parenthesized_expression", bare=True),
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
; if a, do: a, else: "TOKEN"
((call target: (identifier) @_if
  (arguments . (_) @tried . (keywords (pair value: (_)) (pair value: (string) @literal))))
  (#eq? @_if "if"))
; case a do nil -> "TOKEN" end
((call target: (identifier) @_case
  (arguments . (_) @tried .) (do_block (stab_clause right: (body . (string) @literal .))))
  (#eq? @_case "case"))
""",
    # A name alone: at each operator of a chain, any other text would wait for the rest of it.
    assigned('binary_operator left: (identifier) @target operator: "=" right: (_) @given'),
)

SHELL = Earlier("", assigned("variable_assignment name: (_) @target value: (_) @given"))
