"""On a server, before it moves a ref: what that brings. Those before it have moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.files import git_history
from notion_lsp.hooks.git import Hook
from notion_lsp.hooks.git._updates import REFS, Update, bringing, scan

if TYPE_CHECKING:
    from notion_lsp.check.scan import Scan
    from notion_lsp.hooks.git import Asked


def _scan(asked: Asked) -> Scan | None:
    ref, old, new = (*asked.arguments, "", "", "")[:3]
    known = git_history.tips(asked.repository, REFS)
    return scan(asked, bringing([Update(old, new, ref)]), known)


HOOK = Hook(_scan)
