/** The connection to the server: the one way to start it, and to start it again. */

import { existsSync } from "node:fs";
import { homedir } from "node:os";

import * as vscode from "vscode";
import {
  DidChangeConfigurationNotification,
  State as ClientState,
  type LanguageClient,
} from "vscode-languageclient/node";

import { createClient } from "./client";
import { Interpreter } from "./interpreter";
import { offerRemedy } from "./remedies";
import { findRipgrep, findServer, type Found, type Missing } from "./server";
import type { State, Status } from "./status";

const STATES: Record<ClientState, State> = {
  [ClientState.Starting]: "starting",
  [ClientState.StartFailed]: "stopped",
  [ClientState.Running]: "running",
  [ClientState.Stopped]: "stopped",
};

/** Waits for a server that is starting, and returns its client, or `undefined` if none runs. */
export type Running = () => Promise<LanguageClient | undefined>;

export class Connection implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private turn: Promise<void> = Promise.resolve();
  private readonly interpreter = new Interpreter(() => void this.restart());

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly log: vscode.LogOutputChannel,
    private readonly status: Status,
  ) {}

  /** Stops the server that runs, and starts one. Calls are queued, so that no two run at once. */
  readonly restart = (): Promise<void> => {
    this.turn = this.turn
      .then(() => this.stop())
      .then(() => this.start())
      .catch((error: unknown) => {
        this.log.error(String(error));
        this.status.show("stopped", String(error));
      });
    return this.turn;
  };

  readonly running: Running = async () => {
    await this.turn;
    return this.client?.isRunning() ? this.client : undefined;
  };

  /** Does what a change of the settings asks for. */
  async heed(event: vscode.ConfigurationChangeEvent): Promise<void> {
    if (event.affectsConfiguration("notion-lsp.path")) {
      await this.restart();
    } else if (event.affectsConfiguration("notion-lsp") && this.client?.isRunning()) {
      // The notification carries no settings, because the server requests them.
      const nothing = { settings: null };
      await this.client.sendNotification(DidChangeConfigurationNotification.type, nothing);
    }
  }

  async stop(): Promise<void> {
    const stopped = this.client;
    this.client = undefined;
    await stopped?.dispose().catch(() => undefined);
  }

  dispose(): void {
    this.interpreter.dispose();
  }

  private async start(): Promise<void> {
    const found = await this.find();
    if ("problem" in found) {
      this.log.error(found.problem);
      this.status.show("stopped", found.problem);
      // Not awaited: the message stays until the user answers it.
      void offerRemedy(found, () => void this.restart());
      return;
    }
    this.log.info(`Starting ${found.command}`);
    this.client = createClient(found.command, this.context.extensionPath, ripgrep(), this.log);
    this.client.onDidChangeState(({ newState }) => {
      this.status.show(STATES[newState]);
    });
    // If the start fails, the client itself shows and logs why.
    await this.client.start().catch(() => undefined);
  }

  private find(): Promise<Found | Missing> {
    const debugged = this.context.extensionMode === vscode.ExtensionMode.Development;
    return findServer({
      development: debugged ? (process.env["NOTION_LSP_PATH"] ?? "") : "",
      setting: vscode.workspace.getConfiguration("notion-lsp").get("path", ""),
      trusted: vscode.workspace.isTrusted,
      home: homedir(),
      carried: this.context.asAbsolutePath("server"),
      windows: process.platform === "win32",
      exists: existsSync,
      interpreter: () => this.interpreter.path(),
    });
  }
}

function ripgrep(): string | undefined {
  return findRipgrep({
    root: vscode.env.appRoot,
    platform: process.platform,
    architecture: process.arch,
    exists: existsSync,
  });
}
