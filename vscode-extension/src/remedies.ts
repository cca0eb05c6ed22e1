/** The error message for a missing server, and what its button does. */

import * as vscode from "vscode";

import { plain } from "./plain";
import type { Missing, Remedy } from "./server";

const BUTTONS: Record<Remedy, string> = {
  choose: "Choose the Server…",
  install: "Install It",
  trust: "Manage Trust",
};

/** Shows the problem, and does what the button says. Calls `restart` if no event will cause one. */
export async function offerRemedy(missing: Missing, restart: () => void): Promise<void> {
  const button = BUTTONS[missing.remedy];
  const problem = plain(`notion-lsp: ${missing.problem}`);
  if ((await vscode.window.showErrorMessage(problem, button)) !== button) {
    return;
  }
  if (missing.remedy === "choose") {
    await choose();
  } else if (missing.remedy === "trust") {
    await vscode.commands.executeCommand("workbench.trust.manage");
  } else if (missing.python !== undefined && (await install(missing.python)) === 0) {
    restart();
  }
}

async function choose(): Promise<void> {
  const [file] = (await vscode.window.showOpenDialog({ title: "The notion-lsp Program" })) ?? [];
  if (file) {
    const settings = vscode.workspace.getConfiguration("notion-lsp");
    await settings.update("path", file.fsPath, vscode.ConfigurationTarget.Global);
  }
}

async function install(python: string): Promise<number | undefined> {
  const run = new vscode.ProcessExecution(python, ["-m", "pip", "install", "notion-lsp"]);
  const kind = { type: "notion-lsp" };
  const task = new vscode.Task(kind, vscode.TaskScope.Workspace, "Install notion-lsp", "pip", run);
  const execution = await vscode.tasks.executeTask(task);
  return new Promise((resolve) => {
    const listening = vscode.tasks.onDidEndTaskProcess((ended) => {
      if (ended.execution === execution) {
        listening.dispose();
        resolve(ended.exitCode);
      }
    });
  });
}
