"""The ids of commands, actions and a request of ours, as clients spell them."""

from __future__ import annotations

FIX_ALL = "source.fixAll.notion-lsp"
SCAN_WORKSPACE = "notion-lsp.scanWorkspace"
FIX_WORKSPACE = "notion-lsp.fixWorkspace"
ASK_NOTION = "notion-lsp.askNotion"
KEEP = "notion-lsp.putIntoStore"
PASTE = "notion-lsp/paste"
LEAKED = "notion-lsp.leaked"
WHY_NO_REWRITE = "notion-lsp.whyNoRewrite"
