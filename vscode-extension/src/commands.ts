/** The commands of the palette. */

import * as vscode from "vscode";

import { DOCUMENTS } from "./client";
import { sampleProgram, sampleToken } from "./sample";

const FIX_ALL = "source.fixAll.notion-lsp";

/**
 * Registers them.
 *
 * The server has commands of its own, which its client registers while it runs; `ready` waits for
 * a server that starts, and says whether it runs.
 */
export function registerCommands(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  ready: () => Promise<boolean>,
): vscode.Disposable {
  const ask = async (command: string): Promise<unknown> => {
    if (await ready()) {
      return vscode.commands.executeCommand(command);
    }
    const button = "Open Log";
    const chosen = await vscode.window.showErrorMessage("notion-lsp does not run.", button);
    return chosen === button ? vscode.commands.executeCommand("notion-lsp.showLog") : undefined;
  };
  const commands: Record<string, () => unknown> = {
    "notion-lsp.showLog": () => {
      log.show();
    },
    "notion-lsp.scan": () => ask("notion-lsp.scanWorkspace"),
    "notion-lsp.fix": () => ask("notion-lsp.fixWorkspace"),
    "notion-lsp.fixFile": fixFile,
    "notion-lsp.leaked": () =>
      vscode.commands.executeCommand(
        "markdown.showPreview",
        vscode.Uri.joinPath(context.extensionUri, "guide", "leaked.md"),
      ),
    "notion-lsp.openSample": openSample,
  };
  const registered = Object.entries(commands).map(([id, run]) =>
    vscode.commands.registerCommand(id, run),
  );
  return vscode.Disposable.from(...registered);
}

async function openSample(): Promise<void> {
  const content = sampleProgram(sampleToken(Math.random));
  const document = await vscode.workspace.openTextDocument({ language: "python", content });
  await vscode.window.showTextDocument(document, vscode.ViewColumn.Beside);
}

async function fixFile(): Promise<void> {
  // A page may be in front, as that of the walkthrough: the file is beside it.
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  const document = [activeTextEditor, ...visibleTextEditors]
    .map((editor) => editor?.document)
    .find((each) => each && vscode.languages.match(DOCUMENTS, each) > 0);
  const edit = document && (await fixOf(document));
  if (edit) {
    await vscode.workspace.applyEdit(edit);
  } else {
    void vscode.window.showInformationMessage("There is no Notion token here that can be replaced.");
  }
}

async function fixOf(document: vscode.TextDocument): Promise<vscode.WorkspaceEdit | undefined> {
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    all,
    FIX_ALL,
    1, // with its edit
  );
  return actions[0]?.edit;
}
