"""Tokens as the defaults of what code in JavaScript reads from elsewhere."""

ENVIRONMENT = """
  [(member_expression object: (member_expression) @_env property: (property_identifier) @name)
   (subscript_expression object: (member_expression) @_env index: (string (string_fragment) @name))
   (call_expression
     function: (member_expression object: (member_expression) @_env property: (_) @_get)
     arguments: (arguments . (string (string_fragment) @name) .))]
"""
IS_ENVIRONMENT = """
  (#any-of? @_env "process.env" "import.meta.env" "Bun.env" "Deno.env") (#eq? @_get "get")
"""
STRING = "[(string) (template_string)]"

DEFAULTS = rf"""
; The read stays as it is written, since a bundler puts the value in its place.
((binary_expression left: {ENVIRONMENT} @source operator: ["||" "??"] right: {STRING} @literal)
  {IS_ENVIRONMENT})
((binary_expression
  left: (binary_expression right: {ENVIRONMENT} @source)
  operator: ["||" "??"] right: {STRING} @literal)
  {IS_ENVIRONMENT})
((ternary_expression consequence: {ENVIRONMENT} @source alternative: {STRING} @literal)
  {IS_ENVIRONMENT})
((variable_declarator
  name: (object_pattern [
    (object_assignment_pattern
      left: (shorthand_property_identifier_pattern) @name right: {STRING} @literal)
    (pair_pattern
      key: (property_identifier) @name value: (assignment_pattern right: {STRING} @literal))])
  value: (member_expression) @source)
  (#any-of? @source "process.env" "import.meta.env" "Bun.env"))
((call_expression
  function: (_) @source
  arguments: (arguments . (string (string_fragment) @name) . {STRING} @literal))
  (#match? @source "(?i)env(var|ironment|variable)?(or|default|string|str)?$|env[.]get$"))

((call_expression function: (_) @_get arguments: (arguments (_) . {STRING} @literal @default .))
  (#match? @_get "(^_|lodash|[.])get$|[.](getOr|getOrDefault|getItem|option|requiredOption)$"))
((pair key: (property_identifier) @_default value: {STRING} @literal @default)
  (#eq? @_default "default"))
((call_expression
  function: (member_expression property: (property_identifier) @_default)
  arguments: (arguments {STRING} @literal @default .))
  (#eq? @_default "default"))
"""
