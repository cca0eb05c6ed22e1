"""Pages of HTML: all that stands in one, its scripts too, is sent to the browser."""

from notion_lsp.languages import Language, Recognition, Writing
from notion_lsp.refused import Refused
from notion_lsp.syntax.line_patterns import XML_COMMENT, LineGrammar

LANGUAGE = Language(
    id="html",
    title="HTML",
    recognition=Recognition(files=("*.html", "*.htm", "*.xhtml"), editor_ids=("html",)),
    environment=Refused(
        "What stands in a page is shipped to the browser: have a server of yours ask Notion."
    ),
    grammar=LineGrammar((XML_COMMENT,)),
    writing=Writing(comment="<!-- {} -->"),
)
