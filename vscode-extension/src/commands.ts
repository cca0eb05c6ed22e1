/** The commands that need no server to start them. */

import * as vscode from "vscode";

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
    "notion-lsp.fixFile": () =>
      vscode.commands.executeCommand("editor.action.sourceAction", { kind: FIX_ALL, apply: "first" }),
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
