/** The language client: which documents the server sees, and which settings it does not. */

import * as vscode from "vscode";
import {
  CancellationToken,
  ExecuteCommandRequest,
  LanguageClient,
  RevealOutputChannelOn,
  type ClientCapabilities,
  type Middleware,
  type StaticFeature,
} from "vscode-languageclient/node";

import { previewed } from "./preview";
import { SOURCE } from "./status";

/**
 * The documents that a person writes: not the output of a program, nor a file's state in git.
 *
 * `vscode-userdata` is for the editor's own settings, where people configure MCP servers, often
 * with a token. Notebook cells are listed so that actions and hovers are asked for in them: their
 * text reaches the server with the notebook.
 */
export const DOCUMENTS = ["file", "untitled", "vscode-notebook-cell", "vscode-userdata"].map(
  (scheme) => ({ scheme }),
);

// Settings of this extension that the server does not have.
const OURS = ["path"];

// The variable from which the server takes ripgrep where none is installed.
const RIPGREP = "NOTION_LSP_RIPGREP";

/** Returns a client for the server that is this program; it is not started yet. */
export function createClient(
  command: string,
  cwd: string,
  ripgrep: string | undefined,
  log: vscode.LogOutputChannel,
): LanguageClient {
  // The id is no section of settings: with one, `<id>.trace.server` could write tokens to the log.
  return new Client(
    "notion-lsp.client",
    "notion-lsp",
    // Not in the workspace's folder: on Windows, a program there would be found first. The
    // environment is the whole one: what is given here takes the place of the person's.
    {
      command,
      args: ["server"],
      options: { cwd, env: { ...process.env, ...(ripgrep ? { [RIPGREP]: ripgrep } : {}) } },
    },
    {
      documentSelector: DOCUMENTS,
      diagnosticCollectionName: SOURCE,
      // Not on tabs: the pull for the whole workspace covers documents that are not open.
      diagnosticPullOptions: { onChange: true, onSave: true, onFocus: true, onTabs: false },
      outputChannel: log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      middleware: MIDDLEWARE,
    },
  );
}

/**
 * A client that leaves the registration of the server's commands to `commands.ts`.
 *
 * The library registers them itself, but only while a server runs, and VS Code accepts an id once.
 * The palette needs them from the start, under the same names.
 */
class Client extends LanguageClient {
  override registerFeature(feature: Parameters<LanguageClient["registerFeature"]>[0]): void {
    const type = "registrationType" in feature ? feature.registrationType : undefined;
    super.registerFeature(type?.method === ExecuteCommandRequest.method ? ANNOUNCED : feature);
  }
}

const ANNOUNCED: StaticFeature = {
  fillClientCapabilities: (capabilities: ClientCapabilities) => {
    capabilities.workspace = { ...capabilities.workspace, executeCommand: {} };
  },
  initialize: () => undefined,
  getState: () => ({ kind: "static" }),
  clear: () => undefined,
};

const MIDDLEWARE: Middleware = {
  workspace: {
    configuration: async (params, token, next) => {
      const answers: unknown = await next(params, token);
      return Array.isArray(answers) ? answers.map(forServer) : [];
    },
    handleApplyEdit: (params, next) => next(previewed(params), CancellationToken.None),
  },
};

function forServer(settings: unknown): unknown {
  return settings && typeof settings === "object"
    ? Object.fromEntries(Object.entries(settings).filter(([name]) => !OURS.includes(name)))
    : settings;
}
