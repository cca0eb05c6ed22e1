"""TypeScript with JSX: as TypeScript."""

from notion_lsp.stores.doppler.typescript import LOOKUP

__all__ = ["LOOKUP"]
