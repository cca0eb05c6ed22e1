"""Tables of cron, which expands no variables in the lines that set them (crontab(5))."""

from notion_lsp.languages import Language, Recognition, Writing
from notion_lsp.refused import Refused
from notion_lsp.syntax.line_patterns import Line, LineGrammar

LANGUAGE = Language(
    id="crontab",
    title="a crontab",
    recognition=Recognition(
        files=(
            "crontab",
            "crontab.*",
            "*.crontab",
            "*.cron",
            "cron.d/*",
        )
    ),
    environment=Refused(
        "cron reads this file as it stands: have the command read the token from a "
        "file of its user."
    ),
    grammar=LineGrammar((Line(r"^[ \t]*(?P<comment>#[^\r\n]*)"),)),
    writing=Writing(comment=""),
)
