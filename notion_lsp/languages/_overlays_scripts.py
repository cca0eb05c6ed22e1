"""What Perl, Lua and Elixir lay over a value that a name has, in a later statement."""

from __future__ import annotations

from notion_lsp.languages._overlaid import nested

_STRING = "[(string_literal) (interpolated_string_literal)]"
_KEY = "[(autoquoted_bareword) (string_literal) (interpolated_string_literal)]"
_MEMBER = f"(list_expression {_KEY} @laid_key . {_STRING} @literal)"
PERL_LAID = f"""
(assignment_expression
  left: [(scalar) @laid (hash_element_expression) @laid
    (variable_declaration variable: (scalar) @laid)]
  right: [(anonymous_hash_expression {_MEMBER}) {_STRING} @literal])
(assignment_expression
  left: [(hash) @laid (variable_declaration variable: (hash) @laid)]
  right: (parenthesized_expression {_MEMBER}))
; (token => "TOKEN", %given)
((list_expression
  {_KEY} . "=>" . {_STRING} @literal @default (hash) @_over)
  (#not-eq? @_over "%ENV"))
"""
PERL = """
; (%defaults, %given)
((list_expression . (hash) @overlaid . (hash) @_over) (#not-eq? @_over "%ENV"))
; GetOptions(\\%options, "token=s"), ("token=s" => \\$token) and ("token=s" => \\$options{token})
((function_call_expression function: (_) @_options arguments: (list_expression
  (refgen_expression
    [(hash) @overlaid (scalar) @taken (hash_element_expression . (_) @overlaid)])))
  (#match? @_options "^(GetOptions(FromArray)?|getopts?)$"))
(assignment_expression
  left: (hash_element_expression hash: (_) @overlaid key: (scalar)))
(assignment_expression left: (hash_element_expression . (scalar) @overlaid key: (scalar)))

(assignment_expression left: [(scalar) (hash_element_expression)] @set)
(assignment_expression
  left: [(hash) @target (variable_declaration variable: (_) @target)] right: (_) @given)
[(conditional_statement) (for_statement) (loop_statement) (postfix_conditional_expression)] @branch
(subroutine_declaration_statement) @function
"""

_FIELD = "(table_constructor (field name: (_) @laid_key value: %s))"
_NAMED = "(table_constructor (field name: (_) value: %s))"
_TEXT = "(string) @literal"
_EXTENDS = "^(.*[._])?(deep_?)?(extend|merge|defaults)(_deep)?$"
LUA_LAID = f"""
(assignment_statement
  (variable_list . name: (_) @laid .)
  (expression_list . value: [{_TEXT} {nested(_FIELD, _TEXT)}] .))
; vim.tbl_deep_extend("force", {{ token = "TOKEN" }}, given)
((function_call
  name: (_) @_extend
  arguments: (arguments {nested(_NAMED, f"{_TEXT} @default")}
    . [(identifier) (dot_index_expression) (binary_expression)]))
  (#match? @_extend "{_EXTENDS}"))
"""
LUA = f"""
((function_call
  name: (_) @_extend
  arguments: (arguments [(identifier) (dot_index_expression)] @overlaid . (_) @_over))
  (#match? @_extend "{_EXTENDS}") (#not-match? @_over "^\\{{"))
(assignment_statement (variable_list name: (bracket_index_expression
  table: [(identifier) (dot_index_expression)] @overlaid
  field: [(identifier) (dot_index_expression) (function_call)])))
; setmetatable(given, {{ __index = defaults }})
((field name: (identifier) @_index value: (identifier) @overlaid) (#eq? @_index "__index"))

[(block (assignment_statement (variable_list name: (_) @set)))
 (chunk (assignment_statement (variable_list name: (_) @set)))]
(assignment_statement (variable_list . name: (_) @target .) (expression_list . value: (_) @given .))
[(for_statement) (if_statement) (repeat_statement) (while_statement)] @branch
[(function_declaration) (function_definition)] @function
(block (assignment_statement (variable_list name: (identifier) @shared)))

(binary_expression operator: "or" right: (identifier) @fallback)
"""

_KEYWORDS = "(keywords (pair key: (keyword) @laid_key value: (string) @literal))"
_PAIRS = "(keywords (pair value: (string) @literal @default))"
_DIRECT = f"[(list {_PAIRS}) (map (map_content {_PAIRS}))]"
# A literal map or list tells its keys, which are seldom the token's.
_MERGES = (
    '(#any-of? @_merge "merge" "validate" "validate!")'
    r'(#not-match? @_over "^(\\[|%\\{|\\w+:)")'
)
ELIXIR_LAID = f"""
(binary_operator left: (identifier) @laid operator: "=" right: [
  (list {_KEYWORDS}) (map (map_content {_KEYWORDS}))])
((call target: (dot right: (identifier) @_merge) (arguments . {_DIRECT} . (_) @_over)) {_MERGES})
((binary_operator
  left: {_DIRECT} operator: "|>"
  right: (call target: (dot right: (identifier) @_merge) (arguments . (_) @_over)))
  {_MERGES})
"""
ELIXIR = f"""
((call
  target: (dot right: (identifier) @_merge) (arguments . (identifier) @overlaid . (_) @_over))
  {_MERGES})
((binary_operator
  left: (identifier) @overlaid operator: "|>"
  right: (call target: (dot right: (_) @_merge) (arguments . (_) @_over)))
  {_MERGES})
"""
