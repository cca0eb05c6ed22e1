"""TypeScript with JSX."""

from dataclasses import replace

from notion_lsp.languages import Recognition
from notion_lsp.languages._components import COMPONENTS
from notion_lsp.languages._typescript_types import TYPES
from notion_lsp.languages.javascript import CONTEXT, JSX
from notion_lsp.languages.typescript import FIELDS, NAMES, OUTLINE
from notion_lsp.languages.typescript import LANGUAGE as TYPESCRIPT
from notion_lsp.syntax.trees import Grammar

LANGUAGE = replace(
    TYPESCRIPT,
    id="tsx",
    title="TypeScript with JSX",
    recognition=Recognition(files=("*.tsx",), editor_ids=("typescriptreact",)),
    grammar=Grammar(
        "tree_sitter_typescript",
        CONTEXT + JSX + COMPONENTS + FIELDS + TYPES,
        OUTLINE,
        NAMES,
        function="language_tsx",
    ),
)
