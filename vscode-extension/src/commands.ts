/** The commands that need no server to start them. */

import * as vscode from "vscode";

import { DOCUMENTS } from "./client";
import { sampleProgram, sampleToken } from "./sample";

const FIX_ALL = "source.fixAll.notion-lsp";

/** Registers them; those of the server itself are registered by its client. */
export function registerCommands(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const commands: Record<string, () => unknown> = {
    "notion-lsp.showLog": () => {
      log.show();
    },
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
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  const editor = [activeTextEditor, ...visibleTextEditors].find(
    (each) => each && vscode.languages.match(DOCUMENTS, each.document) > 0,
  );
  // A page may be in front, as that of the walkthrough. A cell of a notebook is in no column.
  if (editor?.viewColumn !== undefined) {
    await vscode.window.showTextDocument(editor.document, editor.viewColumn);
  }
  await vscode.commands.executeCommand("editor.action.sourceAction", { kind: FIX_ALL, apply: "first" });
}
