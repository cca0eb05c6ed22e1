"""TypeScript with JSX: as TypeScript."""

from notion_lsp.stores.conjur.typescript import LOOKUP

__all__ = ["LOOKUP"]
