"""Scripts of fish, which has no form that stops where a variable is not set."""

from notion_lsp.languages import Language, Recognition, Writing
from notion_lsp.languages._reasons import SETS_ENVIRONMENT
from notion_lsp.refused import Refused
from notion_lsp.syntax.line_patterns import Line, LineGrammar

LANGUAGE = Language(
    id="fish",
    title="fish",
    recognition=Recognition(files=("*.fish",), editor_ids=("fish",), interpreters=("fish",)),
    environment=Refused(
        "fish reads a variable where the name stands, also in double quotes: write "
        "${name}, and set it outside of this file."
    ),
    grammar=LineGrammar(
        (
            Line(r"^[ \t]*(?P<comment>#[^\r\n]*)"),
            # fish, "set": `-x`, `-gx`, `--export`.
            Line(
                r"\bset[ \t](?=(?:--?[a-zA-Z]{1,9}[ \t]){0,9}(?:-[a-zA-Z]{0,9}x|--export))"
                r"(?P<fixed>[^\r\n]*)",
                SETS_ENVIRONMENT,
            ),
        )
    ),
    writing=Writing(comment="# {}"),
)
