/** The language client: which documents it shows the server, and what it keeps to itself. */

import * as vscode from "vscode";
import {
  CancellationToken,
  LanguageClient,
  RevealOutputChannelOn,
  type Middleware,
} from "vscode-languageclient/node";

import { previewed } from "./preview";
import { SOURCE } from "./status";

/**
 * The documents that a person writes: not the output of a program, nor a file's state in git.
 *
 * `vscode-userdata` are the editor's own settings. They are among them on purpose: the settings of
 * servers for language models stand there, and many of these settings hold a token. The cells of
 * notebooks are here for what is asked about them: the server is told of them with their notebook.
 */
export const DOCUMENTS = ["file", "untitled", "vscode-notebook-cell", "vscode-userdata"].map(
  (scheme) => ({ scheme }),
);

const SCAN = "notion-lsp.scanWorkspace";
// Settings of this extension, of which the server knows nothing.
const OURS = ["path"];

/** Returns a client, not yet started, for the server that is this program. */
export function createClient(command: string, cwd: string, log: vscode.LogOutputChannel): LanguageClient {
  // The id is no section of settings: with one, `<id>.trace.server` could write tokens to the log.
  return new LanguageClient(
    "notion-lsp.client",
    "notion-lsp",
    // Not in the workspace's folder: on Windows, a program that stands there would be found first.
    { command, args: ["server"], options: { cwd } },
    {
      documentSelector: DOCUMENTS,
      diagnosticCollectionName: SOURCE,
      // Not on tabs: of a document that is not open, the server tells with those of the workspace.
      diagnosticPullOptions: { onChange: true, onSave: true, onFocus: true, onTabs: false },
      outputChannel: log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      middleware: MIDDLEWARE,
    },
  );
}

interface Scanned {
  readonly tokens: number;
  readonly unread: readonly string[];
  readonly cancelled: boolean;
}

const MIDDLEWARE: Middleware = {
  workspace: {
    configuration: async (params, token, next) => {
      const answers: unknown = await next(params, token);
      return Array.isArray(answers) ? answers.map(forServer) : [];
    },
    handleApplyEdit: (params, next) => next(previewed(params), CancellationToken.None),
  },
  executeCommand: async (command, args, next) => {
    const result: unknown = await next(command, args);
    if (command === SCAN && result) {
      await showScanned(result as Scanned);
    }
    return result;
  },
};

function forServer(settings: unknown): unknown {
  return settings && typeof settings === "object"
    ? Object.fromEntries(Object.entries(settings).filter(([name]) => !OURS.includes(name)))
    : settings;
}

async function showScanned({ tokens, unread, cancelled }: Scanned): Promise<void> {
  if (tokens > 0) {
    await vscode.commands.executeCommand("workbench.actions.view.problems");
  } else if (!cancelled) {
    const left = unread.length > 0 ? ` ${unread.length} files could not be read.` : "";
    // Not waited for: it is there until it is closed.
    void vscode.window.showInformationMessage(`No Notion tokens are in this workspace.${left}`);
  }
}
