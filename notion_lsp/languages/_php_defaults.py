"""Tokens as the defaults of what PHP code reads from elsewhere."""

from notion_lsp.languages._default_names import DEFAULTS_NAME
from notion_lsp.languages._overlaid import nested

STRING = "[(string) (encapsed_string)]"
NAME = "(_ . (string_content) @name .)"
READ = f"""
  [(function_call_expression
     function: (_) @_getenv arguments: (arguments . (argument {NAME})))
   (subscript_expression (variable_name) @_environment {NAME})]
"""
IS_READ = r"""
  (#match? @_getenv "^\\\\?(getenv|env)$") (#match? @_environment "^[$]_(ENV|SERVER)$")
"""
# What gives an array the values that a default is for: all of a literal array is evaluated before.
_ARRAY = "(array_creation_expression (array_element_initializer (_) %s .))"
_OWN = nested(_ARRAY, f"{STRING} @literal @default")
_OF_VARIABLE = (
    f"(array_creation_expression (array_element_initializer . {NAME} {STRING} @literal .))"
)
MERGES = r"^\\\\?(array_(merge|replace)(_recursive)?|shortcode_atts)$"
_NO_ENVIRONMENT = r"""(#not-match? @_over "^([$]_(ENV|SERVER)|\\\\?getenv\\(\\))$")"""
# `$_ENV` may hold what a library has read from a file, and be empty by the settings of PHP.
_READ_THERE = r"""
  (#match? @_over "^[$]_(ENV|SERVER)$") (#match? @name "^[A-Z][A-Z0-9_]*$")
  (#set! instead
    "$_ENV['{name}'] ?? (\\getenv('{name}') ?: throw new \\RuntimeException('{name} is not set'))")
"""

DEFAULTS = rf"""
; The read stays: what a library wrote to `$_ENV`, `getenv` does not see.
((conditional_expression condition: {READ} @source !body alternative: {STRING} @literal) {IS_READ})
((conditional_expression
  condition: (conditional_expression alternative: {READ} @source)
  !body alternative: {STRING} @literal)
  {IS_READ})
((binary_expression left: {READ} @source operator: "??" right: {STRING} @literal) {IS_READ})
((binary_expression
  left: (binary_expression operator: "??" right: {READ} @source)
  operator: "??" right: {STRING} @literal) {IS_READ})
((function_call_expression
  function: (_) @source
  arguments: (arguments
    . (argument {NAME}) "," @comma . (argument {STRING} @literal @default))) @call
  (#match? @source "^\\\\?env$"))
((_
  ; A program of the command line may see nothing there, so `getenv` is asked as well.
  [(function_call_expression
     function: (_) @_filter arguments: (arguments . (argument (_) @_input) . (argument {NAME})))
   (binary_expression left: (function_call_expression
     function: (_) @_filter arguments: (arguments . (argument (_) @_input) . (argument {NAME}))))]
  . {STRING} @literal .)
  (#match? @_filter "^\\\\?filter_input$") (#match? @_input "^\\\\?INPUT_(ENV|SERVER)$"))
((function_call_expression
  function: (_) @source
  arguments: (arguments . (argument {NAME}) . (argument (arrow_function body: {STRING} @literal))))
  (#match? @source "^\\\\?env$"))
((scoped_call_expression
  scope: (_) @source name: (name) @_get
  arguments: (arguments
    . (argument {NAME}) "," @comma . (argument {STRING} @literal @default))) @call
  ; Laravel, class Env.
  (#match? @source "(^|\\\\)Env$") (#eq? @_get "get"))

((_ name: (name) @_get arguments: (arguments (argument) . (argument {STRING} @literal @default) .))
  (#any-of? @_get "addArgument" "addOption" "cookie" "get" "getArgument" "getOption" "header"
    "input" "old" "post" "pull" "query" "server" "string"))
((function_call_expression
  function: (_) @_get
  arguments: (arguments (argument) . (argument {STRING} @literal @default) .))
  (#match? @_get "^\\\\?(config|data_get|array_get|input|request|get_(site_)?option|old)$"))
((array_element_initializer . (_ . (string_content) @_default .) {STRING} @literal @default .)
  (#any-of? @_default "default" "empty_data"))
((binary_expression left: (_) @_over operator: "+" right: {_OWN})
  {_NO_ENVIRONMENT} (#not-match? @_over "^(\\[|array\\()"))
((binary_expression left: (_) @_over operator: "+" right: {_OF_VARIABLE}) {_READ_THERE})
((assignment_expression left: (variable_name) @_defaults right: {_OWN})
  (#match? @_defaults "{DEFAULTS_NAME}"))
((augmented_assignment_expression right: {_OWN}) @_sum (#match? @_sum "^[^=]*[+]="))
((array_creation_expression
  (array_element_initializer (_) {STRING} @literal @default .)
  (array_element_initializer (variadic_unpacking (_) @_over))) {_NO_ENVIRONMENT})
((function_call_expression
  function: (_) @_merge arguments: (arguments (argument {_OWN}) . (argument (_) @_over)))
  (#match? @_merge "{MERGES}") {_NO_ENVIRONMENT})
((function_call_expression
  function: (_) @_merge arguments: (arguments (argument {_OF_VARIABLE}) . (argument (_) @_over)))
  (#match? @_merge "{MERGES}") {_READ_THERE})
((function_call_expression
  function: (_) @_parse arguments: (arguments (argument) . (argument {_OWN}) .))
  (#match? @_parse "^\\\\?wp_parse_args$"))
((function_call_expression
  function: (_) @_filter arguments: (arguments . (argument (array_creation_expression
    (array_element_initializer . (_) @_tried .)
    . (array_element_initializer . {STRING} @literal @default .) .))))
  (#match? @_filter "^\\\\?array_filter$")
  (#not-match? @_tried "getenv\\(|^[$]_(ENV|SERVER)\\b"))
((function_call_expression
  function: (_) @_filters arguments: (arguments . (argument (array_creation_expression
    (array_element_initializer . {READ} .)
    . (array_element_initializer . {STRING} @literal .) .))))
  {IS_READ} (#match? @_filters "^\\\\?array_filter$")
  (#set! instead "\\getenv('{{name}}') ?: throw new \\RuntimeException('{{name}} is not set')"))
"""
