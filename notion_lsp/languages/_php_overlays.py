"""What PHP code lays over a value that a name has, in a later statement."""

from __future__ import annotations

from notion_lsp.languages._overlaid import nested
from notion_lsp.languages._php_defaults import MERGES, STRING

_PLACE = "[(variable_name) (member_access_expression) (scoped_property_access_expression)]"
_PAIR = "(array_creation_expression (array_element_initializer . (_) @laid_key . %s .))"
_STRING = f"{STRING} @literal"
LAID = f"""
(assignment_expression left: (_) @laid right: [{nested(_PAIR, _STRING)} {_STRING}])
(const_declaration (const_element . (name) @laid . {_STRING}))
((function_call_expression function: (_) @_define arguments: (arguments
  . (argument (_ (string_content) @laid)) . (argument {_STRING})))
  (#match? @_define "define$"))
"""
# The name of a variable has its sigil.
_SELF = '(#eq? @overlaid "$this")'
OVERLAYS = rf"""
((function_call_expression
  function: (_) @_merge
  arguments: (arguments (argument {_PLACE} @overlaid) . (argument (_) @_over)))
  (#match? @_merge "{MERGES}") (#not-match? @_over "^(\\[|array\\()"))
((function_call_expression
  function: (_) @_parse arguments: (arguments (argument) . (argument {_PLACE} @overlaid)))
  (#match? @_parse "^\\\\?wp_parse_args$"))
((binary_expression left: (_) @_over operator: "+" right: {_PLACE} @overlaid)
  (#not-match? @_over "^(\\[|array\\()"))
((array_creation_expression
  . (array_element_initializer (variadic_unpacking {_PLACE} @overlaid))) @_all
  (#match? @_all "^.\\s*[.]{{3}}[^.]*,\\s*[.]{{3}}"))
(assignment_expression left: (subscript_expression
  . {_PLACE} @overlaid . [(variable_name) (subscript_expression) (function_call_expression)]))
(assignment_expression
  left: (member_access_expression object: (_) @overlaid name: (variable_name)) {_SELF})

(assignment_expression
  left: [(member_access_expression) (subscript_expression) (variable_name)] @set)
(assignment_expression left: (_) @target right: (_) @given)
[(for_statement) (foreach_statement) (if_statement) (switch_statement) (try_statement)
 (while_statement) (conditional_expression)] @branch
[(anonymous_function) (arrow_function) (function_definition) (method_declaration)] @function
(class_declaration) @class

(binary_expression operator: ["??" "||" "or"] right: (name) @fallback)
(conditional_expression !body alternative: (name) @fallback)
(conditional_expression
  condition: (_) @condition body: (_) @other alternative: (name) @fallback)
(augmented_assignment_expression right: (name) @fallback)
(property_promotion_parameter default_value: (name) @fallback)
(simple_parameter default_value: (name) @fallback)
"""
