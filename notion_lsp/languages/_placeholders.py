"""The placeholders of Spring and its like: `${name}`, and `${name:…}` with a default.

Sources: Spring Framework, "Using `@Value`"; Quarkus, "Property expressions"; Micronaut, "Property
Placeholders", where backticks may stand around a default.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.languages._jvm_annotations import variable
from notion_lsp.refused import Refused
from notion_lsp.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Hole

_DEFAULT = re.compile(r"\$\{(?P<name>[\w.-]+)(?P<default>:`?)\Z", re.ASCII)
_CLOSED = re.compile("`?(?=})")
_OPEN = re.compile(r"\$\{[^{}]*\Z")
_PART = Refused(
    "The token is part of a placeholder: take this default out, and set what the placeholder names."
)


def filled_in(
    text: str, tokens: Sequence[Span], holes: Sequence[Hole], key: str
) -> tuple[Edit, ...] | Refused:
    """Return the edits of a value that has the `key`: a token that is a default is taken out."""
    edits = [_edit(text, token, hole, key) for token, hole in zip(tokens, holes, strict=True)]
    return tuple(filter(None, edits)) if all(edits) else _PART


def _edit(text: str, token: Span, hole: Hole, key: str) -> Edit | None:
    line = text.rfind("\n", 0, token.start) + 1
    before = text[line : token.start]
    if not _OPEN.search(before):
        return Edit(token, hole.expression)
    default, closed = _DEFAULT.search(before), _CLOSED.match(text, token.end)
    if not default or not closed or variable(default["name"]) != hole.variable:
        return None
    # A property that is read from itself has no value.
    if default["name"] == key:
        return Edit(Span(line + default.start(), closed.end() + 1), hole.expression)
    return Edit(Span(line + default.start("default"), closed.end()), "")
