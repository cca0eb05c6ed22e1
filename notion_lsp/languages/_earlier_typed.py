"""Where code has a value from elsewhere before it falls back to a token, in compiled languages."""

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

_GO_STRING = "[(interpreted_string_literal) (raw_string_literal)]"
GO = Earlier(
    f"""
; cmp.Or(os.Getenv("A"), "TOKEN")
((call_expression
  function: (_) @_or arguments: (argument_list . (_) @tried . {_GO_STRING} @literal .))
  (#eq? @_or "cmp.Or"))
; if a := os.Getenv("A"); a != "" {{ return a }}; return "TOKEN"
((if_statement
  consequence: (block (statement_list (return_statement (expression_list . (_) @tried)) .)))
  . (return_statement (expression_list {_GO_STRING} @literal)))
; switch a := os.Getenv("A"); a {{ case "": t = "TOKEN"; default: t = a }}
((expression_switch_statement
  initializer: (short_var_declaration
    left: (expression_list . (_) @_one) right: (expression_list . (_) @tried))
  (expression_case
    value: (expression_list . (_) @_empty .)
    (statement_list (_ [(expression_list {_GO_STRING} @literal)])))
  (default_case (statement_list (_ [(expression_list (identifier) @_other)]))))
  (#eq? @_one @_other) (#match? @_empty "^..$"))
; if a != "" {{ t = a }} else {{ t = "TOKEN" }}
((if_statement
  consequence: (block (statement_list
    (_ left: (expression_list . (_) @_one) right: (expression_list . (_) @tried)) .))
  alternative: (block (statement_list
    (_ left: (expression_list . (_) @_other) right: (expression_list . {_GO_STRING} @literal)) .)))
  (#eq? @_one @_other))
; if a != "" {{ return a }} else {{ return "TOKEN" }}
((if_statement
  consequence: (block (statement_list (return_statement (expression_list . (_) @tried)) .))
  alternative: (block (statement_list
    (return_statement (expression_list . {_GO_STRING} @literal)) .))))
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
; if (a != null) return a; return "TOKEN";
(block
  (if_statement consequence: [
    (return_statement (_) @tried)
    (block (return_statement (_) @tried) .)])
  . (return_statement (string_literal) @literal))
; switch (a) {{ case null -> t = "TOKEN"; default -> t = a; }}
(switch_block
  . (switch_rule (switch_label (null_literal)) (expression_statement (string_literal) @literal))
  . (switch_rule (expression_statement (_) @tried)) .)
; Optional.ofNullable(a).orElse("TOKEN")
((method_invocation object: (_) @tried name: (_) @_else
  arguments: (argument_list . [(string_literal) @literal
    (lambda_expression body: (string_literal) @literal)] .))
  (#any-of? @_else "orElse" "orElseGet" "or"))
; Objects.requireNonNullElse(a, "TOKEN"), and what Guava and Apache Commons have like it
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
    )
    + in_condition("if_statement", GIVES, "parenthesized_expression"),
)

_KOTLIN_STRING = "[(string_literal) (multiline_string_literal)]"
KOTLIN = Earlier(
    f"""
{operator("binary_expression", '"?:"', _KOTLIN_STRING)}
; if (a != null) a else "TOKEN", and the other way round
(if_expression condition: (_) . (_) @tried . {_KOTLIN_STRING} @literal .)
(if_expression condition: (_) . {_KOTLIN_STRING} @literal . (_) @tried .)
; when (val a = System.getenv("A")) {{ null -> "TOKEN"; else -> a }}
((when_expression
  (when_subject (variable_declaration . (_) @_one) (_) @tried .)
  . (when_entry {_KOTLIN_STRING} @literal) . (when_entry . (identifier) @_other .) .)
  (#eq? @_one @_other))
; when {{ a == null -> "TOKEN"; else -> a }}
(when_expression . (when_entry {_KOTLIN_STRING} @literal .) . (when_entry . (_) @tried .) .)
; when (a) {{ null -> "TOKEN"; else -> a }}
((when_expression . (when_subject)
  . (when_entry . (_) @_empty {_KOTLIN_STRING} @literal .) . (when_entry . (_) @tried .) .)
  (#any-of? @_empty "null" "\\"\\""))
; a.ifBlank {{ "TOKEN" }}
((call_expression
  (navigation_expression (_) @tried (identifier) @_else)
  (annotated_lambda (lambda_literal {_KOTLIN_STRING} @literal .)))
  (#any-of? @_else "ifBlank" "ifEmpty" "orElseGet"))
""",
    assigned(
        "property_declaration (variable_declaration . (identifier) @target) (_) @given .",
        "assignment left: (_) @target right: (_) @given",
    )
    + parameters(
        ("function_declaration",),
        "(function_value_parameters (parameter . (identifier) @target @gives) . (_) @given)",
    )
    + parameters(
        ("class_declaration",),
        "(primary_constructor (class_parameters"
        " (class_parameter (identifier) @target @gives (_) @given .)))",
    ),
)

_CSHARP_STRING = "[(string_literal) (verbatim_string_literal) (raw_string_literal)]"
CSHARP = Earlier(
    f"""
{operator("binary_expression", '"??"', _CSHARP_STRING)}
{ternary("conditional_expression", _CSHARP_STRING)}
; a switch {{ null => "TOKEN", var other => other }}
((switch_expression
  . (_) @tried . (switch_expression_arm {_CSHARP_STRING} @literal .)
  . (switch_expression_arm (_ name: (_) @_one) . (identifier) @_other .) .)
  (#eq? @_one @_other))
; a switch {{ null => "TOKEN", _ => a }}
((switch_expression
  . (_) . (switch_expression_arm . (_) @_empty {_CSHARP_STRING} @literal .)
  . (switch_expression_arm (_) @tried .) .)
  (#match? @_empty "^(null|\\"\\")"))
""",
    assigned(
        "local_declaration_statement (variable_declaration"
        " (variable_declarator name: (_) @target . (_) @given))",
        "field_declaration (variable_declaration"
        " (variable_declarator name: (_) @target . (_) @given))",
        "expression_statement (assignment_expression left: (_) @target right: (_) @given)",
    )
    + in_condition("if_statement", GIVES, "parenthesized_expression", bare=True),
)

_RUST_STRING = "[(string_literal) (raw_string_literal)]"
_TEXT = f"""
[(call_expression function: (field_expression value: {_RUST_STRING} @literal))
 (call_expression function: (scoped_identifier) arguments: (arguments . {_RUST_STRING} @literal .))
 {_RUST_STRING} @literal]
"""
# What an arm has where nothing was read, and one that has what was.
_NOTHING = f"(match_arm pattern: (_) @_nothing value: {_TEXT})"
_SOMETHING = "(match_arm pattern: (match_pattern (tuple_struct_pattern)) value: (_) @tried)"
RUST = Earlier(
    f"""
; env::var("A").unwrap_or_else(|_| "TOKEN".to_string())
((call_expression
  function: (field_expression value: (_) @tried field: (_) @_or)
  arguments: (arguments . [(closure_expression body: {_TEXT}) {_TEXT}] .))
  (#match? @_or "^(unwrap_or(_else)?|get_or_insert(_with)?)$"))
; match env::var("A") {{ Ok(a) => a, Err(_) => "TOKEN".into() }}
([(match_block {_SOMETHING} . {_NOTHING}) (match_block {_NOTHING} . {_SOMETHING})]
  (#match? @_nothing "^(_|None|Err[(].*|(Ok|Some)[(][^a-z][^a-z][)])$"))
; if let Ok(a) = env::var("A") {{ a }} else {{ "TOKEN".into() }}, and the other way round
(if_expression
  condition: (_) consequence: (block (_) @tried .) alternative: (else_clause (block {_TEXT} .)))
(if_expression
  condition: (_) consequence: (block {_TEXT} .) alternative: (else_clause (block (_) @tried .)))
""",
    assigned(
        "let_declaration pattern: (_) @target value: (_) @given",
        "expression_statement (assignment_expression left: (_) @target right: (_) @given)",
        "if_expression condition: (let_condition"
        " pattern: (tuple_struct_pattern (_) . (identifier) @target .) value: (_) @given)",
    )
    + """
(match_expression value: (_) @given body: (match_block (match_arm
  pattern: (match_pattern (tuple_struct_pattern (_) . (identifier) @target .)) @gives) @scope))
""",
)

SCALA = Earlier(
    f"""
; sys.env.get("A").getOrElse("TOKEN")
((call_expression
  function: (field_expression value: (_) @tried field: (identifier) @_else)
  arguments: (arguments . (string) @literal .)) (#eq? @_else "getOrElse"))
{ternary("if_expression", "(string)")}
; a match {{ case Some(b) => b; case None => "TOKEN" }}
((match_expression
  body: (case_block
    (case_clause pattern: (case_class_pattern) body: (_) @tried)
    . (case_clause pattern: (_) @_none body: (string) @literal)))
  (#any-of? @_none "None" "null" "_"))
""",
    assigned(
        "val_definition pattern: (_) @target value: (_) @given",
        "var_definition pattern: (_) @target value: (_) @given",
        "assignment_expression left: (_) @target right: (_) @given",
    )
    + """
(match_expression value: (_) @given body: (case_block (case_clause
  pattern: (case_class_pattern pattern: (identifier) @target) @gives) @scope))
"""
    + parameters(
        ("function_definition",),
        "parameters: (_ (parameter name: (_) @target @gives default_value: (_) @given))",
    )
    + parameters(
        ("class_definition",),
        "class_parameters: (_"
        " (class_parameter name: (_) @target @gives default_value: (_) @given))",
    ),
)

# C, and C++ with it.
C = Earlier(
    f"""
{ternary("conditional_expression", "(string_literal)")}
; if (const char* a = getenv("A")) t = a; else t = "TOKEN";
(if_statement
  condition: (_ value: (declaration))
  consequence: (_ (binary_expression right: (_) @tried))
  alternative: (else_clause (_ (binary_expression right: (string_literal) @literal))))
""",
    assigned(
        "declaration declarator: (init_declarator declarator:"
        " [(identifier) @target (pointer_declarator declarator: (identifier) @target)]"
        " value: (_) @given)",
        "expression_statement (assignment_expression left: (_) @target right: (_) @given)",
    )
    + in_condition("if_statement", GIVES, "parenthesized_expression")
    + """
(if_statement condition: (_ value: (declaration
  declarator: [(identifier) @target (pointer_declarator declarator: (identifier) @target)]
  value: (_) @given) @gives)) @scope
""",
)
