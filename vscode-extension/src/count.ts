/** Counts the tokens of all documents, one document at a time. */

export class Count {
  private readonly byDocument = new Map<string, number>();

  /** Sets how many tokens a document has now. */
  set(document: string, tokens: number): void {
    if (tokens > 0) {
      this.byDocument.set(document, tokens);
    } else {
      this.byDocument.delete(document);
    }
  }

  /** Returns the total as a short text for the status item. */
  toString(): string {
    const tokens = [...this.byDocument.values()].reduce((sum, each) => sum + each, 0);
    if (tokens === 0) {
      return "No Notion tokens";
    }
    const files = this.byDocument.size;
    return `${tokens} Notion ${tokens === 1 ? "token" : "tokens"} in ${files} ${files === 1 ? "file" : "files"}`;
  }
}
