"""TypeScript: AWS's own kit."""

from notion_lsp.languages._javascript_reads import CACHE, typed
from notion_lsp.stores.aws_secrets_manager import javascript

LOOKUP = typed(javascript.LOOKUP, CACHE | {"(id) {": "(id: string): Promise<string> {"})

LOOKUP_WITH_KEY = typed(
    javascript.LOOKUP_WITH_KEY,
    {
        "new {Map}()": "new {Map}<string, Record<string, string>>()",
        "(id, key) {": "(id: string, key: string): Promise<string> {",
        # `JSON.parse` is declared to give `any`.
        '?? "{}");': '?? "{}") as Record<string, string>;',
    },
)
