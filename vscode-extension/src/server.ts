/** How to start the server: which program, or what is wrong and what puts it right. */

import * as path from "node:path";

/** What puts a problem right: one button. */
export type Remedy = "choose" | "install" | "trust";

export interface Found {
  readonly command: string;
}

export interface Missing {
  readonly problem: string;
  readonly remedy: Remedy;
  readonly python?: string;
}

/** What the answer depends on, so that it can be asked without an editor. */
export interface Surroundings {
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

/** Returns the program to start: the one that is set, the one carried, or the interpreter's. */
export async function findServer(around: Surroundings): Promise<Found | Missing> {
  const carried = path.join(around.carried, program(around.windows));
  if (!around.trusted) {
    return around.exists(carried) ? { command: carried } : UNTRUSTED;
  }
  if (around.setting) {
    return chosen(around);
  }
  return around.exists(carried) ? { command: carried } : interpreters(around);
}

const UNTRUSTED: Missing = {
  problem: "This build carries no server, and in a folder that is not trusted no other one is run.",
  remedy: "trust",
};

function chosen(around: Surroundings): Found | Missing {
  const command = around.setting.replace(/^~(?=[/\\])/, around.home);
  // A bare name is looked up on PATH when it is started.
  if (path.basename(command) === command || around.exists(command)) {
    return { command };
  }
  return { problem: `There is no server at ${command}, which notion-lsp.path names.`, remedy: "choose" };
}

async function interpreters(around: Surroundings): Promise<Found | Missing> {
  const python = await around.interpreter();
  if (python === undefined) {
    return {
      problem: "This build carries no server: install notion-lsp, and say where it is.",
      remedy: "choose",
    };
  }
  const folder = path.dirname(python);
  const beside = [folder, path.join(folder, "Scripts")];
  const command = beside.map((each) => path.join(each, program(around.windows))).find(around.exists);
  return command === undefined
    ? { problem: `${python} has no notion-lsp.`, remedy: "install", python }
    : { command };
}

function program(windows: boolean): string {
  return windows ? "notion-lsp.exe" : "notion-lsp";
}
