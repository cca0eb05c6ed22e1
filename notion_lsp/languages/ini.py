"""INI files and their like, of no certain reader."""

from notion_lsp.languages import Language
from notion_lsp.refused import Refused
from notion_lsp.syntax.line_patterns import Line, LineGrammar

LANGUAGE = Language(
    id="ini",
    title="INI",
    editor_ids=("ini",),
    files=("*.ini", "*.cfg", "*.conf"),
    grammar=LineGrammar((Line(r"^[ \t]*(?P<comment>[#;][^\r\n]*)"),)),
    environment=Refused("An INI file has no way to read the environment; its reader may have one."),
    comment="",
)
