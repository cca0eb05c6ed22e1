/** Which program to start as the server, or what is wrong and how to put it right. */

import * as path from "node:path";

/** What the one button of a problem does. */
export type Remedy = "choose" | "install" | "trust";

export interface Found {
  readonly command: string;
}

export interface Missing {
  readonly problem: string;
  readonly remedy: Remedy;
  readonly python?: string;
}

/** What the answer depends on, as plain values, so that a test needs no editor. */
export interface Surroundings {
  /** The value of `NOTION_LSP_PATH` where this extension is debugged, and empty where it is installed. */
  readonly development: string;
  /** The setting `notion-lsp.path`. */
  readonly setting: string;
  readonly trusted: boolean;
  readonly home: string;
  /** The folder that holds the server of this build, if it has one. */
  readonly carried: string;
  readonly windows: boolean;
  readonly exists: (file: string) => boolean;
  /** The interpreter that is chosen for the folder, if anything knows of one. */
  readonly interpreter: () => Promise<string | undefined>;
}

/** The editor's own ripgrep, as plain values. */
export interface Editor {
  /** The folder of the editor's program. */
  readonly root: string;
  /** As Node.js names them: `linux`, `x64`. */
  readonly platform: string;
  readonly architecture: string;
  readonly exists: (file: string) => boolean;
}

/** Returns the path of the ripgrep that the editor searches with, if it is where one knows of. */
export function findRipgrep(editor: Editor): string | undefined {
  const name = editor.platform === "win32" ? "rg.exe" : "rg";
  const universal = `${editor.platform}-${editor.architecture}`;
  // Newer editors have one package with the programs of all platforms. A desktop editor that packs its
  // modules keeps programs beside the archive.
  return ["node_modules", "node_modules.asar.unpacked"]
    .flatMap((modules) => [
      path.join(editor.root, modules, "@vscode", "ripgrep-universal", "bin", universal, name),
      path.join(editor.root, modules, "@vscode", "ripgrep", "bin", name),
    ])
    .find(editor.exists);
}

/** Returns the program to start: the one that is set, the bundled one, or the interpreter's. */
export async function findServer(around: Surroundings): Promise<Found | Missing> {
  const carried = path.join(around.carried, program(around.windows));
  if (!around.trusted) {
    return around.exists(carried) ? { command: carried } : UNTRUSTED;
  }
  if (around.development) {
    return { command: around.development };
  }
  if (around.setting) {
    return chosen(around);
  }
  return around.exists(carried) ? { command: carried } : interpreters(around);
}

const UNTRUSTED: Missing = {
  problem:
    "This build of the extension contains no server. In a folder that you do not trust, no other server is started.",
  remedy: "trust",
};

function chosen(around: Surroundings): Found | Missing {
  const command = around.setting.replace(/^~(?=[/\\])/, around.home);
  // A bare name is looked up on PATH when it is started.
  if (path.basename(command) === command || around.exists(command)) {
    return { command };
  }
  return {
    problem: `The setting notion-lsp.path names ${command}, and there is no such file.`,
    remedy: "choose",
  };
}

async function interpreters(around: Surroundings): Promise<Found | Missing> {
  const python = await around.interpreter();
  if (python === undefined) {
    return {
      problem:
        "This build of the extension contains no server. Install notion-lsp, then choose its program.",
      remedy: "choose",
    };
  }
  const folder = path.dirname(python);
  const beside = [folder, path.join(folder, "Scripts")];
  const command = beside
    .map((each) => path.join(each, program(around.windows)))
    .find(around.exists);
  return command === undefined
    ? { problem: `notion-lsp is not installed for ${python}.`, remedy: "install", python }
    : { command };
}

function program(windows: boolean): string {
  return windows ? "notion-lsp.exe" : "notion-lsp";
}
