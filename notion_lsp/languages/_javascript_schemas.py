"""Defaults in a schema that a program's variables are checked by: zod, Joi and envalid.

Without its default, a variable that is not set stops the program, and the library names it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.languages._overlaid import as_default

if TYPE_CHECKING:
    from notion_lsp.syntax.site import Site, Syntax

_STRING = "[(string) (template_string)]"
# What a schema of strings may ask beside: none of these takes what is not set.
_CHECKS = r"([.](trim|min|max|length|nonempty|startsWith|regex|pattern)\\([^()]*\\))*$"
_DEFAULT = f"""
  (call_expression
    function: (member_expression object: (call_expression) @schema property: (_) @replace)
    arguments: (arguments . {_STRING} @literal .))
"""
# What describes it may follow.
_METHOD = f"""
((pair key: (property_identifier) @name value: [
    {_DEFAULT} (call_expression function: (member_expression object: {_DEFAULT}))])
  (#match? @name "^[A-Z][A-Z0-9_]*$") (#eq? @replace "default")
"""
SCHEMAS = rf"""
; z.string().default("TOKEN")
{_METHOD} (#match? @schema "^z[.]string\\(\\){_CHECKS}") (#set! instead "min(1"))
; Joi.string().default("TOKEN")
{_METHOD} (#match? @schema "^[Jj]oi[.]string\\(\\){_CHECKS}") (#set! instead "required("))
; str({{ default: "TOKEN" }}), str({{ desc: "…", default: "TOKEN" }})
((pair
  key: (property_identifier) @name
  value: (call_expression
    function: (_) @schema
    arguments: (arguments . [
      (object . (pair key: (_) @_default value: {_STRING} @literal) @replace .)
      (object "," @replace . (pair key: (_) @_default value: {_STRING} @literal))] .)))
  (#match? @name "^[A-Z][A-Z0-9_]*$") (#match? @schema "^(envalid[.])?str$")
  (#eq? @_default "default") (#set! instead ""))
"""
# What hands the variables themselves to a schema.
_OF_VARIABLES = re.compile(
    r"(?:\b(?:safeParse|parse|cleanEnv|validate|attempt)(?:Async)?\(\s*(?:[\w.]+,\s*)?"
    r"|\b(?:experimental__)?runtimeEnv(?:Strict)?:\s*)(?:process|import\.meta|Bun)\.env\b"
    r"|\bvalidationSchema\b"
)


def fit_schema(syntax: Syntax, site: Site) -> Site:
    """Return the site, as that of any default where the schema is of other values."""
    if "schema" not in site.captures or _OF_VARIABLES.search(syntax.text):
        return site
    return as_default(site)
