"""Scripts of Nushell."""

from notion_lsp.languages import Language, Recognition, Writing
from notion_lsp.languages._reasons import SETS_ENVIRONMENT
from notion_lsp.refused import Refused
from notion_lsp.syntax.line_patterns import Line, LineGrammar, comment_to_end

LANGUAGE = Language(
    id="nushell",
    title="Nushell",
    recognition=Recognition(
        files=("*.nu",),
        editor_ids=(
            "nushell",
            "nu",
        ),
    ),
    environment=Refused(
        "Nushell reads a variable with $env.{name}: write that in place of the string."
    ),
    grammar=LineGrammar(
        (
            comment_to_end(
                "#",
                r"\"(?:[^\"\\]|\\[\s\S])*(?:\"|\Z)",
                r"\br(#{1,9})'[\s\S]*?(?:'\1|\Z)",
                r"'[^']*(?:'|\Z)|`[^`]*(?:`|\Z)",
            ),
            Line(r"(?:\$env\.\w+[ \t]*=|\bload-env\b)(?P<fixed>[^\r\n]*)", SETS_ENVIRONMENT),
        )
    ),
    writing=Writing(comment="# {}"),
)
