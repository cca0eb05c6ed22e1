"""Units of systemd, whose variables anyone can ask for (systemd.exec(5))."""

from notion_lsp.languages import Language, Recognition, Writing
from notion_lsp.refused import Refused
from notion_lsp.syntax.line_patterns import Line, LineGrammar

LANGUAGE = Language(
    id="systemd",
    title="a unit of systemd",
    recognition=Recognition(
        files=(
            "*.service",
            "*.socket",
            "*.timer",
            "*.service.d/*.conf",
            "*.container",
        )
    ),
    environment=Refused(
        "Everyone on the machine can read a unit: name a file that root alone can "
        "read, with LoadCredential= or EnvironmentFile=."
    ),
    grammar=LineGrammar((Line(r"^[ \t]*(?P<comment>[#;][^\r\n]*)"),)),
    writing=Writing(comment=""),
)
