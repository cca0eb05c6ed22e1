"""`.env.example` and its like: committed, and so without a value."""

from notion_lsp.languages import Language, Lookup
from notion_lsp.syntax import Grammar

_ENDINGS = ("example", "sample", "template", "dist", "defaults")

LANGUAGE = Language(
    id="dotenv-example",
    title="an example of a .env file",
    editor_ids=(),
    files=tuple(
        pattern + ending for ending in _ENDINGS for pattern in (".env.", ".env*.", "*.env.")
    ),
    grammar=Grammar(
        "tree_sitter_bash",
        """
        (comment) @comment
        (variable_assignment name: (variable_name) @name value: (_) @literal)
        """,
    ),
    environment=Lookup("", action="Leave {name} empty, as an example does"),
    join=lambda _site, _expressions: "",
)
