"""TypeScript with JSX: as TypeScript."""

from notion_lsp.stores.keyring.typescript import LOOKUP

__all__ = ["LOOKUP"]
