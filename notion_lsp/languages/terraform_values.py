"""Terraform's files of values, which are read before there are variables."""

from notion_lsp.languages import Language, Recognition
from notion_lsp.refused import Refused
from notion_lsp.syntax.trees import Grammar

LANGUAGE = Language(
    id="terraform-values",
    title="a file of Terraform's values",
    recognition=Recognition(
        files=("*.tfvars", "*.tftest.hcl", "*.tofutest.hcl"),
        editor_ids=("terraform-vars", "opentofu-vars"),
    ),
    environment=Refused(
        "This file gives the value: delete the line, and set TF_VAR_ and the name of the variable."
    ),
    grammar=Grammar("tree_sitter_hcl", "(comment) @comment"),
)
