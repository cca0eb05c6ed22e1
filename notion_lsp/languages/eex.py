"""EEx and HEEx: text with Elixir in its tags."""

from notion_lsp.languages import Recognition
from notion_lsp.languages._tags import in_tags
from notion_lsp.languages.elixir import LANGUAGE as ELIXIR

LANGUAGE = in_tags(
    ELIXIR,
    "eex",
    "EEx",
    Recognition(files=("*.eex", "*.heex", "*.leex"), editor_ids=("eex", "heex", "html-eex")),
)
