"""TypeScript with JSX: as TypeScript."""

from notion_lsp.stores.aws_secrets_manager.typescript import LOOKUP, LOOKUP_WITH_KEY

__all__ = ["LOOKUP", "LOOKUP_WITH_KEY"]
