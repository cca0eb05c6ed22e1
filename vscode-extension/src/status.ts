/** The status item: the server's state, and how many tokens it reports. */

import * as vscode from "vscode";

import { Count } from "./count";
import { plain } from "./plain";

export const SOURCE = "notion-lsp";

export type State = "starting" | "running" | "stopped";

export class Status implements vscode.Disposable {
  private readonly count = new Count();
  private readonly item: vscode.LanguageStatusItem;
  private readonly listening: vscode.Disposable;
  private state: State = "starting";
  private detail = "";
  private leftOut: readonly string[] = [];

  constructor(selector: vscode.DocumentSelector) {
    this.item = vscode.languages.createLanguageStatusItem("notion-lsp.status", selector);
    this.item.name = "Notion Tokens";
    this.item.command = { title: "Open log", command: "notion-lsp.showLog" };
    this.listening = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      this.recount(uris);
    });
    this.show("starting");
  }

  /** Shows the server's state, and if there is one, the problem that stopped it. */
  show(state: State, problem?: string): void {
    this.state = state;
    this.item.busy = state === "starting";
    this.item.severity =
      state === "stopped"
        ? vscode.LanguageStatusSeverity.Error
        : vscode.LanguageStatusSeverity.Information;
    this.detail = problem ?? `notion-lsp is ${state}`;
    this.update();
  }

  /** Says what the last scan of the workspace has left out. */
  say(leftOut: readonly string[]): void {
    this.leftOut = leftOut;
    this.update();
  }

  dispose(): void {
    this.listening.dispose();
    this.item.dispose();
  }

  private recount(uris: readonly vscode.Uri[]): void {
    for (const uri of uris) {
      const found = vscode.languages.getDiagnostics(uri).filter(isToken);
      this.count.set(uri.toString(), found.length);
    }
    this.update();
  }

  private update(): void {
    this.item.detail = plain([this.detail, ...this.leftOut].join(" · "));
    this.item.text =
      this.state === "stopped" ? "Notion tokens are not checked" : this.count.toString();
  }
}

function isToken(diagnostic: vscode.Diagnostic): boolean {
  const code = typeof diagnostic.code === "object" ? diagnostic.code.value : diagnostic.code;
  return diagnostic.source === SOURCE && code !== "unused-ignore";
}
