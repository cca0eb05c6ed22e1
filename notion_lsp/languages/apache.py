"""Configurations of Apache, which expands ${NAME} (httpd.apache.org, "Configuration Files")."""

from notion_lsp.languages import Language, Recognition, Writing
from notion_lsp.refused import Refused
from notion_lsp.syntax.line_patterns import Line, LineGrammar

LANGUAGE = Language(
    id="apache",
    title="a configuration of Apache",
    recognition=Recognition(
        files=(
            "*.conf",
            ".htaccess",
        ),
        editor_ids=("apacheconf",),
        content=r"(?mi)^[ \t]*(?:</?(?:Directory|Files|If|Location|VirtualHost)"
        r"|(?:LoadModule|ProxyPass|RequestHeader|Rewrite\w+|ServerName|SetEnv\w*)[ \t])",
    ),
    environment=Refused(
        "Apache puts its own environment in place of ${NAME}: write that here, and "
        "set the variable for Apache alone."
    ),
    grammar=LineGrammar((Line(r"^[ \t]*(?P<comment>#[^\r\n]*)"),)),
    writing=Writing(comment=""),
)
