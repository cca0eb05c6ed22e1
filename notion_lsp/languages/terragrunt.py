"""Terragrunt's own files of HCL: it reads a variable by a function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.languages import Language, Recognition, Telltale, Writing
from notion_lsp.languages.terraform import LITERALS, expression
from notion_lsp.lookup import Lookup, Remains
from notion_lsp.syntax.trees import Grammar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.refused import Refused
    from notion_lsp.syntax.site import Site, Syntax
    from notion_lsp.text import Edit

_DEFAULT = """
; get_env("NAME", "TOKEN")
((function_call
  (identifier) @_read
  (function_arguments
    . (expression (literal_value (string_lit (template_literal) @name)))
    . (expression (literal_value (string_lit) @literal)) .)) @replace
  (#eq? @_read "get_env"))
"""


def _write(_syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    return expression(site, holes)


LANGUAGE = Language(
    id="terragrunt",
    title="Terragrunt",
    recognition=Recognition(
        files=("terragrunt.hcl",),
        telltale=Telltale(
            "hcl", (r"^(?:dependency|generate|include|inputs|remote_state|terraform)\b",)
        ),
    ),
    # docs.terragrunt.com, functions: it stops where the variable is not set.
    environment=Lookup(
        'get_env("{name}")', remains=(Remains("Set {} where Terragrunt runs.", "{name}"),)
    ),
    grammar=Grammar("tree_sitter_hcl", LITERALS + _DEFAULT, opening='"'),
    writing=Writing(write=_write),
)
