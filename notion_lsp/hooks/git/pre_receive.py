"""On a server, before it takes a push: what the refs bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.files import git_history
from notion_lsp.hooks.git import Hook
from notion_lsp.hooks.git._updates import REFS, received, scan

if TYPE_CHECKING:
    from notion_lsp.check.scan import Scan
    from notion_lsp.hooks.git import Asked


def _scan(asked: Asked) -> Scan | None:
    # The old refs still stand, and whatever they reach is here already.
    return scan(asked, received(asked.given), git_history.tips(asked.repository, REFS))


HOOK = Hook(_scan, reads=True)
