"""TypeScript: as JavaScript, with types."""

from notion_lsp.languages._javascript_reads import typed
from notion_lsp.stores.keyring.javascript import LOOKUP as JAVASCRIPT

LOOKUP = typed(
    JAVASCRIPT,
    {
        "new {Map}()": "new {Map}<string, string>()",
        "(service, user) {": "(service: string, user: string): string {",
        "let secret =": "let secret: string | null | undefined =",
    },
)
