"""Tokens as the defaults of what Ruby code reads from elsewhere."""

from notion_lsp.languages._default_names import DEFAULTS_NAME
from notion_lsp.languages._overlaid import nested

_IS_ENV = '(#match? @_env "^(::)?ENV$")'
_NO_ENVIRONMENT = r'(#not-match? @_over "^(::)?ENV(\\.to_h(ash)?)?$")'

_HASH = "(hash (pair value: %s))"
_OWN = nested(_HASH, "(string) @literal @default")
_NAMED = "[(constant) (identifier) (instance_variable)]"
MERGES = "^((deep_)?merge|update)!?$"

DEFAULTS = rf"""
((call
  receiver: (_) @_hash method: (identifier) @_fetch
  arguments: (argument_list (_) . (string) @literal @default .))
  (#not-match? @_hash "^(::)?ENV$") (#eq? @_fetch "fetch"))
((call
  receiver: (_) @_env method: (identifier) @_fetch
  arguments: (argument_list . [(identifier) (constant) (call)] . (string) @literal @default .))
  {_IS_ENV} (#eq? @_fetch "fetch"))
((pair key: (hash_key_symbol) @_default value: (string) @literal @default)
  (#eq? @_default "default"))
((call method: (identifier) @_default arguments: (argument_list
  . [(string) @literal @default (call receiver: (string) @literal @default)] .))
  (#eq? @_default "default"))
((call
  method: (identifier) @source
  arguments: (argument_list . (string (string_content) @name) . (string) @literal .))
  (#match? @source "(?i)^(get_?|read_?)?env(_?var)?(_?or(_?default)?)?$"))

; All of a hash or a list is evaluated, also what another value is laid over.
((call
  receiver: {_OWN} method: (identifier) @_merge
  arguments: (argument_list . (_) @_over))
  (#match? @_merge "{MERGES}") {_NO_ENVIRONMENT})
((assignment left: (_) @_defaults right: [
  {_OWN}
  (call receiver: {_OWN} method: (identifier) @_freeze)])
  (#match? @_defaults "{DEFAULTS_NAME}") (#eq? @_freeze "freeze"))
((call
  receiver: (constant) @_hash method: (identifier) @_new
  arguments: (argument_list . (string) @literal @default .))
  (#eq? @_hash "Hash") (#eq? @_new "new"))
((call method: (identifier) @_fold arguments: (argument_list . {_OWN}))
  (#any-of? @_fold "each_with_object" "inject" "reduce"))
((hash (pair value: (string) @literal @default) (hash_splat_argument (_) @_over))
  {_NO_ENVIRONMENT})
((call method: (identifier) @_under arguments: (argument_list
  [(pair value: (string) @literal @default) (hash (pair value: (string) @literal @default))]))
  (#match? @_under "^(reverse_(deep_)?merge|with_defaults|default_options)!?$"))
((call
  receiver: (array (_) @tried . (string) @literal @default .) method: (identifier) @_find)
  (#any-of? @_find "compact" "compact_blank" "detect" "find" "reject" "select"))
; The options that OptionParser puts others over.
((program
  (call method: (identifier) @_require arguments: (argument_list (string (string_content) @_lib)))
  (assignment right: (hash (pair value: (string) @literal @default))))
  (#eq? @_require "require") (#eq? @_lib "optparse"))
"""
