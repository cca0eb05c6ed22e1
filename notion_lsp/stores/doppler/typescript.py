"""TypeScript: Doppler's own kit."""

from notion_lsp.languages._javascript_reads import CACHE, typed
from notion_lsp.stores.doppler.javascript import LOOKUP as JAVASCRIPT

LOOKUP = typed(JAVASCRIPT, CACHE | {"(name) {": "(name: string): Promise<string> {"})
