"""PowerShell's data files, such as the manifests of modules."""

from notion_lsp.languages import Language
from notion_lsp.refused import Refused
from notion_lsp.syntax.trees import Grammar

LANGUAGE = Language(
    id="powershell-data",
    title="a data file of PowerShell",
    editor_ids=(),
    files=("*.psd1",),
    grammar=Grammar("tree_sitter_powershell", "(comment) @comment"),
    environment=Refused("A data file of PowerShell holds constants only."),
)
