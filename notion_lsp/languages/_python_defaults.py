"""Tokens as the defaults of what Python code reads from elsewhere."""

# Defaults that are evaluated whether they are needed or not. A library that reads the environment
# itself is told the variable's name, or to do without a default: it then stops and names it.
DEFAULTS = r"""
((call
  function: (_) @_get arguments: (argument_list (_) . (string) @literal @default .))
  (#match? @_get "(^|[.])(get|getattr|getenv|get_?(option|param|str|value|secret)|next|pop)$"))
((call
  function: (_) @_get arguments: (argument_list (_) . (string) @literal @default))
  (#match? @_get "(^|[.])(setdefault|DEFINE_string)$"))
((call
  function: (_) @_field arguments: (argument_list . (string) @literal @default))
  (#match? @_field "(^|[.])(Argument|Field|Option|field)$"))
((call function: (_) @_sets
  arguments: (argument_list (keyword_argument value: (string) @literal @default)))
  (#match? @_sets "[.]set_defaults$"))
((keyword_argument name: (identifier) @_default value: (string) @literal @default)
  (#any-of? @_default "default" "fallback"))

((call
  function: (_) @source
  arguments: (argument_list . (string (string_content) @name) . (string) @literal .))
  (#match? @source "(?i)(^|[.])_?(get_?|read_?)?env(_?var)?(_?or(_?default)?)?$")
  (#not-match? @source "(^|[.])(env|getenv)$"))
((call
  function: (_) @_config
  arguments: (argument_list
    . (string (string_content) @name) "," @replace
    . [(string) @literal (keyword_argument name: (identifier) @_default value: (string) @literal)]))
  ; python-decouple, environs, django-environ, Starlette.
  (#match? @_config "(^|[.])(config|env)([.]str)?$") (#eq? @_default "default")
  (#set! instead ""))
((call
  function: (attribute attribute: (identifier) @_add)
  arguments: (argument_list
    . (string) @_flag
    (keyword_argument name: (identifier) @_default value: (string) @literal) @replace)) @_call
  (#eq? @_add "add_argument") (#match? @_flag "^[\"']-") (#eq? @_default "default")
  (#not-match? @_call "\\brequired\\s*=")
  (#set! instead
    "default={os}.environ.get(\"{name}\"), required=not {os}.environ.get(\"{name}\")"))
((call
  function: (_) @_option
  arguments: (argument_list
    . (string) @_flag
    (keyword_argument name: (identifier) @_default value: (string) @literal) @replace)) @_call
  (#match? @_option "(^|click[.])(argument|option)$") (#eq? @_default "default")
  (#not-match? @_call "\\b(envvar|prompt|required)\\s*=")
  (#set! instead "envvar=\"{name}\", required=True"))
((class_definition
  superclasses: (argument_list (_) @_base)
  body: (block (expression_statement
    (assignment left: (identifier) @name "=" @replace right: (string) @literal))))
  ; pydantic reads the variable of the field's name, in capitals or not.
  (#match? @_base "(^|[.])BaseSettings$") (#set! instead ""))
"""
