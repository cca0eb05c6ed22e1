"""INI files and their like, of no certain reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.languages import Language, ProjectFacts, Recognition, Writing
from notion_lsp.languages._settings_readers import INI_READERS
from notion_lsp.refused import Refused
from notion_lsp.syntax.line_patterns import Line, LineGrammar
from notion_lsp.syntax.literal_edits import interpolate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.site import Site, Syntax
    from notion_lsp.text import Edit


def _write(_syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...]:
    return interpolate(site, [hole.expression for hole in holes])


LANGUAGE = Language(
    id="ini",
    title="INI",
    recognition=Recognition(files=("*.ini", "*.cfg", "*.conf", ".npmrc"), editor_ids=("ini",)),
    environment=Refused(
        "An INI file cannot read the environment: have the program that loads this file do it."
    ),
    grammar=LineGrammar(
        (
            Line(r"^[ \t]*(?P<comment>[#;][^\r\n]*)"),
            Line(
                r"^[ \t]*(?P<name>[^#;\[\s=](?:[^\r\n=]*[^\s=])?)[ \t]*"
                r"=[ \t]*(?P<literal>\S(?:[^\r\n]*\S)?)"
            ),
        )
    ),
    writing=Writing(write=_write, comment=""),
    project=ProjectFacts(runtimes=INI_READERS),
)
