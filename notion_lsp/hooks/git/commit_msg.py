"""Before a commit is made: its message, in the file that git names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.check.scan import scan_paths
from notion_lsp.hooks.git import Hook

if TYPE_CHECKING:
    from notion_lsp.check.scan import Scan
    from notion_lsp.hooks.git import Asked


def _scan(asked: Asked) -> Scan:
    return scan_paths(asked.arguments, lambda paths: paths, asked.today)


HOOK = Hook(_scan, "git commit --no-verify")
