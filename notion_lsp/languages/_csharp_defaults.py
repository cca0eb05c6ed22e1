"""Tokens as the defaults of what C# code reads from elsewhere."""

_STRING = "[(string_literal) (verbatim_string_literal) (raw_string_literal)]"

DEFAULTS = rf"""
((invocation_expression
  function: (member_access_expression name: (_) @_get)
  arguments: (argument_list (argument) . (argument {_STRING} @literal @default) .))
  (#match? @_get "^Get(Value(OrDefault)?|String|OrDefault)(<.*>)?$|^TryAdd$"))
; What a later source of configuration is laid over.
((invocation_expression
  function: (member_access_expression name: (_) @_add)
  arguments: (argument_list (argument (object_creation_expression initializer:
    (initializer_expression [
      (assignment_expression right: {_STRING} @literal @default)
      (initializer_expression (_) . {_STRING} @literal @default .)])))))
  (#eq? @_add "AddInMemoryCollection"))
"""
