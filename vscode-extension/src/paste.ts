/** A token that is pasted: the lookup takes its place before any text holds it. */

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";

import type { Running } from "./connection";
import { PASTE } from "./ids";
import { isAtLeast } from "./version";

// The API came with VS Code 1.97, and the extension runs in older versions too: what it takes of
// the API is declared here, not by the types of the oldest version.
const SINCE = "1.97";

interface Kind {
  append(...parts: string[]): Kind;
}

interface PasteEdit {
  additionalEdit?: vscode.WorkspaceEdit | undefined;
}

interface PasteApi {
  readonly DocumentDropOrPasteEditKind: { readonly Text: Kind };
  readonly DocumentPasteEdit: new (insertText: string, title: string, kind: Kind) => PasteEdit;
  readonly languages: {
    registerDocumentPasteEditProvider(
      selector: vscode.DocumentSelector,
      provider: {
        provideDocumentPasteEdits(
          document: vscode.TextDocument,
          ranges: readonly vscode.Range[],
          transfer: vscode.DataTransfer,
          context: unknown,
          token: vscode.CancellationToken,
        ): Promise<PasteEdit[]>;
      },
      metadata: { providedPasteEditKinds: readonly Kind[]; pasteMimeTypes: readonly string[] },
    ): vscode.Disposable;
  };
}

/** What the server answers, as `notion_lsp/lsp/paste.py` has it. */
interface Choice {
  readonly title: string;
  readonly kind: string;
  readonly edit: Parameters<LanguageClient["protocol2CodeConverter"]["asWorkspaceEdit"]>[0];
}

const TEXT = "text/plain";
// For a text that is longer, or that is not one word, there is nothing to ask.
const ONE_WORD = /^\s*\S{1,1024}\s*$/;

/**
 * Offers to paste a lookup instead of a token, where this version of VS Code can.
 *
 * A server that is starting is waited for, as the token would be in the text before it can tell.
 */
export function registerPaste(
  selector: vscode.DocumentSelector,
  running: Running,
): vscode.Disposable {
  if (!isAtLeast(vscode.version, SINCE)) {
    return new vscode.Disposable(() => undefined);
  }
  const api = vscode as unknown as PasteApi;
  const kind = api.DocumentDropOrPasteEditKind.Text.append("notion-lsp");
  return api.languages.registerDocumentPasteEditProvider(
    selector,
    {
      provideDocumentPasteEdits: async (document, ranges, transfer, _context, token) => {
        const [range, ...others] = ranges;
        const text = await transfer.get(TEXT)?.asString();
        // VS Code makes one edit for all cursors: what stands at each is another place for a lookup.
        if (!range || others.length > 0 || !text || !ONE_WORD.test(text)) {
          return [];
        }
        const client = await running();
        if (!client) {
          return [];
        }
        const converter = client.code2ProtocolConverter;
        const choices = await client.sendRequest<Choice[]>(
          PASTE,
          {
            textDocument: converter.asTextDocumentIdentifier(document),
            range: converter.asRange(range),
            text,
          },
          token,
        );
        return Promise.all(choices.map((choice) => pasteEdit(api, kind, client, choice)));
      },
    },
    { providedPasteEditKinds: [kind], pasteMimeTypes: [TEXT] },
  );
}

async function pasteEdit(
  api: PasteApi,
  kind: Kind,
  client: LanguageClient,
  choice: Choice,
): Promise<PasteEdit> {
  // Without a text to insert, VS Code makes this edit and no other.
  const edit = new api.DocumentPasteEdit("", choice.title, kind.append(choice.kind));
  edit.additionalEdit = await client.protocol2CodeConverter.asWorkspaceEdit(choice.edit);
  return edit;
}
