"""TypeScript: 1Password's own kit."""

from notion_lsp.languages._javascript_reads import CACHE, typed
from notion_lsp.stores.onepassword.javascript import LOOKUP as JAVASCRIPT

LOOKUP = typed(JAVASCRIPT, CACHE | {"(reference) {": "(reference: string): Promise<string> {"})
