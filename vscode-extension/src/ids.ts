/** The names that the extension and the server share: those of `notion_lsp/lsp/ids.py`. */

export const FIX_ALL = "source.fixAll.notion-lsp";
export const SCAN_WORKSPACE = "notion-lsp.scanWorkspace";
export const FIX_WORKSPACE = "notion-lsp.fixWorkspace";
export const ASK_NOTION = "notion-lsp.askNotion";
export const KEEP = "notion-lsp.putIntoStore";
export const PASTE = "notion-lsp/paste";
export const LEAKED = "notion-lsp.leaked";
export const WHY_NO_REWRITE = "notion-lsp.whyNoRewrite";
