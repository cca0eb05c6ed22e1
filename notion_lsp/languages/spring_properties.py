"""The properties of a Spring application, which fills in placeholders.

A placeholder without a value stops `@Value`; a bound class gets its text, which opens nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.languages import Language, Recognition, Writing
from notion_lsp.languages.properties import PROPERTY
from notion_lsp.lookup import Lookup
from notion_lsp.syntax.line_patterns import Line, LineGrammar
from notion_lsp.syntax.literal_edits import escaped, interpolate, replace_literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.refused import Refused
    from notion_lsp.syntax.site import Site, Syntax
    from notion_lsp.text import Edit

# A placeholder has its default behind a colon (Spring Framework, "Using `@Value`").
_DEFAULT = Line(r"(?P<replace>\$\{(?P<name>[A-Z][A-Z0-9_]+):(?P<literal>\w+)\})")
_PLACEHOLDER = Line(
    r"\$\{(?![A-Z][A-Z0-9_]+:\w+\})(?P<fixed>[^{}\r\n]*)\}",
    "The token is part of another property's placeholder: give that property its own line.",
)


def _write(_syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    if site.replaced:
        return replace_literal(site, holes[0].expression)
    return escaped(site.literal) or interpolate(site, [hole.expression for hole in holes])


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
    grammar=LineGrammar((PROPERTY, _DEFAULT, _PLACEHOLDER)),
    writing=Writing(write=_write, comment=""),
)
