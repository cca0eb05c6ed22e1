"""Tokens as the defaults of what Rust code reads from elsewhere."""

STRING = "[(string_literal) (raw_string_literal)]"
# Either of these, in a choice.
OWNED = f"""
  (call_expression function: (field_expression value: {STRING} @literal))
  (call_expression function: (scoped_identifier) arguments: (arguments . {STRING} @literal .))
"""
_OWNED_DEFAULT = OWNED.replace("@literal", "@literal @default")
VAR = """
  (call_expression
    function: (_) @_var arguments: (arguments . (string_literal (string_content) @name) .))
"""
# dotenvy reads a file first, so its own function stays.
_IS_VAR = (
    '(#match? @_var "(^|::)var$") (#not-match? @_var "^dotenv") '
    '(#match? @_or "^unwrap_or(_else)?$")'
)
# What gives an `Option`, and what takes a default that is evaluated first.
_GIVES_OPTION = "cloned|copied|first|get|get_one(::<\\w+>)?|last|next|nth|ok|take"
_EAGER = "default_value|get_or|map_or|set_default|unwrap_or"
_IS_OPTION = rf"""
  (#match? @_option "(^|[.](as_deref|as_ref|{_GIVES_OPTION}))\\(.*\\)$|[.]\\w+([.]clone\\(\\))?$")
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

# In the arguments of a macro the grammar sees words and brackets alone.
_IN_MACROS = rf"""
((token_tree (identifier) @_default . (token_tree {STRING} @literal @default))
  (#match? @_default "^({_EAGER})$"))
([(token_tree
    (identifier) @source . (token_tree . (string_literal (string_content) @name) .)
    . "." . (identifier) @_or
    . (token_tree [(token_tree . {STRING} @literal .) {STRING} @literal]))
  (token_tree
    (identifier) @source . (token_tree . (string_literal (string_content) @name) .)
    . "." . (identifier) . (token_tree)
    . "." . (identifier) @_or
    . (token_tree [(token_tree . {STRING} @literal .) {STRING} @literal]))]
  (#eq? @source "var") (#match? @_or "^unwrap_or(_else)?$"))
((token_tree
  (identifier) @_option . (token_tree) . "." . (identifier) @replace
  . (token_tree . {STRING} @literal))
  (#match? @_option "^({_GIVES_OPTION})$") (#eq? @replace "unwrap_or")
  (#set! wrap "unwrap_or_else(|| %"))
((token_tree
  ; Of a name, and not of what `var` gives.
  (identifier) . "." . (identifier) @_option . (token_tree) . "." . (identifier) @replace
  . (token_tree . {STRING} @literal))
  (#any-of? @_option "as_deref" "as_ref") (#eq? @replace "unwrap_or")
  (#set! wrap "unwrap_or_else(|| %"))
"""
DEFAULTS = rf"""
((call_expression
  function: (field_expression value: {VAR} field: (_) @_or)
  arguments: (arguments . [(closure_expression body: [{OWNED}]) {OWNED}] .)) @replace @owned
  {_IS_VAR})
((call_expression
  function: (field_expression
    value: (call_expression function: (field_expression value: {VAR} field: (_) @_deref))
    field: (_) @_or)
  arguments: (arguments . {STRING} @literal .)) @replace
  {_IS_VAR} (#eq? @_deref "as_deref"))
((call_expression
  function: (field_expression value: (_) @_option field: (_) @replace)
  arguments: (arguments . [
    (call_expression function: (field_expression value: {STRING} @literal field: (_) @_owns))
    {STRING} @literal] .))
  {_IS_OPTION} (#eq? @replace "unwrap_or") (#any-of? @_owns "into" "to_owned" "to_string")
  (#set! wrap "unwrap_or_else(|| %"))
((call_expression
  function: (field_expression value: (_) @_option field: (_) @replace)
  arguments: (arguments . (call_expression
    function: (_) @_from arguments: (arguments . {STRING} @literal .)) .))
  {_IS_OPTION} (#eq? @replace "unwrap_or") (#eq? @_from "String::from")
  (#set! wrap "unwrap_or_else(|| String::from(%"))
((call_expression
  function: (field_expression value: {VAR} field: (_) @_or)
  arguments: (arguments . [(closure_expression body: [{OWNED}]) {OWNED}] .)) @replace
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
  arguments: (arguments [{_OWNED_DEFAULT} {STRING} @literal @default]))
  (#match? @_default "^({_EAGER})$"))
((call_expression
  function: (field_expression value: (_) @_option field: (_) @replace)
  arguments: (arguments . {STRING} @literal . (_)))
  {_IS_OPTION} (#eq? @replace "map_or")
  (#set! wrap "map_or_else(|| %"))
{_IN_MACROS}

((call_expression
  function: (field_expression
    value: (macro_invocation
      macro: (_) @_option (token_tree . (string_literal (string_content) @name)))
    field: (_) @_or)
  arguments: (arguments . {STRING} @literal .)) @replace
  (#eq? @_option "option_env") (#eq? @_or "unwrap_or"))
"""
