"""Lua, 5.1 and later, and LuaJIT, as in Neovim and OpenResty."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.languages import Language, ProjectFacts, Recognition, Writing
from notion_lsp.languages._compiled_runtimes import LUA_RUNTIMES
from notion_lsp.languages._earlier_scripts import LUA as EARLIER
from notion_lsp.languages._formats_scripts import LUA
from notion_lsp.languages._overlaid import fit_overlaid
from notion_lsp.languages._overlays_scripts import LUA as OVERLAYS
from notion_lsp.languages._overlays_scripts import LUA_LAID
from notion_lsp.languages._reasons import SETS_ENVIRONMENT
from notion_lsp.lookup import Lookup, built_in
from notion_lsp.syntax.formats import pass_values
from notion_lsp.syntax.literal_edits import closed, concatenate, escaped, replace_literal
from notion_lsp.syntax.trees import Grammar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.refused import Refused
    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Site, Syntax
    from notion_lsp.text import Edit

_ROBLOX = "Roblox has no environment: keep the token in the experience's secrets (HttpService)."
_NODEMCU = (
    "A microcontroller has no environment, and who holds it can read the token: use a server."
)

_READ = """
  [(function_call
     name: (dot_index_expression table: (identifier) @_os field: (identifier) @_getenv)
     arguments: (arguments . (string content: (_) @name) .))
   (dot_index_expression
     table: (dot_index_expression table: (identifier) @_vim field: (identifier) @_env)
     field: (identifier) @name)]
"""
_IS_READ = """
  (#eq? @_os "os") (#eq? @_getenv "getenv") (#eq? @_vim "vim") (#eq? @_env "env")
"""

_CONTEXT = rf"""
{EARLIER.tried}
(string) @literal
((arguments . (string) @literal) @_call
  ; A call with a string alone needs no parentheses, and one with an expression does.
  (#not-match? @_call "^[(]") (#set! wrap "(%)"))
(comment) @comment

((chunk (_ (_ (expression_list (function_call
  name: (method_index_expression table: (identifier) @_game method: (identifier) @_get)))))) @fixed
  (#eq? @_game "game") (#eq? @_get "GetService") (#set! reason "{_ROBLOX}"))
((chunk (function_call name: (dot_index_expression
  table: (identifier) @_wifi field: (identifier) @_setmode))) @fixed
  (#eq? @_wifi "wifi") (#any-of? @_setmode "setmode" "mode" "start") (#set! reason "{_NODEMCU}"))
((assignment_statement
  (variable_list name: (_ table: (dot_index_expression
    table: (identifier) @_vim field: (identifier) @_env)))
  (expression_list value: (_) @fixed))
  (#eq? @_vim "vim") (#eq? @_env "env") (#set! reason "{SETS_ENVIRONMENT}"))
((function_call
  name: (dot_index_expression field: (identifier) @_setenv) arguments: (arguments) @fixed)
  (#eq? @_setenv "setenv") (#set! reason "{SETS_ENVIRONMENT}"))

(assignment_statement
  (variable_list . name: [(identifier) @name (_ field: (identifier) @name)
    (_ field: (string content: (_) @name))])
  (expression_list . value: (string) @literal .))
(field name: [(identifier) @name (string content: (_) @name)] value: (string) @literal)

((binary_expression left: {_READ} @replace operator: "or" right: (string) @literal) {_IS_READ})
((binary_expression
  left: (binary_expression right: {_READ} @replace) operator: "or" right: (string) @literal)
  {_IS_READ})

[(expression_list value: (_) @alone)
 (field "[" name: (_) @alone)
 (field value: (_) @alone)
 (parenthesized_expression (_) @alone)]
(arguments "(" (_) @alone)
(bracket_index_expression field: (_) @alone)
"""

_OUTLINE = rf"""
{EARLIER.assigned}
({_READ} @read {_IS_READ})
(chunk (hash_bang_line) @header)
"""

_NAMES = """
(identifier) @name
(dot_index_expression table: (identifier) @use)
(function_call name: (identifier) @use)
(arguments (identifier) @use)
[(dot_index_expression field: (identifier) @apart)
  (method_index_expression method: (identifier) @apart)
  (field name: (identifier) @apart)
  (label_statement (identifier) @apart)
  (goto_statement (identifier) @apart)]
"""

_BREAK = re.compile(r"\A[\r\n]")
_OPENING = r"\[=*\[|(?P<quote>[\"'])"


def _write(syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    if site.literal.opening.startswith("["):
        site = closed(site, site.literal.opening.replace("[", "]"))
    literal = site.literal
    passed = pass_values(syntax.text, site, LUA.styles, holes)
    if passed is not None:
        return passed
    alone = (site.replaced or literal.span) in site.captures.get("alone", ()) or site.wrap != "%"
    operands = [f"({hole.expression})" for hole in holes]
    if literal.whole:
        # A call in parentheses gives one value, as the string does.
        return replace_literal(site, holes[0].expression if alone else operands[0])
    if literal.opening.startswith("["):
        # A line break that a long string begins with is no part of it.
        first, *others = literal.parts
        parts = [first, *(_BREAK.sub(r"\n\g<0>", part) for part in others)]
        return concatenate(site, operands, " .. ", alone=alone, parts=parts)
    return escaped(literal) or concatenate(site, operands, " .. ", alone=alone)


def _fit(syntax: Syntax, site: Site, _mentioning: Mentioning) -> Site:
    return fit_overlaid(syntax, site, OVERLAYS)


LANGUAGE = Language(
    id="lua",
    title="Lua",
    recognition=Recognition(
        files=("*.lua", "*.rockspec"), editor_ids=("lua",), interpreters=("lua", "luajit", "texlua")
    ),
    # `os.getenv` gives `nil`, which joins with nothing.
    environment=Lookup(
        '{os}.getenv("{name}") or {error}("{name} is not set")',
        (built_in("os", "_G.os"), built_in("error", "_G.error")),
        compound=True,
        lenient='{os}.getenv("{name}") or ""',
    ),
    grammar=Grammar(
        "tree_sitter_lua",
        _CONTEXT + LUA_LAID + LUA.query,
        _OUTLINE,
        _NAMES,
        opening=_OPENING,
    ),
    writing=Writing(write=_write, fit=_fit, comment="-- {}"),
    project=ProjectFacts(takes_dotenv=True, runtimes=LUA_RUNTIMES),
)
