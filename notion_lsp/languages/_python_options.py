"""Tokens as the defaults of what a command or a request brings, in Typer and FastAPI.

Both take an ellipsis for what has no default, and Typer reads a variable itself.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notion_lsp.syntax.site import Site

_OF_REQUEST = '"(^|[.])(Body|Cookie|Form|Header|Query)$"'
_OR_NONE = r"{os}.environ.get(\"{name}\", ...)"
_IS_OPTION = '(#match? @_option "(^|typer[.])(Argument|Option)$")'
_ASKS_ELSEWHERE = r'(#not-match? @_call "\\b(envvar|prompt)\\s*=")'
_ENDS = ")]"


def _annotated(arguments: str, rest: str) -> str:
    return f"""
(typed_default_parameter
  type: (type (generic_type (type_parameter (type (call
    function: (_) @_option arguments: (argument_list {arguments})) @_call))))
  value: (string) @literal @annotated
  {_IS_OPTION} {rest})"""


def _naming(arguments: str, named: str, rest: str = "") -> str:
    return _annotated(arguments, f'{_ASKS_ELSEWHERE} {rest} (#set! instead "{named}{_ENDS}")')


_NAMED = r"envvar=\"{name}\""
OPTIONS = (
    rf"""
; token: str = Header("TOKEN"), Header(default="TOKEN")
(parameters (_ value: (call
  function: (_) @library
  arguments: (argument_list . [
    (string) @literal @replace
    (keyword_argument name: (identifier) @_default value: (string) @literal @replace)])))
  (#match? @library {_OF_REQUEST}) (#eq? @_default "default") (#set! instead "{_OR_NONE}"))
; token: Annotated[str, Header()] = "TOKEN"
((typed_default_parameter
  type: (type (generic_type (type_parameter (type (call function: (_) @_parameter)))))
  value: (string) @literal @default)
  (#match? @_parameter {_OF_REQUEST}))
; token: str = Option("TOKEN", "--token")
((call
  function: (_) @_option
  arguments: (argument_list . (string) @literal . "," . (string))) @_call
  {_IS_OPTION} {_ASKS_ELSEWHERE} (#set! instead "{_OR_NONE}"))
; token: str = Option(default="TOKEN")
((call
  function: (_) @_option
  arguments: (argument_list
    (keyword_argument name: (identifier) @_default value: (string) @literal) @replace)) @_call
  {_IS_OPTION} {_ASKS_ELSEWHERE} (#eq? @_default "default")
  (#set! instead "default=..., envvar=\"{{name}}\""))
; token: str = Option("TOKEN")
((call
  function: (_) @_option
  arguments: [
    (argument_list . (string) @literal . ")")
    (argument_list . (string) @literal . "," . (keyword_argument))]) @_call
  {_IS_OPTION} {_ASKS_ELSEWHERE}
  (#set! instead "..., envvar=\"{{name}}\""))
((call
  function: (_) @_option
  arguments: (argument_list
    . (string) @literal @replace
    (keyword_argument name: (identifier) @_envvar value: [
      (string (string_content) @name) (list . (string (string_content) @name))])))
  {_IS_OPTION} (#eq? @_envvar "envvar")
  (#set! instead "..."))
; token: Annotated[str, Option(help="…")] = "TOKEN"
(parameters
  [(default_parameter) (typed_default_parameter)] @before
  (typed_default_parameter value: (string) @literal))"""
    + _naming('(_) . ")" @replace', f", {_NAMED}", r'(#not-match? @_call ",\\s*\\)$")')
    + _naming('(_) . "," @replace . ")"', f", {_NAMED}")
    + _naming('. "(" . ")" @replace', _NAMED)
    + _annotated(
        "(keyword_argument name: (identifier) @_envvar value: (string (string_content) @name))"
        ' ")" @replace',
        f'(#eq? @_envvar "envvar") (#set! instead "{_ENDS}")',
    )
)


def fit_option(site: Site) -> Site:
    """Return the site, with an ellipsis where a parameter before this one has a default.

    Behind such a parameter each needs one, and Typer takes an ellipsis for none.
    """
    start, annotated = site.literal.span.start, site.captures.get("annotated", ())
    is_annotated = any(each.contains(site.literal.span) for each in annotated)
    if not is_annotated or all(each.end > start for each in site.captures.get("before", ())):
        return site
    return replace(site, instead=f"{site.instead} = ...")
