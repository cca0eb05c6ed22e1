"""`.env.example` and its like: committed, and so without a value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.languages import Language, Recognition, Writing
from notion_lsp.lookup import Lookup
from notion_lsp.refused import Refused
from notion_lsp.syntax.trees import Grammar
from notion_lsp.text import Edit, Span, line_bounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.site import Site, Syntax

# What projects call the file that they commit in place of `.env`.
_WORDS = ("example", "sample", "template", "dist", "defaults")
_NAMES = (".env.{}", ".env*.{}", "*.env.{}", "env.{}", "{}.env")
# An unquoted value is words up to a comment: one way to read it alone, so that this is linear.
_ASSIGNMENT = re.compile(
    r"""\s*(?:export\s+)?[\w.-]+\s*="""
    r"""(?P<value>\s*(?:"[^"]*"|'[^']*'|(?:\S+(?:\s+(?!\#)\S+)*)?)(?:\s+\Z)?)(?:\s+\#.*)?"""
)


def _write(syntax: Syntax, site: Site, _holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    # By the line: a value without quotes may hold what ends a word in a shell.
    edits = []
    for token in site.literal.tokens:
        line = line_bounds(syntax.text, token.start)
        found = _ASSIGNMENT.fullmatch(syntax.text, line.start, line.end)
        if not found or not Span(*found.span("value")).contains(token):
            return Refused("The token is not the value of a variable.")
        edits.append(Edit(Span(*found.span("value")), ""))
    return tuple(dict.fromkeys(edits))


LANGUAGE = Language(
    id="dotenv-example",
    title="an example of a .env file",
    recognition=Recognition(files=tuple(name.format(each) for each in _WORDS for name in _NAMES)),
    environment=Lookup("", action="Leave {name} empty, as an example does", remains=()),
    grammar=Grammar(
        "tree_sitter_bash",
        """
        (comment) @comment
        [(word) (string) (raw_string)] @literal
        (variable_assignment name: (variable_name) @name value: (_) @literal)
        """,
    ),
    writing=Writing(write=_write),
)
