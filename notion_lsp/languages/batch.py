"""Batch files of Windows."""

from notion_lsp.languages import Language, Recognition, Writing
from notion_lsp.languages._reasons import SETS_ENVIRONMENT
from notion_lsp.refused import Refused
from notion_lsp.syntax.line_patterns import Line, LineGrammar

LANGUAGE = Language(
    id="batch",
    title="a batch file",
    recognition=Recognition(files=("*.bat", "*.cmd"), editor_ids=("bat",)),
    environment=Refused(
        "cmd reads a variable as %{name}%: write that in place of the token, and set it "
        "outside of this file."
    ),
    grammar=LineGrammar(
        (
            Line(r"(?i)^[ \t]*@?(?P<comment>(?:rem[ \t]|::)[^\r\n]*)"),
            # A variable of cmd is one of the environment's.
            Line(r"(?i)\bsetx?[ \t](?P<fixed>[^\r\n]*)", SETS_ENVIRONMENT),
        )
    ),
    writing=Writing(comment="rem {}"),
)
