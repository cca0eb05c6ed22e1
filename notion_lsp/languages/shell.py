"""POSIX shells and bash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.languages import Language, escaped, interleave
from notion_lsp.lookup import Lookup, Refused
from notion_lsp.trees import Grammar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.syntax import Site

_CONTEXT = r"""
(string) @literal
(raw_string) @literal
(ansi_c_string) @literal
((word) @literal (#set! bare "true"))
((heredoc_body) @literal (#set! bare "true"))

(comment) @comment

((heredoc_redirect (heredoc_start) @_start (heredoc_body) @fixed)
  (#match? @_start "['\"\\\\]")
  (#set! reason "A here-document whose delimiter is quoted expands nothing."))
([(regex) (extglob_pattern)] @fixed (#set! reason "The token stands in a pattern."))

(variable_assignment name: (variable_name) @name value: (_) @literal)
(variable_assignment name: (variable_name) @name
  value: (string . (expansion . (variable_name) . (word) @literal)))

((expansion . (variable_name) @name . [(word) (string) (raw_string)] @literal .) @replace
  (#match? @replace "^[$][{][A-Za-z0-9_]+:?[-=]"))
"""

# A shell's variables are the environment's: one that the script sets cannot be read from there.
_OUTLINE = """
(program . (comment)+ @banner)
(program (variable_assignment name: (variable_name) @definition value: (command_substitution)))
(variable_assignment name: (variable_name) @variable)
(for_statement variable: (variable_name) @variable)
"""


def _join(site: Site, expressions: Sequence[str]) -> str | Refused:
    literal = site.literal
    if literal is None:
        return Refused("There is no word here.")
    if literal.type != "raw_string" and (refused := escaped(literal)):
        return refused
    if literal.type in {"string", "heredoc_body"}:
        return f"{literal.opening}{interleave(literal.parts, expressions)}{literal.closing}"
    holes = [f'"{expression}"' for expression in expressions]
    if literal.type not in {"raw_string", "ansi_c_string"}:
        return interleave(literal.parts, holes)
    # Nothing expands in single quotes: they are closed before the variable and opened after it.
    parts = [f"{literal.opening}{part}{literal.closing}" if part else "" for part in literal.parts]
    return interleave(parts, holes)


LANGUAGE = Language(
    id="shell",
    title="Shell",
    editor_ids=("shellscript", "sh", "bash", "zsh"),
    files=("*.sh", "*.bash", "*.zsh", "*.ksh"),
    grammar=Grammar("tree_sitter_bash", _CONTEXT, _OUTLINE, opening=r"""(?:\$?(?P<quote>["']))"""),
    environment=Lookup("${{name}:?{name} is not set}"),
    join=_join,
)
