"""TypeScript: Google's own kit."""

from notion_lsp.languages._javascript_reads import CACHE, typed
from notion_lsp.stores.google_secret_manager.javascript import LOOKUP as JAVASCRIPT

LOOKUP = typed(JAVASCRIPT, CACHE | {"(id) {": "(id: string): Promise<string> {"})
