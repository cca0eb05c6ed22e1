"""Emacs Lisp."""

from notion_lsp.languages import Language, Recognition, Writing
from notion_lsp.languages._reasons import SETS_ENVIRONMENT
from notion_lsp.refused import Refused
from notion_lsp.syntax.line_patterns import Line, LineGrammar, comment_to_end

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
            # A character is written `?"`, and what stands behind a backslash is part of a name.
            comment_to_end(";", r"\?[\";]|\\[\s\S]", r"\"(?:[^\"\\]|\\[\s\S])*(?:\"|\Z)"),
            Line(r"\(setenv[ \t](?P<fixed>[^\r\n]*)", SETS_ENVIRONMENT),
        )
    ),
    writing=Writing(comment="; {}"),
)
