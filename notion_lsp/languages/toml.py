"""TOML that no tool is known to expand."""

from notion_lsp.languages import Language, ProjectFacts, Recognition
from notion_lsp.languages._data_readers import TOML_READERS
from notion_lsp.refused import Refused
from notion_lsp.syntax.trees import Grammar

LANGUAGE = Language(
    id="toml",
    title="TOML",
    recognition=Recognition(files=("*.toml", "Pipfile"), editor_ids=("toml",)),
    environment=Refused(
        "TOML cannot read the environment: have the program that loads this file do it."
    ),
    grammar=Grammar("tree_sitter_toml", "(string) @literal\n(comment) @comment"),
    project=ProjectFacts(runtimes=TOML_READERS),
)
