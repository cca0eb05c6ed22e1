"""PowerShell's data files, such as the manifests of modules."""

from notion_lsp.languages import Language, Recognition
from notion_lsp.refused import Refused
from notion_lsp.syntax.trees import Grammar

LANGUAGE = Language(
    id="powershell-data",
    title="a data file of PowerShell",
    recognition=Recognition(files=("*.psd1",)),
    environment=Refused("A data file of PowerShell holds constants only."),
    grammar=Grammar("tree_sitter_powershell", "(comment) @comment"),
)
