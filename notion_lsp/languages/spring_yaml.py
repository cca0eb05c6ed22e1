"""The YAML of a Spring application, which fills in placeholders as its properties do."""

from __future__ import annotations

import re

from notion_lsp.languages import Language, Recognition, Writing
from notion_lsp.languages.yaml import GRAMMAR, Place, Written, writing
from notion_lsp.lookup import Lookup
from notion_lsp.refused import Refused
from notion_lsp.text import Edit, Span

# A placeholder has its default behind a colon (Spring Framework, "Using `@Value`").
_PLACEHOLDER = re.compile(r"\$\{(?:(?P<name>\w+):)?(?P<text>[^{}]*)\}", re.ASCII)
_DEFAULT = Refused(
    "The token is part of a placeholder: take this default out, and set what the placeholder names."
)


def _write(value: Place) -> Written:
    edits = []
    placeholders = list(_PLACEHOLDER.finditer(value.scalar.text))
    for token, hole in zip(value.tokens, value.holes, strict=True):
        around = next((each for each in placeholders if _contains(each, token)), None)
        if around and (around.span("text") != token or around["name"] != hole.variable):
            return _DEFAULT
        edits.append(Edit(Span(*around.span()) if around else token, hole.expression))
    return value.with_edits(edits)


def _contains(placeholder: re.Match[str], token: Span) -> bool:
    return Span(*placeholder.span()).contains(token)


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
