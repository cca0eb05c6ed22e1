"""JSON, with or without comments."""

from notion_lsp.languages import Language
from notion_lsp.lookup import Refused
from notion_lsp.trees import Grammar

LANGUAGE = Language(
    id="json",
    title="JSON",
    editor_ids=("json", "jsonc", "json5"),
    files=("*.json", "*.jsonc", "*.json5", "*.code-workspace"),
    grammar=Grammar("tree_sitter_json", "(string) @literal\n(comment) @comment"),
    environment=Refused("JSON has no way to read the environment; its reader may have one."),
    comment="",
)
