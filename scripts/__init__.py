"""Programs for those who work on notion-lsp."""
