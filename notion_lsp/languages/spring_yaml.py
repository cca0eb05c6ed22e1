"""The YAML of a Spring application, which fills in placeholders as its properties do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.languages import Language, Recognition, Writing
from notion_lsp.languages.yaml import GRAMMAR, Place, Written, writing
from notion_lsp.lookup import Lookup
from notion_lsp.refused import Refused

if TYPE_CHECKING:
    from notion_lsp.text import Span

_PLACEHOLDER = re.compile(r"\$\{[^{}]*\}")
_DEFAULT = Refused(
    "The token is part of a placeholder: take this default out, and set what the placeholder names."
)


def _write(value: Place) -> Written:
    placeholders = (found.span() for found in _PLACEHOLDER.finditer(value.scalar.text))
    if any(_overlaps(token, span) for span in placeholders for token in value.tokens):
        return _DEFAULT
    return value.with_expressions()


def _overlaps(token: Span, span: tuple[int, int]) -> bool:
    return token.start < span[1] and span[0] < token.end


LANGUAGE = Language(
    id="spring-yaml",
    title="Spring YAML",
    recognition=Recognition(
        # Spring Boot finds these by their names; `bootstrap` is Spring Cloud's.
        files=(
            *("application*.yml", "application*.yaml"),
            *("bootstrap*.yml", "bootstrap*.yaml"),
        ),
        editor_ids=("spring-boot-properties-yaml",),
    ),
    environment=Lookup("${{name}}"),
    grammar=GRAMMAR,
    writing=Writing(write=writing(_write)),
)
