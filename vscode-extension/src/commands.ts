/** The commands of the palette. */

import * as vscode from "vscode";
import { ExecuteCommandRequest } from "vscode-languageclient/node";

import { DOCUMENTS } from "./client";
import type { Running } from "./connection";
import {
  ASK_NOTION,
  FIX_ALL,
  FIX_WORKSPACE,
  KEEP,
  LEAKED,
  SCAN_WORKSPACE,
  WHY_NO_REWRITE,
} from "./ids";
import { sampleProgram, sampleToken } from "./sample";
import { remarks, type Scanned } from "./scanned";
import type { Status } from "./status";

/** Registers the commands: those of the server too, so that they are there before it runs. */
export function registerCommands(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  running: Running,
  status: Status,
): vscode.Disposable {
  const commands: Record<string, (...args: unknown[]) => unknown> = {
    [SCAN_WORKSPACE]: () => scanWorkspace(running, status),
    // The quick fix "in the whole workspace" calls it with the place of one token.
    [FIX_WORKSPACE]: (...args) => askServer(running, FIX_WORKSPACE, args),
    // The entry of a lightbulb calls it with the place of a token; the server asks the person first.
    [ASK_NOTION]: (...args) => askServer(running, ASK_NOTION, args),
    // So does the entry that puts the token into a store; the server asks before it replaces one.
    [KEEP]: (...args) => askServer(running, KEEP, args),
    // The entry of a lightbulb for a token that cannot be rewritten calls it with the reason.
    [WHY_NO_REWRITE]: (...args) => askServer(running, WHY_NO_REWRITE, args),
    "notion-lsp.fixFile": fixFile,
    // The entry of a lightbulb calls it with the place of a token, the palette without.
    [LEAKED]: (place) => showGuide(context, running, place),
    "notion-lsp.openSample": openSample,
    "notion-lsp.showLog": () => {
      log.show();
    },
  };
  const registered = Object.entries(commands).map(([id, run]) =>
    vscode.commands.registerCommand(id, run),
  );
  return vscode.Disposable.from(...registered);
}

/** Shows the server's page on the token at a place, else at the cursor, else on any token. */
async function showGuide(
  context: vscode.ExtensionContext,
  running: Running,
  place?: unknown,
): Promise<unknown> {
  const client = await running();
  const editor = vscode.window.activeTextEditor;
  const cursor = editor && {
    uri: editor.document.uri.toString(),
    position: { line: editor.selection.active.line, character: editor.selection.active.character },
  };
  const asked = { ...(place ?? cursor ?? {}), shows: true };
  const params = { command: LEAKED, arguments: [asked] };
  // A server that ends meanwhile, or starts anew, leaves the page that needs none.
  const answer: unknown = await client
    ?.sendRequest(ExecuteCommandRequest.type, params)
    .catch(() => undefined);
  const page = answer
    ? vscode.Uri.parse((answer as { uri: string }).uri)
    : vscode.Uri.joinPath(context.extensionUri, "guide", "leaked.md");
  return vscode.commands.executeCommand("markdown.showPreview", page);
}

async function askServer(
  running: Running,
  command: string,
  args: unknown[] = [],
): Promise<unknown> {
  const client = await running();
  if (client) {
    return client.sendRequest(ExecuteCommandRequest.type, { command, arguments: args });
  }
  const button = "Open Log";
  const chosen = await vscode.window.showErrorMessage(
    "The notion-lsp server is not running.",
    button,
  );
  return chosen === button ? vscode.commands.executeCommand("notion-lsp.showLog") : undefined;
}

async function scanWorkspace(running: Running, status: Status): Promise<unknown> {
  const result = await askServer(running, SCAN_WORKSPACE);
  if (result) {
    status.say((result as Scanned).leftOut);
    await showScanned(result as Scanned);
  }
  return result;
}

async function showScanned(scanned: Scanned): Promise<void> {
  if (scanned.tokens > 0) {
    // `workbench.actions.view.problems` hides the view where it has the focus.
    await vscode.commands.executeCommand("workbench.panel.markers.view.focus");
  }
  const said = remarks(scanned, vscode.workspace.workspaceFolders !== undefined);
  if (said) {
    // Not awaited: the message stays until the user closes it.
    void vscode.window.showInformationMessage(said);
  }
}

async function openSample(): Promise<void> {
  const content = sampleProgram(sampleToken(Math.random));
  const document = await vscode.workspace.openTextDocument({ language: "python", content });
  await vscode.window.showTextDocument(document, vscode.ViewColumn.Beside);
}

async function fixFile(): Promise<void> {
  // A page such as the walkthrough may have the focus, with the file beside it.
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  const document = [activeTextEditor, ...visibleTextEditors]
    .map((editor) => editor?.document)
    .find((each) => each && vscode.languages.match(DOCUMENTS, each) > 0);
  const edit = document && (await fixOf(document));
  if (edit) {
    await vscode.workspace.applyEdit(edit);
  } else {
    void vscode.window.showInformationMessage(
      "This file contains no Notion token that can be replaced.",
    );
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
