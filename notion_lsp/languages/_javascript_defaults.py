"""Tokens as the defaults of what code in JavaScript reads from elsewhere."""

ENVIRONMENT = """
  [(member_expression
     object: [(member_expression) (identifier)] @_env property: (property_identifier) @name)
   (subscript_expression
     object: [(member_expression) (identifier)] @_env index: (string (string_fragment) @name))
   (call_expression
     function: (member_expression object: (member_expression) @_env property: (_) @_get)
     arguments: (arguments . (string (string_fragment) @name) .))]
"""
IS_ENVIRONMENT = """
  (#any-of? @_env "process.env" "import.meta.env" "Bun.env" "Deno.env" "__ENV" "env" "c.env")
  (#eq? @_get "get")
"""
STRING = "[(string) (template_string)]"

# Functions whose text runs elsewhere: in a browser, or before the file's own functions are there.
ELSEWHERE = r"""
((call_expression function: (member_expression property: (property_identifier) @_sent)
  arguments: (arguments . [(arrow_function) (function_expression)] @fixed))
  (#match? @_sent "^([$][$]?eval|addInitScript|evaluate(All|Handle|OnNewDocument)?|waitFor\w+)$")
  (#set! reason "This function runs in a browser: hand the token over as an argument."))
((call_expression function: (member_expression object: (_) @_driver property: (_) @_sent)
  arguments: (arguments . [(arrow_function) (function_expression)] @fixed))
  (#match? @_driver "(^|[.])(browser|driver)$") (#match? @_sent "^execute(Async)?(Script)?$")
  (#set! reason "This function runs in a browser: hand the token over as an argument."))
((call_expression function: (member_expression property: (property_identifier) @_sent)
  arguments: (arguments (_) . [(arrow_function) (function_expression)] @fixed))
  (#match? @_sent "^[$][$]?eval$")
  (#set! reason "This function runs in a browser: hand the token over as an argument."))
((call_expression function: (member_expression object: (_) @_tool property: (_) @_mock)
  arguments: (arguments (_) [(arrow_function) (function_expression)] @fixed))
  (#any-of? @_tool "jest" "vi") (#any-of? @_mock "doMock" "mock" "setMock" "unstable_mockModule")
  (#set! reason "The factory of a mock may use nothing of the file: read the variable in it."))
((call_expression function: (_) @_assign arguments: (arguments . (member_expression) @_env) @fixed)
  (#eq? @_assign "Object.assign") (#any-of? @_env "process.env" "import.meta.env")
  (#set! reason "This line sets the environment itself: delete it, and set the variable outside."))
((call_expression function: (_) @_stub arguments: (arguments) @fixed)
  (#any-of? @_stub "Deno.env.set" "vi.stubEnv")
  (#set! reason "This line sets the environment itself: delete it, and set the variable outside."))
((call_expression function: (member_expression property: (_) @_set) @_sets
  arguments: (arguments . (string)) @fixed)
  (#match? @_sets "[Pp]rop(ertie)?s?([(].*[)])?[.]set|^Keychain[.]set$")
  (#any-of? @_set "setProperty" "set")
  (#set! reason "This line stores the token: delete it once it has run."))
"""

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
((pair
  key: (property_identifier) @_default
  value: (object (pair value: {STRING} @literal @default)))
  ; minimist, yargs-parser, rc.
  (#match? @_default "^defaults?$"))
((call_expression
  function: (member_expression property: (property_identifier) @_defaults)
  arguments: (arguments (object (pair value: {STRING} @literal @default))))
  ; nconf, request.
  (#match? @_defaults "^defaults?$"))
((call_expression
  function: (member_expression property: (property_identifier) @_default)
  arguments: (arguments {STRING} @literal @default))
  (#eq? @_default "default"))
"""
