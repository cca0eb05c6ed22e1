"""TypeScript with JSX: as TypeScript."""

from notion_lsp.stores.vault.typescript import LOOKUP

__all__ = ["LOOKUP"]
