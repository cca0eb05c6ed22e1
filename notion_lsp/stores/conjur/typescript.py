"""TypeScript: the two calls of Conjur's API."""

from notion_lsp.languages._javascript_reads import CACHE, typed
from notion_lsp.stores.conjur.javascript import LOOKUP as JAVASCRIPT

LOOKUP = typed(
    JAVASCRIPT,
    CACHE
    | {
        "(id) {": "(id: string): Promise<string> {",
        "(name) =>": "(name: string): string =>",
    },
)
