// Runs inside.cjs in VS Code's own extension host, where the whole API can be asked.
import assert from "node:assert/strict";
import { test } from "node:test";
import path from "node:path";

import { TOKENS, until, Workbench } from "./workbench.mjs";

const { PYTHON } = process.env;
const INSIDE = path.join(import.meta.dirname, "inside.cjs");

/** Runs a suite of inside.cjs in a window of its own. */
async function suite(name, { settings = {}, machine = {}, carries = true } = {}) {
  const bench = new Workbench({ "app.py": `client = Client(auth="${TOKENS[0]}")\n` }, settings);
  const said = [];
  let code;
  try {
    for (const [setting, value] of Object.entries(machine)) bench.setForMachine(setting, value);
    bench.install();
    if (!carries) bench.removeServer();
    await bench.open({
      options: ["--enable-smoke-test-driver"],
      payload: (remote) => [
        ["extensionDevelopmentPath", remote(path.dirname(INSIDE))],
        ["extensionTestsPath", remote(INSIDE)],
      ],
      expose: {
        codeAutomationLog: (_type, lines) => said.push(...lines.filter((line) => `${line}`.startsWith(`${name}: `))),
        codeAutomationExit: (exit) => (code = exit),
      },
      environment: { FOLDER: bench.folder, PYTHON, SUITE: name, TOKENS: JSON.stringify(TOKENS) },
    });
    await until("the suite has ended", () => code !== undefined, 180_000);
    assert.equal(code, 0, said.join("\n"));
  } catch (error) {
    await bench.keep(`in-host-${name}`);
    throw error;
  } finally {
    await bench.close();
  }
}

test("documents of all sorts", () => suite("documents"));

test("settings, restarts and the log", () => suite("session"));

test("a build that carries no server", () => suite("interpreter", { carries: false }));

test("a folder that is not trusted", () =>
  suite("untrusted", {
    machine: { "notion-lsp.path": "/bin/false" },
    settings: {
      "security.workspace.trust.enabled": true,
      "security.workspace.trust.startupPrompt": "never",
    },
  }));
