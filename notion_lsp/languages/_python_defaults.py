"""Tokens as the defaults of what Python code reads from elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.languages._overlaid import as_default, fit_overlaid
from notion_lsp.languages._python_fields import fit_field
from notion_lsp.languages._python_options import OPTIONS, fit_option
from notion_lsp.languages._python_overlays import OVERLAYS
from notion_lsp.languages._python_parameters import fit_parameter

if TYPE_CHECKING:
    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Site, Syntax

# What reads the variable itself, and stops where there is none.
_LIBRARIES = frozenset(
    {"asyncclick", "click", "decouple", "environ", "environs", "fastapi", "rich_click", "starlette"}
)

# Defaults that are evaluated whether they are needed or not. A library that reads the environment
# itself is told the variable's name, or to do without a default: it then stops and names it.
DEFAULTS = (
    OPTIONS
    + r"""
((call
  function: (_) @_get arguments: (argument_list (_) . (string) @literal @default .))
  (#match? @_get "(^|[.])(get|getattr|getenv|get_?(option|param|str|value|secret)|next|pop)$"))
((call
  function: (_) @_get arguments: (argument_list (_) . (string) @literal @default))
  (#match? @_get "(^|[.])(setdefault|DEFINE_string)$"))
((call
  function: (_) @_field arguments: (argument_list . (string) @literal @default))
  (#match? @_field "(^|[.])(Argument|Field|Option|Unicode|field)$"))
(lambda_parameters (default_parameter value: (string) @literal @default))
; All that a list holds is evaluated, also what is not taken.
((call function: (_) @_filter
  arguments: (argument_list (_) . (_ (_) @tried . (string) @literal @default .)))
  (#eq? @_filter "filter"))
((call function: (_) @_next
  arguments: [
    (argument_list . (generator_expression
      (for_in_clause right: (_ (_) @tried . (string) @literal @default .))))
    (generator_expression
      (for_in_clause right: (_ (_) @tried . (string) @literal @default .)))])
  (#eq? @_next "next"))
((decorated_definition
  ; The default of a command's option is evaluated before the options are read.
  (decorator) @_command
  definition: (function_definition parameters: (parameters
    [(default_parameter value: (string) @literal @default)
     (typed_default_parameter value: (string) @literal @default)])))
  (#match? @_command "[.](command|callback)\\b"))
((keyword_argument
  name: (identifier) @_defaults value: (dictionary (pair value: (string) @literal @default)))
  (#eq? @_defaults "defaults"))
((call function: (_) @_sets
  arguments: (argument_list (keyword_argument value: (string) @literal @default)))
  (#match? @_sets "[.]set_defaults$"))
((keyword_argument name: (identifier) @_default value: (string) @literal @default)
  (#any-of? @_default "const" "default" "default_value" "default_var" "fallback"))
((call function: (_) @_outer
  arguments: (argument_list (_) . (call
    function: (_) @_lookup
    arguments: (argument_list . (string (string_content) @name) . (string) @literal .)) @replace))
  (#match? @_outer "(^|[.])(get|getenv)$") (#match? @_lookup "(^|[.])(getenv|environ[.]get)$")
  (#set! instead "{os}.environ.get(\"{name}\", \"\")"))

((call
  function: (_) @source
  arguments: (argument_list . (string (string_content) @name) . (string) @literal .))
  (#match? @source "(?i)(^|[.])_?(get_?|read_?)?env(_?var)?(_?or(_?default)?)?$")
  (#not-match? @source "(^|[.])(env|getenv)$"))
((call function: (_) @_env
  arguments: (argument_list (keyword_argument value: (tuple (string) @literal @default .))))
  (#match? @_env "(^|[.])Env$"))
; environ.Env(A=(str, "TOKEN"))
((call
  function: (_) @library
  arguments: (argument_list (keyword_argument
    name: (identifier) @name value: (tuple (_) . "," @replace . (string) @literal .))))
  (#match? @library "(^|[.])(FileAware)?Env$") (#set! instead ""))
; with env.prefixed("A_"): env.str("B", "TOKEN")
((with_statement (with_clause (with_item value: (call
  function: (_) @_with arguments: (argument_list . (string (string_content) @prefix)))))) @_inside
  (#match? @_with "[.]prefixed$"))
((call
  function: (_) @library
  arguments: (argument_list
    . (string (string_content) @name) "," @replace
    . [(string) @literal (keyword_argument name: (identifier) @_default value: (string) @literal)]))
  ; python-decouple, environs, django-environ, Starlette.
  (#match? @library "(^|[.])(config|env)([.]str)?$") (#eq? @_default "default")
  (#set! instead "") (#set! prefixed "true"))
((call
  function: (identifier) @library
  arguments: (argument_list
    . (string (string_content) @name) "," @replace
    . (keyword_argument name: (identifier) @_default value: (string) @literal)))
  (#not-match? @library "^(argument|config|env|option)$") (#eq? @_default "default")
  (#match? @name "^[A-Z][A-Z0-9_]*$")
  (#set! instead ""))
((call
  function: (attribute object: (_) @parser attribute: (identifier) @_add)
  arguments: (argument_list
    . (string) @_flag
    (keyword_argument name: (identifier) @_default value: (string) @literal) @replace)) @_call
  (#eq? @_add "add_argument") (#match? @_flag "^[\"']-") (#eq? @_default "default")
  (#not-match? @_call "\\brequired\\s*=")
  (#set! instead
    "default={os}.environ.get(\"{name}\"), required=not {os}.environ.get(\"{name}\")"))
((call
  function: (_) @library
  arguments: (argument_list
    . (string) @_flag
    (keyword_argument name: (identifier) @_default value: (string) @literal) @replace)) @_call
  (#match? @library "(^|click[.])(argument|option)$") (#eq? @_default "default")
  (#not-match? @_call "\\b(envvar|prompt|required)\\s*=")
  (#set! instead "envvar=\"{name}\", required=True"))
((call
  function: (_) @library
  arguments: [
    (argument_list . (string) @_flag
      (keyword_argument name: (identifier) @_envvar value: (string (string_content) @name))
      (keyword_argument name: (identifier) @_default value: (string) @literal) @replace)
    (argument_list . (string) @_flag
      (keyword_argument name: (identifier) @_default value: (string) @literal) @replace
      (keyword_argument name: (identifier) @_envvar value: (string (string_content) @name)))])
  @_call
  (#match? @library "(^|click[.])(argument|option)$")
  (#eq? @_envvar "envvar") (#eq? @_default "default")
  (#not-match? @_call "\\b(prompt|required)\\s*=")
  (#set! instead "required=True"))
; class A(BaseSettings): model_config = SettingsConfigDict(env_prefix="B_")
((class_definition
  superclasses: (argument_list (_) @_settings)
  body: (block [
    (expression_statement (assignment right: [
      (call arguments: (argument_list
        (keyword_argument name: (identifier) @_key value: (string (string_content) @prefix))))
      (dictionary (pair
        key: (string (string_content) @_key) value: (string (string_content) @prefix)))]))
    (class_definition body: (block (expression_statement
      (assignment left: (identifier) @_key right: (string (string_content) @prefix)))))])) @_inside
  (#match? @_settings "(^|[.])BaseSettings$") (#eq? @_key "env_prefix"))
((class_definition
  superclasses: (argument_list
    (_) @_settings (keyword_argument name: (_) @_key value: (string (string_content) @prefix))))
  @_inside
  (#match? @_settings "(^|[.])BaseSettings$") (#eq? @_key "env_prefix"))
((class_definition
  superclasses: (argument_list (_) @_settings)
  body: (block (expression_statement
    (assignment left: (identifier) @name "=" @replace right: (string) @literal))))
  ; pydantic reads the variable of the field's name, in capitals or not.
  (#match? @_settings "(^|[.])BaseSettings$") (#set! instead "") (#set! prefixed "true"))
((class_definition
  superclasses: (argument_list (_) @_settings)
  body: (block (expression_statement (assignment left: (identifier) @name right: (call
    function: (_) @_field arguments: (argument_list (string) @literal @replace)) @_call))))
  (#match? @_settings "(^|[.])BaseSettings$") (#match? @_field "(^|[.])Field$")
  (#not-match? @_call "\\b(env|alias|validation_alias)\\s*=")
  (#set! instead "...") (#set! prefixed "true"))
((class_definition
  superclasses: (argument_list (_) @_settings)
  body: (block (expression_statement (assignment left: (identifier) @name right: (call
    function: (_) @_field arguments: (argument_list
      (keyword_argument name: (identifier) @_default value: (string) @literal) @replace))
    @_call))))
  (#match? @_settings "(^|[.])BaseSettings$") (#match? @_field "(^|[.])Field$")
  (#eq? @_default "default") (#not-match? @_call "\\b(env|alias|validation_alias)\\s*=")
  (#set! instead "default=...") (#set! prefixed "true"))
((class_definition
  superclasses: (argument_list (_) @_base)
  body: (block (expression_statement (assignment right: (call
    function: (_) @_field
    arguments: (argument_list
      [(string) @literal @replace
       (keyword_argument name: (identifier) @_default value: (string) @literal @replace)]
      (keyword_argument
        name: (identifier) @_alias value: (string (string_content) @name))))))))
  (#match? @_base "(^|[.])BaseSettings$") (#match? @_field "(^|[.])Field$")
  (#eq? @_default "default") (#any-of? @_alias "env" "alias" "validation_alias")
  (#set! instead "..."))
"""
)


def fit(syntax: Syntax, site: Site, mentioning: Mentioning) -> Site:
    """Return the site, as that of any default where `@library` is a function of the person's own.

    Many a project has a function called `config` or `env`, which may need its default.
    """
    parsers = [span.of(syntax.text) for span in site.captures.get("parser", ())]
    if any(_is_exclusive(syntax, each) for each in parsers):
        return as_default(site)
    called = [span.of(syntax.text) for span in site.captures.get("library", ())]
    if site.replaced and called and not any(_is_theirs(syntax, each) for each in called):
        return as_default(site)
    fields = fit_field(syntax, fit_option(site), mentioning)
    return fit_parameter(syntax, fit_overlaid(syntax, fields, OVERLAYS), mentioning)


def _is_exclusive(syntax: Syntax, parser: str) -> bool:
    # No option of such a group may be required (docs.python.org, argparse).
    group = "add_mutually_exclusive_group("
    made = rf"(?m)^[ \t]*{re.escape(parser)}\s*=.*\.{re.escape(group)}"
    return group in parser or re.search(made, syntax.text) is not None


def _is_theirs(syntax: Syntax, called: str) -> bool:
    outline, path = syntax.outline, called.removesuffix(".str")
    given = [each for each in outline.imports if each.module.partition(".")[0] in _LIBRARIES]
    names = {each.name.partition(".")[0] for each in given}
    # An object of theirs, as in `env = environ.Env()`.
    made = rf"(?m)^[ \t]*{re.escape(path)}(?:\s*:[^=\n]*)?\s*=\s*(\w+)"
    own = {each.name for each in outline.definitions}
    names |= {path for each in re.findall(made, syntax.text) if each in names}
    return (path in names or path.partition(".")[0] in names) and path not in own
