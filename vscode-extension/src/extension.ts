/** The extension's entry point: registers what the editor calls, and connects to the server. */

import * as vscode from "vscode";

import { DOCUMENTS } from "./client";
import { registerCommands } from "./commands";
import { Connection } from "./connection";
import { registerPaste } from "./paste";
import { Status } from "./status";

let connection: Connection | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel("Notion Tokens", { log: true });
  const status = new Status(DOCUMENTS);
  const { restart, running } = (connection = new Connection(context, log, status));
  context.subscriptions.push(
    log,
    status,
    connection,
    registerCommands(context, log, running, status),
    registerPaste(DOCUMENTS, running),
    vscode.commands.registerCommand("notion-lsp.restart", restart),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration((event) => connection?.heed(event)),
  );
  await restart();
}

export async function deactivate(): Promise<void> {
  await connection?.stop();
}
