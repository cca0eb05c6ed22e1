"""Scripts of csh and tcsh."""

from notion_lsp.languages import Language, Recognition, Writing
from notion_lsp.languages._reasons import SETS_ENVIRONMENT
from notion_lsp.refused import Refused
from notion_lsp.syntax.line_patterns import Line, LineGrammar, comment_to_end

LANGUAGE = Language(
    id="csh",
    title="csh",
    recognition=Recognition(files=("*.csh", "*.tcsh", ".cshrc", ".tcshrc"), editor_ids=("csh",)),
    environment=Refused(
        "csh reads a variable where the name stands, also in double quotes: write "
        "${name}, and set it outside of this file."
    ),
    grammar=LineGrammar(
        (
            comment_to_end(
                "#",
                r"\\[\s\S]|\"(?:[^\"\\\r\n]|\\[\s\S])*\"?|'(?:[^'\\\r\n]|\\[\s\S])*'?",
                # A here-document goes on to a line that is its word.
                r"<<[ \t]*([^\s<]+)[\s\S]*?(?:^\1$|\Z)",
            ),
            Line(r"\bsetenv[ \t](?P<fixed>[^\r\n]*)", SETS_ENVIRONMENT),
        )
    ),
    writing=Writing(comment="# {}"),
)
