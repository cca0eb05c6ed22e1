"""XML of no certain reader."""

from notion_lsp.languages import Language, ProjectFacts, Recognition, Writing
from notion_lsp.languages._settings_readers import XML_READERS
from notion_lsp.refused import Refused
from notion_lsp.syntax.line_patterns import XML_COMMENT, LineGrammar

LANGUAGE = Language(
    id="xml",
    title="XML",
    recognition=Recognition(
        files=(
            *("*.xml", "web.config", "Web.config", "app.config", "App.config"),
            *("nuget.config", "NuGet.Config"),
        ),
        editor_ids=("xml",),
    ),
    environment=Refused(
        "XML cannot read the environment: have the program that loads this file do it."
    ),
    grammar=LineGrammar((XML_COMMENT,)),
    writing=Writing(comment="<!-- {} -->"),
    project=ProjectFacts(runtimes=XML_READERS),
)
