"""JSON, with or without comments, and what configuration files in JSON have in common."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.languages import Language, ProjectFacts, Recognition, Writing
from notion_lsp.languages._data_readers import JSON_READERS
from notion_lsp.refused import Refused
from notion_lsp.syntax.literal_edits import escaped, interpolate
from notion_lsp.syntax.trees import Grammar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.site import Site, Syntax
    from notion_lsp.text import Edit

# An open `${` before the token makes it a part of that variable.
_OPEN = re.compile(r"\$\{[^{}]*\Z")
_CONTEXT = r"""
(string) @literal
(comment) @comment
(pair key: (string (string_content) @name) value: (string) @literal)
(pair key: (string) @fixed (#set! reason "The token stands in a name, which nothing expands."))
"""


def expanding(keys: str, outline: str = "", more: str = "") -> Grammar:
    """Return the grammar of a file whose reader expands variables in the values of these keys.

    `keys` is a regular expression of a whole key; what its value holds is expanded too.
    `more` are rows of the context.
    """
    expanded = f"""
    (pair key: (string (string_content) @_key) value: (_) @expanded
      (#match? @_key "^({keys})$"))
    """
    return Grammar("tree_sitter_json", _CONTEXT + expanded + more, outline)


def expand(_syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    """Return the edits that put the reader's own variables in the string, its escapes as before."""
    literal = site.literal
    if "expanded" not in site.captures:
        return Refused("The program that reads this file expands no variables here.")
    if refused := escaped(literal):
        return refused
    if any(_OPEN.search(part) for part in literal.parts[:-1]):
        return Refused("The token is a variable's default, which no variable can be: delete it.")
    return interpolate(site, [hole.expression for hole in holes])


# Plain JSON has no comments, so none is offered to ignore a line.
EXPANDING = Writing(write=expand, comment="")

LANGUAGE = Language(
    id="json",
    title="JSON",
    recognition=Recognition(
        files=("*.json", "*.jsonc", "*.json5", "*.code-workspace"),
        editor_ids=("json", "jsonc", "json5"),
    ),
    environment=Refused(
        "JSON cannot read the environment: have the program that loads this file do it."
    ),
    grammar=Grammar("tree_sitter_json", "(string) @literal\n(comment) @comment"),
    writing=Writing(comment=""),
    project=ProjectFacts(runtimes=JSON_READERS),
)
