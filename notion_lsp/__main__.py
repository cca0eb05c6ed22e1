"""`python -m notion_lsp` is the `notion-lsp` command."""

import sys

from notion_lsp.cli import main

if __name__ == "__main__":
    sys.exit(main())
