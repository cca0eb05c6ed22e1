/** Text that others have chosen, such as a path, where VS Code looks for links and icons. */

/** Returns the text in one line, without links, icons and characters that are not seen. */
export function plain(text: string): string {
  return text
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "·")
    .replaceAll("](", "] (")
    .replaceAll("$(", "$ (");
}
