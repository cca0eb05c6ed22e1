"""TypeScript with JSX: as TypeScript."""

from notion_lsp.stores.google_secret_manager.typescript import LOOKUP

__all__ = ["LOOKUP"]
