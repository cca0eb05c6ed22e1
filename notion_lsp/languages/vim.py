"""Scripts of Vim."""

from notion_lsp.languages import Language, Recognition, Writing
from notion_lsp.languages._reasons import SETS_ENVIRONMENT
from notion_lsp.refused import Refused
from notion_lsp.syntax.line_patterns import Line, LineGrammar

LANGUAGE = Language(
    id="vim",
    title="Vim script",
    recognition=Recognition(
        files=(
            "*.vim",
            ".vimrc",
            "_vimrc",
            "vimrc",
            ".gvimrc",
        ),
        editor_ids=(
            "vim",
            "viml",
        ),
    ),
    environment=Refused(
        "Vim reads a variable where the name stands without quotes: write "
        "${name} in place of the string."
    ),
    grammar=LineGrammar(
        (
            Line(r'^[ \t]*(?P<comment>"[^\r\n]*)'),
            Line(r"(?:\blet[ \t]+\$\w+[ \t]*=|\bsetenv\()(?P<fixed>[^\r\n]*)", SETS_ENVIRONMENT),
        )
    ),
    writing=Writing(comment=""),
)
