"""The pages that a client is given as files.

They stand in no folder of the workspace, where somebody would commit one, and go with the server.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notion_lsp.explain.shown import Markdown

_NAME = "after-a-leak.md"


class Pages:
    """The folder of one connection's pages, made when there is one; it is its owner's alone."""

    def __init__(self) -> None:
        self._folder: TemporaryDirectory[str] | None = None

    def write(self, page: Markdown) -> Path:
        """Write the page, over the one before it, and return its path."""
        self._folder = self._folder or TemporaryDirectory(prefix="notion-lsp-")
        path = Path(self._folder.name) / _NAME
        path.write_text(page, encoding="utf-8")
        return path
