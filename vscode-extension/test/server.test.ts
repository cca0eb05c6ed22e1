import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";

import {
  findRipgrep,
  findServer,
  type Found,
  type Missing,
  type Surroundings,
} from "../src/server";

const CARRIED = path.join("extension", "server", "notion-lsp");
const CHOSEN = path.join("somewhere", "notion-lsp");
const PYTHON = path.join("venv", "bin", "python");
const BESIDE_PYTHON = path.join("venv", "bin", "notion-lsp");

function find(files: string[], changes: Partial<Surroundings> = {}): Promise<Found | Missing> {
  return findServer({
    development: "",
    setting: "",
    trusted: true,
    home: "home",
    carried: path.join("extension", "server"),
    windows: false,
    exists: (file) => files.includes(file),
    interpreter: () => Promise.resolve(PYTHON),
    ...changes,
  });
}

async function remedy(files: string[], changes: Partial<Surroundings> = {}): Promise<string> {
  const missing = await find(files, changes);
  assert.ok("problem" in missing);
  return missing.remedy;
}

test("the setting wins over the server that is carried", async () => {
  const found = await find([CARRIED, CHOSEN], { setting: CHOSEN });
  assert.deepEqual(found, { command: CHOSEN });
});

test("while the extension is debugged, the variable wins over the setting", async () => {
  const found = await find([CARRIED, CHOSEN], { development: "clone", setting: CHOSEN });
  assert.deepEqual(found, { command: "clone" });
});

test("a tilde is the home folder", async () => {
  const chosen = path.join("home", "bin", "notion-lsp");
  const found = await find([chosen], { setting: path.join("~", "bin", "notion-lsp") });
  assert.deepEqual(found, { command: chosen });
});

test("a bare name is left to PATH", async () => {
  assert.deepEqual(await find([], { setting: "notion-lsp" }), { command: "notion-lsp" });
});

test("a setting that names no file is reported, not skipped", async () => {
  assert.equal(await remedy([CARRIED], { setting: CHOSEN }), "choose");
});

test("the server that is carried wins over the interpreter's", async () => {
  assert.deepEqual(await find([CARRIED, BESIDE_PYTHON]), { command: CARRIED });
});

test("without one, the interpreter's is taken", async () => {
  assert.deepEqual(await find([BESIDE_PYTHON]), { command: BESIDE_PYTHON });
});

test("on Windows, scripts stand in a folder of their own", async () => {
  const script = path.join("venv", "bin", "Scripts", "notion-lsp.exe");
  assert.deepEqual(await find([script], { windows: true }), { command: script });
});

test("an interpreter without notion-lsp can be given it", async () => {
  assert.equal(await remedy([]), "install");
});

test("without an interpreter, a server can be chosen", async () => {
  assert.equal(await remedy([], { interpreter: () => Promise.resolve(undefined) }), "choose");
});

test("in a folder that is not trusted, only the server that is carried runs", async () => {
  const untrusted = { development: "clone", setting: CHOSEN, trusted: false };
  assert.deepEqual(await find([CARRIED, CHOSEN], untrusted), { command: CARRIED });
  assert.equal(await remedy([CHOSEN, BESIDE_PYTHON], untrusted), "trust");
});

test("in a folder that is not trusted, no interpreter is asked for", async () => {
  const interpreter = (): never => assert.fail("it was");
  await find([], { trusted: false, interpreter });
});

const MODULES = path.join("editor", "node_modules");
const RIPGREP = path.join(MODULES, "@vscode", "ripgrep", "bin", "rg");
const UNIVERSAL = path.join(MODULES, "@vscode", "ripgrep-universal", "bin", "linux-x64", "rg");
const UNPACKED = path.join("editor", "node_modules.asar.unpacked", "@vscode", "ripgrep", "bin");

function ripgrep(files: string[], platform = "linux"): string | undefined {
  const exists = (file: string): boolean => files.includes(file);
  return findRipgrep({ root: "editor", platform, architecture: "x64", exists });
}

test("an editor without a ripgrep hands none over", () => {
  assert.equal(ripgrep([]), undefined);
});

test("the editor's ripgrep is found in its modules", () => {
  assert.equal(ripgrep([RIPGREP]), RIPGREP);
});

test("of the programs of all platforms, the one of this platform is taken", () => {
  const other = UNIVERSAL.replace("x64", "arm64");
  assert.equal(ripgrep([other, UNIVERSAL]), UNIVERSAL);
});

test("the editor's ripgrep is found beside its packed modules", () => {
  const program = path.join(UNPACKED, "rg");
  assert.equal(ripgrep([program]), program);
});

test("on Windows the program has a suffix", () => {
  const program = path.join(UNPACKED, "rg.exe");
  assert.equal(ripgrep([path.join(UNPACKED, "rg"), program], "win32"), program);
});
