"""What Python code lays over a value that a name has, in a later statement."""

from __future__ import annotations

from notion_lsp.languages._overlaid import nested

_PAIR = "(dictionary (pair key: (_) @laid_key value: %s))"
_STRING = "(string) @literal"
_IS_SETTING = (
    '(#match? @_read "^(from_mapping|update)$") (#match? @laid "(?i)(conf|config|settings)$")'
)
LAID = f"""
(assignment left: [(identifier) (attribute)] @laid right: [{_STRING} {nested(_PAIR, _STRING)}])
(assignment
  left: (subscript value: (_) @laid subscript: (_) @laid_key)
  right: [{_STRING} {nested(_PAIR, _STRING)}])
((assignment left: (_) @laid right: (call function: (_) @_dict arguments: (argument_list
  (keyword_argument name: (_) @laid_key value: (string) @literal))))
  (#match? @_dict "^dict$|(^|[.])(Simple)?Namespace$"))
((call function: (attribute object: (_) @laid attribute: (_) @_read)
  arguments: (argument_list . {nested(_PAIR, _STRING)} .))
  (#eq? @_read "read_dict"))
; app.config.from_mapping(A="TOKEN")
((call function: (attribute object: (_) @laid attribute: (_) @_read)
  arguments: (argument_list (keyword_argument name: (_) @laid_key value: (string) @literal)))
  {_IS_SETTING})
((call function: (attribute object: (_) @laid attribute: (_) @_read)
  arguments: (argument_list . {nested(_PAIR, _STRING)} .))
  {_IS_SETTING})
"""
_PLACE = "[(identifier) (attribute)]"
_BODY = "(block (expression_statement (assignment right: (_) %s)))"
# A literal dictionary tells its keys, which are seldom the token's, and so does a keyword. The
# methods of Flask's configuration read a file, a class or the environment.
OVERLAYS = rf"""
((call
  function: (attribute object: {_PLACE} @overlaid attribute: (identifier) @_update)
  arguments: (argument_list . (_) @_over))
  (#any-of? @_update "read" "read_file" "read_string" "update")
  (#not-match? @_over "^(\\{{|\\w+\\s*=)"))
((call function: (attribute object: {_PLACE} @overlaid attribute: (identifier) @_from))
  (#any-of? @_from "from_envvar" "from_file" "from_json" "from_object" "from_prefixed_env"
    "from_pyfile"))
((dictionary . (dictionary_splat {_PLACE} @overlaid)) @_all
  (#match? @_all "^.\\s*[*]{{2}}[^*]*,\\s*[*]{{2}}"))
((binary_operator left: {_PLACE} @overlaid operator: "|" right: (_) @_over)
  (#not-match? @_over "^\\{{"))
((augmented_assignment left: {_PLACE} @overlaid operator: "|=" right: (_) @_over)
  (#not-match? @_over "^\\{{"))
((call
  function: (identifier) @_dict
  arguments: (argument_list . {_PLACE} @overlaid . (dictionary_splat)))
  (#eq? @_dict "dict"))
((call function: (_) @_chain arguments: (argument_list (_) . {_PLACE} @overlaid))
  (#match? @_chain "(^|[.])ChainMap$"))
((call function: (identifier) @_setattr arguments: (argument_list . (_) @overlaid . (identifier)))
  (#eq? @_setattr "setattr"))
((call
  function: (attribute object: (attribute object: (_) @overlaid attribute: (_) @_dict)
    attribute: (identifier) @_update)
  arguments: (argument_list))
  (#eq? @_dict "__dict__") (#eq? @_update "update"))
((call function: (attribute attribute: (_) @_parse)
  arguments: (argument_list (keyword_argument name: (_) @_namespace value: (_) @overlaid)))
  (#match? @_parse "^parse_(known_)?args$") (#eq? @_namespace "namespace"))
(assignment left: (subscript value: {_PLACE} @overlaid
  subscript: [(identifier) (attribute) (call) (subscript)]))
; Of each value of a dictionary, what is given instead.
((dictionary_comprehension
  body: (_) @_body
  (for_in_clause right: [
    (call function: (attribute object: {_PLACE} @overlaid)) {_PLACE} @overlaid]))
  (#match? @_body "[.]get\\(|\\bor\\b|\\bif\\b"))

; from local_settings import *
(import_from_statement (wildcard_import)) @anything
(import_from_statement name: [(dotted_name) @set (aliased_import alias: (_) @set)])
(assignment left: [(identifier) (attribute) (subscript)] @set)
(assignment left: (_ [(identifier) (attribute) (subscript)] @set))
(assignment left: (_) @target right: (_) @given)
[(global_statement (identifier) @shared) (nonlocal_statement (identifier) @shared)]
[(for_statement) (if_statement) (match_statement) (try_statement) (while_statement)] @branch
(function_definition) @function
(class_definition) @class

(boolean_operator operator: "or" right: (identifier) @fallback)
(conditional_expression . (identifier) @fallback . (_) @condition . (_) @other .)
(conditional_expression . (_) @other . (_) @condition . (identifier) @fallback .)
(default_parameter value: (identifier) @fallback)
(typed_default_parameter value: (identifier) @fallback)
((call
  function: (_) @_get arguments: (argument_list (_) . (identifier) @fallback .))
  (#match? @_get "(^|[.])(get|getattr|getenv|next|pop|setdefault)$"))
((keyword_argument name: (identifier) @_default value: (identifier) @fallback)
  (#any-of? @_default "default" "fallback"))
(if_statement condition: (_) @condition consequence: (block
  (expression_statement (assignment left: (_) @other right: (_) @fallback))))
(if_statement condition: (_) @condition consequence: {_BODY % "@other"}
  alternative: (else_clause {_BODY % "@fallback"}))
(except_clause {_BODY % "@fallback"})
"""
