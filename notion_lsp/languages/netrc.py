"""The passwords of curl, git and others for each host, which are read as they stand."""

from notion_lsp.languages import Language, Recognition, Writing
from notion_lsp.refused import Refused
from notion_lsp.syntax.line_patterns import Line, LineGrammar

LANGUAGE = Language(
    id="netrc",
    title="a .netrc file",
    recognition=Recognition(
        files=(
            ".netrc",
            "_netrc",
            "netrc",
        )
    ),
    environment=Refused(
        "This file holds passwords as they stand: keep it in your home folder, out of "
        "every repository."
    ),
    grammar=LineGrammar((Line(r"^[ \t]*(?P<comment>#[^\r\n]*)"),)),
    writing=Writing(comment=""),
)
