"""The scan for what the next commit brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.check.scan import scan_staged

if TYPE_CHECKING:
    from notion_lsp.check.scan import Scan
    from notion_lsp.hooks.git import Asked


def scan(asked: Asked) -> Scan | None:
    """Return the scan; `None` if git cannot tell."""
    return scan_staged((), asked.today, everything=False)
