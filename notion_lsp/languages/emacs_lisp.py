"""Emacs Lisp."""

from notion_lsp.languages import Language, Recognition, Writing
from notion_lsp.languages._reasons import SETS_ENVIRONMENT
from notion_lsp.refused import Refused
from notion_lsp.syntax.line_patterns import Line, LineGrammar

LANGUAGE = Language(
    id="emacs-lisp",
    title="Emacs Lisp",
    recognition=Recognition(
        files=(
            "*.el",
            ".emacs",
            "_emacs",
        ),
        editor_ids=(
            "emacs-lisp",
            "elisp",
            "lisp",
        ),
    ),
    environment=Refused(
        "Emacs keeps secrets in auth-source, or reads a variable with (getenv "
        '"{name}"): write that in place of the string.'
    ),
    grammar=LineGrammar(
        (
            Line(r"^[ \t]*(?P<comment>;[^\r\n]*)"),
            Line(r"\(setenv[ \t](?P<fixed>[^\r\n]*)", SETS_ENVIRONMENT),
        )
    ),
    writing=Writing(comment=""),
)
