"""Configurations of nginx, which knows no variables of the environment (nginx.org, "Variables")."""

from notion_lsp.languages import Language, Recognition, Writing
from notion_lsp.refused import Refused
from notion_lsp.syntax.line_patterns import LineGrammar, comment_to_end

_CONTEXT = comment_to_end(
    "#",
    r"(?<![^\s;{}])(?:\"(?:[^\"\\]|\\[\s\S])*(?:\"|\Z)|'(?:[^'\\]|\\[\s\S])*(?:'|\Z))",
    # Lua has comments of its own (OpenResty); what closes a block stands below what opens it.
    r"^([ \t]*)(?=[^\s#])[^\r\n#]*_by_lua_block[ \t]*\{[\s\S]*?(?:^\1\}|\Z)",
)

LANGUAGE = Language(
    id="nginx",
    title="a configuration of nginx",
    recognition=Recognition(
        files=(
            "nginx.conf",
            "*.nginx",
            "*.nginxconf",
            "*.conf",
            "sites-available/*",
            "sites-enabled/*",
        ),
        editor_ids=("nginx",),
        content=r"(?m)^[ \t]*(?:events|http|location|map|server|upstream)\b[^\r\n;]*\{",
    ),
    environment=Refused(
        "nginx has no variables of the environment: put this line into a file that "
        "root alone can read, and include that."
    ),
    grammar=LineGrammar((_CONTEXT,)),
    writing=Writing(comment="# {}"),
)
