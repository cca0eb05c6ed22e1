"""Before a merge is committed: what it brings."""

from notion_lsp.hooks.git import Hook
from notion_lsp.hooks.git._staged import scan

HOOK = Hook(scan, "git merge --no-verify")
