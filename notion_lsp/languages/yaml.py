"""YAML that no tool is known to expand."""

from notion_lsp.languages import Language
from notion_lsp.lookup import Refused
from notion_lsp.trees import Grammar

LANGUAGE = Language(
    id="yaml",
    title="YAML",
    editor_ids=("yaml",),
    files=("*.yaml", "*.yml"),
    grammar=Grammar(
        "tree_sitter_yaml",
        """
        (comment) @comment
        (plain_scalar) @literal
        (double_quote_scalar) @literal
        (single_quote_scalar) @literal
        (block_scalar) @literal
        """,
    ),
    environment=Refused("YAML has no way to read the environment; its reader may have one."),
)
