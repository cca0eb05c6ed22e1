"""Batch files of Windows."""

from notion_lsp.languages import Language, Recognition, Writing
from notion_lsp.refused import Refused
from notion_lsp.syntax.line_patterns import Line, LineGrammar

LANGUAGE = Language(
    id="batch",
    title="a batch file",
    recognition=Recognition(files=("*.bat", "*.cmd"), editor_ids=("bat",)),
    environment=Refused(
        "cmd reads a variable as %NOTION_TOKEN%: write that in place of the token, and set it "
        "outside of this file."
    ),
    grammar=LineGrammar((Line(r"(?i)^[ \t]*@?(?P<comment>(?:rem[ \t]|::)[^\r\n]*)"),)),
    writing=Writing(comment="rem {}"),
)
