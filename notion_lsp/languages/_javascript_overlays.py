"""What code in JavaScript lays over a value that a name has, in a later statement."""

from __future__ import annotations

from notion_lsp.languages._javascript_defaults import ASSIGNS, STRING
from notion_lsp.languages._overlaid import nested

_PAIR = "(object (pair key: (_) @laid_key value: %s))"
_STRING = f"{STRING} @literal"
_VALUE = f"""[
  {nested(_PAIR, _STRING)}
  (new_expression constructor: (identifier) @_map arguments: (arguments
    (array (array . (string) @laid_key . {STRING} @literal .))))
  (call_expression function: (_) @_freeze arguments: (arguments . {nested(_PAIR, _STRING)} .))
  {_STRING}]"""
_IS_KEPT = '(#eq? @_map "Map") (#match? @_freeze "^Object[.](freeze|seal)$")'
LAID = f"""
((variable_declarator name: (identifier) @laid value: {_VALUE}) {_IS_KEPT})
((assignment_expression left: (_) @laid right: {_VALUE}) {_IS_KEPT})
"""


def laid_fields(field: str) -> str:
    """Return the query of what the fields of classes have, by their node and its name."""
    return rf"""
(({field}: (_) @laid value: {_VALUE}) {_IS_KEPT})
((class_declaration name: (_) @laid_in body: (class_body
  ({field}: (_) @laid value: {_STRING}) @_static)) (#match? @_static "^(\\w+ )*static\\b"))
"""


_OPTION = "(object (pair key: (property_identifier) @_default value: (identifier) @fallback))"
_PLACE = "[(identifier) (member_expression) (this)]"
OVERLAYS = rf"""
((call_expression
  function: (_) @_assign arguments: (arguments {_PLACE} @overlaid . (_) @_over))
  (#any-of? @_assign {ASSIGNS}) (#not-match? @_over "^\\{{"))
((call_expression
  function: (_) @_defaults arguments: (arguments (_) . {_PLACE} @overlaid))
  (#match? @_defaults "^(_|lodash)?[.]?(defaults|defaultsDeep)$|^defu$"))
((object . (spread_element {_PLACE} @overlaid)) @_all
  (#match? @_all "^.\\s*[.]{{3}}[^.]*(\\.[^.]+)*,\\s*[.]{{3}}|^.\\s*[.]{{3}}[\\w.]+,\\s*\\["))
(assignment_expression left: (subscript_expression object: (_) @overlaid
  index: [(identifier) (call_expression) (member_expression) (subscript_expression)]))
((call_expression function: (member_expression object: (_) @overlaid property: (_) @_set)
  arguments: (arguments . [(identifier) (spread_element)]))
  (#eq? @_set "set"))
((call_expression function: (member_expression object: (_) @overlaid property: (_) @_merge)
  arguments: (arguments . [(identifier) (member_expression) (call_expression)] .))
  (#any-of? @_merge "merge" "mergeWith"))
((call_expression function: (member_expression property: (_) @_reduce)
  arguments: (arguments (_) . [(object . (spread_element {_PLACE} @overlaid)) {_PLACE} @overlaid]))
  (#eq? @_reduce "reduce"))
; Of each value of an object, what is given instead.
((call_expression
  function: (member_expression object: (call_expression
    function: (_) @_entries arguments: (arguments . {_PLACE} @overlaid .)))
  arguments: (arguments) @_body)
  (#any-of? @_entries "Object.entries" "Object.keys")
  (#match? @_body "[?][?]|[|][|]|[?]|\\bin\\b"))

(assignment_expression left: [(identifier) @set @shared (member_expression) @set])
(assignment_expression left: (subscript_expression index: (string)) @set)
(variable_declarator name: (identifier) @target value: (_) @given)
(assignment_expression left: (_) @target right: (_) @given)
[(catch_clause) (for_in_statement) (for_statement) (if_statement) (switch_statement)
 (try_statement) (while_statement) (do_statement) (ternary_expression)
 (binary_expression operator: ["&&" "||" "??"])] @branch
[(arrow_function) (function_declaration) (function_expression) (method_definition)] @function
[(class_body)] @class

(binary_expression operator: ["||" "??"] right: [(identifier) (member_expression)] @fallback)
(ternary_expression
  condition: (_) @condition consequence: (identifier) @fallback alternative: (_) @other)
(ternary_expression
  condition: (_) @condition
  consequence: (_) @other alternative: [(identifier) (member_expression)] @fallback)
(assignment_pattern right: [(identifier) (member_expression)] @fallback)
(object_assignment_pattern right: [(identifier) (member_expression)] @fallback)
(augmented_assignment_expression
  operator: ["||=" "??="] right: [(identifier) (member_expression)] @fallback)
; What an option is called with: elsewhere a value under that name is read as any other.
((arguments {nested("(object (pair value: %s))", _OPTION)})
  (#any-of? @_default "default" "defaultValue"))
((arguments {_OPTION}) (#any-of? @_default "default" "defaultValue"))
((call_expression function: (member_expression property: (_) @_default)
  arguments: (arguments (identifier) @fallback .))
  (#any-of? @_default "default" "option" "requiredOption" "withDefault"))
"""
