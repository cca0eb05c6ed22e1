"""The properties of a Spring application, which fills in placeholders.

A placeholder without a value stops `@Value`; a bound class gets its text, which opens nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.languages import Language, escaped, interleave
from notion_lsp.languages.properties import PROPERTY
from notion_lsp.lookup import Lookup
from notion_lsp.refused import Refused
from notion_lsp.syntax.line_patterns import Line, LineGrammar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.syntax.site import Site

_DEFAULT = Line(r"(?P<replace>\$\{(?P<name>[A-Z][A-Z0-9_]+):(?P<literal>\w+)\})")
_PLACEHOLDER = Line(
    r"\$\{(?![A-Z][A-Z0-9_]+:\w+\})(?P<fixed>[^{}\r\n]*)\}",
    "The token is part of another property's placeholder: give that property its own line.",
)


def _join(site: Site, expressions: Sequence[str]) -> str | Refused:
    if site.literal is None:
        return Refused("There is no value here.")
    return escaped(site.literal) or interleave(site.literal.parts, expressions)


LANGUAGE = Language(
    id="spring-properties",
    title="Spring properties",
    editor_ids=("spring-boot-properties",),
    files=("application*.properties", "bootstrap*.properties"),
    grammar=LineGrammar((PROPERTY, _DEFAULT, _PLACEHOLDER)),
    environment=Lookup("${{name}}"),
    join=_join,
    comment="",
)
