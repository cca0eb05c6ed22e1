"""TypeScript with JSX: as TypeScript."""

from notion_lsp.stores.onepassword.typescript import LOOKUP

__all__ = ["LOOKUP"]
