/** The extension's entry point: starts the server, and restarts it when it has to. */

import { existsSync } from "node:fs";
import { homedir } from "node:os";

import * as vscode from "vscode";
import {
  DidChangeConfigurationNotification,
  State as ClientState,
  type LanguageClient,
} from "vscode-languageclient/node";

import { createClient, DOCUMENTS } from "./client";
import { registerCommands } from "./commands";
import { Interpreter } from "./interpreter";
import { registerPaste } from "./paste";
import { offerRemedy } from "./remedies";
import { findRipgrep, findServer } from "./server";
import { Status, type State } from "./status";

const STATES: Record<ClientState, State> = {
  [ClientState.Starting]: "starting",
  [ClientState.StartFailed]: "stopped",
  [ClientState.Running]: "running",
  [ClientState.Stopped]: "stopped",
};

let client: LanguageClient | undefined;
let turn: Promise<void> = Promise.resolve();

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel("Notion Tokens", { log: true });
  const status = new Status(DOCUMENTS);

  // The only way to start the server. Restarts are queued, so that no two servers run at once.
  const restart = (): Promise<void> => {
    turn = turn
      .then(stop)
      .then(start)
      .catch((error: unknown) => {
        log.error(String(error));
        status.show("stopped", String(error));
      });
    return turn;
  };
  const running = async (): Promise<LanguageClient | undefined> => {
    await turn;
    return client?.isRunning() ? client : undefined;
  };
  const interpreter = new Interpreter(() => void restart());

  const start = async (): Promise<void> => {
    const debugged = context.extensionMode === vscode.ExtensionMode.Development;
    const found = await findServer({
      development: debugged ? (process.env["NOTION_LSP_PATH"] ?? "") : "",
      setting: vscode.workspace.getConfiguration("notion-lsp").get("path", ""),
      trusted: vscode.workspace.isTrusted,
      home: homedir(),
      carried: context.asAbsolutePath("server"),
      windows: process.platform === "win32",
      exists: existsSync,
      interpreter: () => interpreter.path(),
    });
    if ("problem" in found) {
      log.error(found.problem);
      status.show("stopped", found.problem);
      // Not awaited: the message stays until the user answers it.
      void offerRemedy(found, () => void restart());
      return;
    }
    log.info(`Starting ${found.command}`);
    const ripgrep = findRipgrep({
      root: vscode.env.appRoot,
      platform: process.platform,
      architecture: process.arch,
      exists: existsSync,
    });
    client = createClient(found.command, context.extensionPath, ripgrep, log);
    client.onDidChangeState(({ newState }) => {
      status.show(STATES[newState]);
    });
    // If the start fails, the client itself shows and logs why.
    await client.start().catch(() => undefined);
  };

  context.subscriptions.push(
    log,
    status,
    interpreter,
    registerCommands(context, log, running, status),
    registerPaste(DOCUMENTS, running),
    vscode.commands.registerCommand("notion-lsp.restart", restart),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration("notion-lsp.path")) {
        await restart();
      } else if (event.affectsConfiguration("notion-lsp") && client?.isRunning()) {
        // The notification carries no settings, because the server requests them.
        await client.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
      }
    }),
  );
  await restart();
}

export function deactivate(): Promise<void> {
  return stop();
}

async function stop(): Promise<void> {
  const stopped = client;
  client = undefined;
  await stopped?.dispose().catch(() => undefined);
}
