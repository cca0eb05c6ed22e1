"""The properties of a Spring application, which fills in placeholders.

A placeholder without a value stops `@Value`; a bound class gets its text, which opens nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.languages import Language, Recognition, Writing
from notion_lsp.languages._jvm_annotations import variable
from notion_lsp.languages._placeholders import filled_in
from notion_lsp.languages.properties import PROPERTY
from notion_lsp.lookup import Lookup
from notion_lsp.syntax.line_patterns import LineGrammar
from notion_lsp.syntax.literal_edits import escaped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.refused import Refused
    from notion_lsp.syntax.site import Site, Syntax
    from notion_lsp.text import Edit


def _write(syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    refused = escaped(site.literal)
    (key,) = site.captures["name"]
    return refused or filled_in(syntax.text, site.literal.tokens, holes, key.of(syntax.text))


LANGUAGE = Language(
    id="spring-properties",
    title="Spring properties",
    recognition=Recognition(
        # Spring Boot finds these by their names; `bootstrap` is Spring Cloud's.
        # MicroProfile has the same placeholders (Config 2.0, "Property Expressions").
        files=(
            *("application*.properties", "bootstrap*.properties"),
            "microprofile-config.properties",
        ),
        editor_ids=("spring-boot-properties",),
    ),
    environment=Lookup("${{name}}"),
    grammar=LineGrammar((PROPERTY,)),
    writing=Writing(write=_write, variable=variable, comment=""),
)
