"""TypeScript with JSX: as TypeScript."""

from notion_lsp.stores.azure_key_vault.typescript import LOOKUP

__all__ = ["LOOKUP"]
