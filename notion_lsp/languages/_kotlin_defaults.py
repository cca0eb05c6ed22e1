"""Tokens as the defaults of Gradle's providers, each of which stops where it has no value."""

_PROVIDER = """
((call_expression
  (navigation_expression
    (call_expression
      (navigation_expression (_) @_of (identifier) @_variable)
      (value_arguments . (value_argument . (string_literal . (string_content) @name .) .) .))
    (identifier) @_else)
  (value_arguments
    . (value_argument . [(string_literal) (multiline_string_literal)] @literal .) .)) @replace
  (#eq? @_of "providers") (#eq? @_variable "environmentVariable")
"""

PROVIDERS = f"""
{_PROVIDER} (#eq? @_else "orElse") (#set! instead "providers.environmentVariable(\\"{{name}}\\")"))
{_PROVIDER} (#eq? @_else "getOrElse")
  (#set! instead "providers.environmentVariable(\\"{{name}}\\").get()"))
"""
