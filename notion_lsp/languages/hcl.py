"""Files of HCL that are not Terraform's."""

from notion_lsp.languages import Language, ProjectFacts, Recognition, Writing
from notion_lsp.languages._settings_readers import HCL_READERS
from notion_lsp.refused import Refused
from notion_lsp.syntax.trees import Grammar

LANGUAGE = Language(
    id="hcl",
    title="HCL",
    recognition=Recognition(files=("*.hcl", "*.nomad"), editor_ids=("hcl",)),
    environment=Refused(
        "HCL cannot read the environment: have the program that loads this file do it."
    ),
    grammar=Grammar("tree_sitter_hcl", "(comment) @comment", opening='"'),
    writing=Writing(comment="# {}"),
    project=ProjectFacts(runtimes=HCL_READERS),
)
