"""Options of curl, which reads variables since 8.3 (curl.se, "Variables")."""

from notion_lsp.languages import Language, Recognition, Writing
from notion_lsp.refused import Refused
from notion_lsp.syntax.line_patterns import Line, LineGrammar

LANGUAGE = Language(
    id="curlrc",
    title="options of curl",
    recognition=Recognition(
        files=(
            ".curlrc",
            "_curlrc",
            "curlrc",
        )
    ),
    environment=Refused(
        "curl 8.3 reads a variable: write variable = %{name}, and expand-header in place of header."
    ),
    grammar=LineGrammar((Line(r"^[ \t]*(?P<comment>#[^\r\n]*)"),)),
    writing=Writing(comment=""),
)
