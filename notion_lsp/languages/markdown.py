"""Markdown: nothing reads a token from it, be it in a code block or not."""

from notion_lsp.languages import Language
from notion_lsp.lookup import Lookup
from notion_lsp.syntax.line_patterns import Line, LineGrammar

LANGUAGE = Language(
    id="markdown",
    title="Markdown",
    editor_ids=("markdown",),
    files=("*.md", "*.markdown"),
    grammar=LineGrammar((Line(r"(?P<comment>[^\r\n]+)"),)),
    environment=Lookup("****"),  # every line is a comment, which gets a placeholder in any language
    comment="<!-- {} -->",
)
