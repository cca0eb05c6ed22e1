"""`.env` files: the one place where a token may stand, as long as git ignores the file."""

from notion_lsp.languages import Language
from notion_lsp.refused import Refused
from notion_lsp.syntax.trees import Grammar

LANGUAGE = Language(
    id="dotenv",
    title="a .env file",
    editor_ids=("dotenv", "env"),
    files=(".env", ".env.*", "*.env"),
    grammar=Grammar("tree_sitter_bash", "(comment) @comment"),
    environment=Refused("This is the file the token belongs in, as long as git ignores it."),
)
