"""The configuration that Elixir's Mix reads before it compiles a project.

https://hexdocs.pm/elixir/config-and-releases.html: of these files only `config/runtime.exs` and,
before Elixir 1.11, `config/releases.exs` are read when the program starts.
"""

from notion_lsp.languages import Language, Recognition
from notion_lsp.refused import Refused
from notion_lsp.syntax.trees import Grammar

LANGUAGE = Language(
    id="elixir-config",
    title="a build configuration of Elixir",
    recognition=Recognition(files=("config/*.exs",)),
    environment=Refused(
        "This file is read when the project is built, and a release keeps its values: "
        "set this one in config/runtime.exs."
    ),
    grammar=Grammar("tree_sitter_elixir", "(comment) @comment"),
)
