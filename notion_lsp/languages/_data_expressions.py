"""Expressions that the reader of a file of data evaluates, with a token in one of them.

Sources: Serverless Framework, "Variables"; OmegaConf, "Resolvers"; dbt, "env_var"; Jinja, "Template
Designer Documentation"; Ansible, "Conditionals" and "Advanced playbook syntax".
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
_RAW = re.compile(r"\{%[-+]?\s*(?P<end>end)?raw\b")
# Ansible evaluates these as they stand, without braces.
_BARE = frozenset({"changed_when", "failed_when", "that", "until", "when"})
_IN_EXPRESSION = Refused(
    "The token stands in an expression: give it a variable of its own, and name that here."
)
_NOT_EVALUATED = Refused(
    "Nothing is evaluated in `raw` or behind `!unsafe`: give the token a variable of its own, and "
    "name that here."
)
_UNSAFE = re.compile(r"!unsafe\s+(?:&\S+\s+)?\Z")
_LONGEST_TAG = 200  # code points


def kept(text: str, value: Span) -> Refused | None:
    """Return why nothing of a value is evaluated, where its tag says so."""
    is_unsafe = _UNSAFE.search(text, max(0, value.start - _LONGEST_TAG), value.start)
    return _NOT_EVALUATED if is_unsafe else None


def edit_in(said: str, token: Span, hole: Hole, key: str) -> Edit | Refused:
    """Return the edit for a token in the text of a value that has the key."""
    before = said[: token.start]
    if _is_raw(before, hole.expression):
        return _NOT_EVALUATED
    if not _is_inside(before, hole.expression, key):
        return Edit(token, hole.expression)
    default = _DEFAULT.search(said, 0, token.start)
    if not default or (default["name"] or default["called"]) != hole.variable:
        return _IN_EXPRESSION
    closed = re.compile(re.escape(default["opening"]) + r"(?=\s*[)}])").match(said, token.end)
    # Without its default the expression stops where the variable is not set.
    return Edit(Span(default.start("comma"), closed.end()), "") if closed else _IN_EXPRESSION


def _is_raw(before: str, expression: str) -> bool:
    marks = [*_RAW.finditer(before)] if expression.startswith("{{") else []
    return bool(marks) and not marks[-1]["end"]


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
