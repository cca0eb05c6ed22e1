"""Expressions that the reader of a file of data evaluates, with a token in one of them.

Sources: Serverless Framework, "Variables"; OmegaConf, "Resolvers"; dbt, "env_var"; Jinja, "Template
Designer Documentation"; Ansible, "Conditionals".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.refused import Refused
from notion_lsp.text import Edit, Span

if TYPE_CHECKING:
    from notion_lsp.lookup import Hole

_DELIMITERS = re.compile(r"(?P<opening>\$?\{+(?!\{)).*?(?<!\})(?P<closing>\}+)\Z", re.DOTALL)
# A variable with the token as its default.
_DEFAULT = re.compile(
    r"(?:\$\{(?:oc\.)?env:(?P<name>\w+)|\benv_var\(\s*(?P<quote>['\"])(?P<called>\w+)(?P=quote))"
    r"(?P<comma>\s*,\s*)(?P<opening>['\"]?)\Z",
    re.ASCII,
)
# Ansible evaluates these as they stand, without braces.
_BARE = frozenset({"changed_when", "failed_when", "that", "until", "when"})
_IN_EXPRESSION = Refused(
    "The token stands in an expression: give it a variable of its own, and name that here."
)


def edit_in(said: str, token: Span, hole: Hole, key: str) -> Edit | Refused:
    """Return the edit for a token in the text of a value that has the key."""
    if not _is_inside(said[: token.start], hole.expression, key):
        return Edit(token, hole.expression)
    default = _DEFAULT.search(said, 0, token.start)
    if not default or (default["name"] or default["called"]) != hole.variable:
        return _IN_EXPRESSION
    closed = re.compile(re.escape(default["opening"]) + r"(?=\s*[)}])").match(said, token.end)
    # Without its default the expression stops where the variable is not set.
    return Edit(Span(default.start("comma"), closed.end()), "") if closed else _IN_EXPRESSION


def _is_inside(before: str, expression: str, key: str) -> bool:
    found = _DELIMITERS.match(expression)
    if not found:
        return False
    if found["opening"] != "{{":
        return before.rfind(found["opening"]) > before.rfind(found["closing"])
    return (
        key in _BARE
        or before.rfind("{{") > before.rfind("}}")
        or before.rfind("{%") > before.rfind("%}")
    )
