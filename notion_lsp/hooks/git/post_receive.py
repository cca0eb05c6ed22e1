"""On a server that has taken a push: what the refs brought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.files import git_history
from notion_lsp.hooks.git import Hook
from notion_lsp.hooks.git._updates import REFS, earlier, received, scan

if TYPE_CHECKING:
    from notion_lsp.check.scan import Scan
    from notion_lsp.hooks.git import Asked

_TAKEN = "the push is taken, and whoever may fetch has the tokens: rotate them."


def _scan(asked: Asked) -> Scan | None:
    # All refs have moved: what was here is reached from the others, and from where these stood.
    updates = received(asked.given)
    others = git_history.tips(asked.repository, REFS, {each.ref for each in updates})
    return scan(asked, updates, (*others, *earlier(asked, updates)))


HOOK = Hook(_scan, reads=True, ends=_TAKEN)
