"""INI files and their like, of no certain reader."""

from notion_lsp.languages import Language, ProjectFacts, Recognition, Writing
from notion_lsp.languages._data_readers import INI_READERS
from notion_lsp.refused import Refused
from notion_lsp.syntax.line_patterns import Line, LineGrammar

LANGUAGE = Language(
    id="ini",
    title="INI",
    recognition=Recognition(files=("*.ini", "*.cfg", "*.conf"), editor_ids=("ini",)),
    environment=Refused("An INI file has no way to read the environment; its reader may have one."),
    grammar=LineGrammar((Line(r"^[ \t]*(?P<comment>[#;][^\r\n]*)"),)),
    writing=Writing(comment=""),
    project=ProjectFacts(runtimes=INI_READERS),
)
