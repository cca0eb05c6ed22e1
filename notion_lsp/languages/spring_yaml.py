"""The YAML of a Spring application, which fills in placeholders as its properties do."""

from __future__ import annotations

from notion_lsp.languages import Language, Recognition, Writing
from notion_lsp.languages._jvm_annotations import variable
from notion_lsp.languages._placeholders import filled_in
from notion_lsp.languages.yaml import GRAMMAR, Place, Written, writing
from notion_lsp.lookup import Lookup
from notion_lsp.refused import Refused


def _write(value: Place) -> Written:
    key = value.path.replace("/", ".")
    edits = filled_in(value.scalar.text, value.tokens, value.holes, key)
    return edits if isinstance(edits, Refused) else value.with_edits(edits)


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
    writing=Writing(write=writing(_write), variable=variable),
)
