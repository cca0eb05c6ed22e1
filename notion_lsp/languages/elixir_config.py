"""The configuration that Elixir's Mix reads before it compiles a project.

Of the files in `config/`, a release reads `runtime.exs` and the older `releases.exs` when it starts
(https://hexdocs.pm/elixir/Config.html). What the others say is copied into it when it is built.
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
