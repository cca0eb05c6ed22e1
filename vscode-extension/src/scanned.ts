/** What a scan of the workspace has found, and what the person is told of it. */

/** The server's answer, as `notion_lsp/lsp/closed_files.py` has it. */
export interface Scanned {
  readonly tokens: number;
  readonly unread: readonly string[];
  readonly leftOut: readonly string[];
  readonly cancelled: boolean;
}

/** Returns what the list of problems does not say, empty where it says all. */
export function remarks({ tokens, unread, leftOut, cancelled }: Scanned, isOpen: boolean): string {
  if (!isOpen) {
    return "No folder is open: there is nothing to scan.";
  }
  const files = unread.length === 1 ? "file" : "files";
  const left = unread.length > 0 ? [`${unread.length} ${files} could not be read.`] : [];
  if (tokens > 0 || cancelled) {
    return left.join(" ");
  }
  return ["This workspace contains no Notion tokens.", ...left, ...leftOut].join(" ");
}
