"""`.env` files: the one place where a token may stand, as long as git ignores the file."""

from notion_lsp.dotenv import NAMES
from notion_lsp.languages import Language, Recognition
from notion_lsp.refused import Refused
from notion_lsp.syntax.trees import Grammar

LANGUAGE = Language(
    id="dotenv",
    title="a .env file",
    recognition=Recognition(files=NAMES, editor_ids=("dotenv", "env")),
    # Of one that git ignores, no token is reported.
    environment=Refused(
        "The token may stand here once git ignores the file: name it in .gitignore, and if git "
        "tracks it, run `git rm --cached` on it."
    ),
    # The comments are a shell's, and nothing else of the file is read.
    grammar=Grammar("tree_sitter_bash", "(comment) @comment"),
)
