"""TypeScript with JSX."""

from dataclasses import replace

from notion_lsp.languages.javascript import CONTEXT as JAVASCRIPT
from notion_lsp.languages.typescript import CONTEXT, OUTLINE
from notion_lsp.languages.typescript import LANGUAGE as TYPESCRIPT
from notion_lsp.syntax.trees import Grammar

LANGUAGE = replace(
    TYPESCRIPT,
    id="tsx",
    title="TypeScript with JSX",
    editor_ids=("typescriptreact",),
    files=("*.tsx",),
    grammar=Grammar(
        "tree_sitter_typescript", JAVASCRIPT + CONTEXT, OUTLINE, function="language_tsx"
    ),
)
