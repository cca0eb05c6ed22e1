"""TypeScript: node-vault, whose answers have no type."""

from notion_lsp.languages._javascript_reads import typed
from notion_lsp.stores.vault.javascript import LOOKUP as JAVASCRIPT

LOOKUP = typed(
    JAVASCRIPT,
    {
        "new {Map}()": "new {Map}<string, Record<string, string>>()",
        "(mount, path, key) {": "(mount: string, path: string, key: string): Promise<string> {",
        # node-vault declares its answers as `any`.
        ".data.data;": ".data.data as Record<string, string>;",
    },
)
