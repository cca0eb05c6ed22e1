"""Tokens as the defaults of what Rust code reads from elsewhere."""

STRING = "[(string_literal) (raw_string_literal)]"
OWNED = f"""
  [(call_expression function: (field_expression value: {STRING} @literal))
   (call_expression
     function: (scoped_identifier) arguments: (arguments . {STRING} @literal .))]
"""
VAR = """
  (call_expression
    function: (_) @_var arguments: (arguments . (string_literal (string_content) @name) .))
"""
# dotenvy reads a file first, so its own function stays.
_IS_VAR = (
    '(#match? @_var "(^|::)var$") (#not-match? @_var "^dotenv") '
    '(#match? @_or "^unwrap_or(_else)?$")'
)
# A default that is evaluated first, of what is an `Option` by its last method or field.
_IS_OPTION = r"""
  (#eq? @replace "unwrap_or")
  (#match? @_option
    "(^|[.](as_deref|as_ref|cloned|copied|first|get|get_one(::<\\w+>)?|last|next|nth|ok|take))\\(.*\\)$|[.]\\w+$")
  (#not-match? @_option "(^|::)var\\([^()]*\\)[.]as_(deref|ref)\\(\\)$")
"""

# clap: what a variable is read by stands beside the default.
_CLAP = r"^#\\[(arg|clap|structopt)[(].*\\benv = \"\\w+\", default_value = \"\\w+\""
ATTRIBUTES = rf"""
([(attribute_item) (inner_attribute_item)] @fixed
  (#not-match? @fixed "\\bdefault_value")
  (#set! reason "An attribute takes literals."))
((attribute_item) @fixed
  (#match? @fixed "\\bdefault_value") (#not-match? @fixed "{_CLAP}")
  (#set! reason "An attribute takes literals: take the default out, and have env name a variable."))
"""

DEFAULTS = rf"""
((call_expression
  function: (field_expression value: {VAR} field: (_) @_or)
  arguments: (arguments . [{OWNED} (closure_expression body: {OWNED})] .)) @replace @owned
  {_IS_VAR})
((call_expression
  function: (field_expression
    value: (call_expression function: (field_expression value: {VAR} field: (_) @_deref))
    field: (_) @_or)
  arguments: (arguments . {STRING} @literal .)) @replace
  {_IS_VAR} (#eq? @_deref "as_deref"))
((call_expression
  function: (field_expression value: (_) @_option field: (_) @replace)
  arguments: (arguments . [{STRING} @literal (call_expression
    function: (field_expression value: {STRING} @literal field: (_) @_owns))] .))
  {_IS_OPTION} (#any-of? @_owns "into" "to_owned" "to_string")
  (#set! wrap "unwrap_or_else(|| %"))
((call_expression
  function: (field_expression value: (_) @_option field: (_) @replace)
  arguments: (arguments . (call_expression
    function: (_) @_from arguments: (arguments . {STRING} @literal .)) .))
  {_IS_OPTION} (#eq? @_from "String::from")
  (#set! wrap "unwrap_or_else(|| String::from(%"))
((call_expression
  function: (field_expression value: {VAR} field: (_) @_or)
  arguments: (arguments . [{OWNED} (closure_expression body: {OWNED})] .)) @replace
  (#eq? @_var "dotenvy::var") (#match? @_or "^unwrap_or(_else)?$")
  (#set! instead "dotenvy::var(\"{{name}}\").expect(\"{{name}} is not set\")"))
((token_tree
  ; clap reads the variable itself.
  (identifier) @_env . "=" . (string_literal (string_content) @name) . "," @replace
  . (identifier) @_default . "=" . {STRING} @literal)
  (#eq? @_env "env") (#eq? @_default "default_value")
  (#set! instead ""))
((call_expression
  function: (field_expression
    value: (call_expression
      function: (field_expression field: (_) @_env)
      arguments: (arguments . (string_literal (string_content) @name) .))
    field: (_) @replace)
  arguments: (arguments . {STRING} @literal .))
  ; clap's builder.
  (#eq? @_env "env") (#eq? @replace "default_value") (#set! instead "required(true"))
((call_expression
  function: (field_expression field: (_) @_default)
  arguments: (arguments {STRING} @literal @default))
  (#match? @_default "^(default_value|get_or|set_default|unwrap_or)$"))

((call_expression
  function: (field_expression
    value: (macro_invocation
      macro: (_) @_option (token_tree . (string_literal (string_content) @name)))
    field: (_) @_or)
  arguments: (arguments . {STRING} @literal .)) @replace
  (#eq? @_option "option_env") (#eq? @_or "unwrap_or"))
"""
