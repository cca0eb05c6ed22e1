// Loaded by VS Code's extension host, as the tests of an extension are.
const assert = require("node:assert/strict");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const vscode = require("vscode");

const { SUITE, FOLDER } = process.env;
const [TOKEN, OTHER] = JSON.parse(process.env.TOKENS);
const PATIENCE = 30_000;
const PAUSE = 50;

async function until(what, ask) {
  for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
  throw new Error(`It did not come to this: ${what}`);
}

const found = (document) =>
  vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === "notion-lsp");

/** Waits until the tokens of a document are these, each at its place. */
function untilTokens(document, ...tokens) {
  return until(`${tokens.length} tokens in ${document.uri.scheme}:${document.languageId}`, () => {
    const texts = found(document).map(({ range }) => document.getText(range));
    return texts.join() === tokens.join();
  });
}

/** Applies the preferred quick fix of a document's first token, as the lightbulb does. */
async function fix(document) {
  const [{ range }] = found(document);
  const kind = vscode.CodeActionKind.QuickFix.value;
  const ask = ["vscode.executeCodeActionProvider", document.uri, range, kind, 10];
  const action = await until("a quick fix", async () => {
    // Cancelled, where a provider is registered meanwhile.
    const answer = vscode.commands.executeCommand(...ask);
    const actions = await answer.then((all) => all, noneIfCancelled);
    return actions.find(({ isPreferred }) => isPreferred);
  });
  assert.ok(await vscode.workspace.applyEdit(action.edit));
}

function noneIfCancelled(error) {
  if (error.name !== "Canceled") throw error;
  return [];
}

async function open(...asked) {
  const document = await vscode.workspace.openTextDocument(...asked);
  await vscode.window.showTextDocument(document);
  return document;
}

async function openNotebook(...texts) {
  const kind = vscode.NotebookCellKind.Code;
  const cells = texts.map((text) => new vscode.NotebookCellData(kind, text, "python"));
  const data = new vscode.NotebookData(cells);
  const notebook = await vscode.workspace.openNotebookDocument("jupyter-notebook", data);
  await vscode.window.showNotebookDocument(notebook);
  return notebook;
}

const write = (name, text) => {
  fs.writeFileSync(path.join(FOLDER, name), text);
  return vscode.Uri.file(path.join(FOLDER, name));
};

const read = (name) => fs.readFileSync(path.join(FOLDER, name), "utf8");

const SUITES = {
  documents: {
    async "a file is fixed, and undone"() {
      const document = await open(vscode.Uri.file(path.join(FOLDER, "app.py")));
      const before = document.getText();
      await untilTokens(document, TOKEN);
      await fix(document);
      const after = 'import os\n\nclient = Client(auth=os.environ["NOTION_TOKEN"])\n';
      assert.equal(document.getText(), after);
      await untilTokens(document);
      await document.save();
      assert.equal(read("app.py"), after);
      await vscode.commands.executeCommand("undo");
      assert.equal(document.getText(), before);
      await untilTokens(document, TOKEN);
      await vscode.commands.executeCommand("workbench.action.files.revert");
    },

    async "a document that is not saved is fixed"() {
      const content = `const notion = new Client({ auth: "${TOKEN}" });\n`;
      const document = await open({ language: "javascript", content });
      await untilTokens(document, TOKEN);
      await fix(document);
      assert.match(document.getText(), /auth: requireEnv\("NOTION_TOKEN"\)/);
      await untilTokens(document);
    },

    async "a cell of a notebook is fixed"() {
      const { document } = (await openNotebook(`auth = "${TOKEN}"\n`)).cellAt(0);
      assert.equal(document.uri.scheme, "vscode-notebook-cell");
      await untilTokens(document, TOKEN);
      await fix(document);
      assert.equal(document.getText(), 'import os\n\nauth = os.environ["NOTION_TOKEN"]\n');
      await untilTokens(document);
    },

    async "a token is seen in JSON, and in a .env file that git does not ignore"() {
      for (const [name, text] of [
        ["mcp.json", `{"token": "${TOKEN}"}\n`],
        [".env", `NOTION_TOKEN=${TOKEN}\n`],
      ]) {
        await untilTokens(await open(write(name, text)), TOKEN);
      }
    },

    async "the editor's own settings are looked at"() {
      await vscode.commands.executeCommand("workbench.action.openSettingsJson");
      const { document } = await until("settings", () =>
        [vscode.window.activeTextEditor].find((each) => each?.document.uri.path.endsWith("settings.json")),
      );
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(0, 1), `"notion.token": "${TOKEN}",`);
      assert.ok(await vscode.workspace.applyEdit(edit));
      await untilTokens(document, TOKEN);
    },
  },

  session: {
    async "a changed setting is used at once"() {
      const document = await open(vscode.Uri.file(path.join(FOLDER, "app.py")));
      await untilTokens(document, TOKEN);
      const settings = vscode.workspace.getConfiguration("notion-lsp");
      await settings.update("severity", "warning", vscode.ConfigurationTarget.Workspace);
      const warning = vscode.DiagnosticSeverity.Warning;
      await until("a warning", () => found(document)[0]?.severity === warning);
      await settings.update("severity", undefined, vscode.ConfigurationTarget.Workspace);
      await until("an error", () => found(document)[0]?.severity !== warning);
    },

    async "restarts asked for at once come one after the other"() {
      const restart = () => vscode.commands.executeCommand("notion-lsp.restart");
      await Promise.all([restart(), restart(), restart()]);
      await untilTokens(vscode.window.activeTextEditor.document, TOKEN);
      await until("one server", () => servers() === 1);
    },

    async "the server that the setting names is run, and a wrong name is no end"() {
      const settings = vscode.workspace.getConfiguration("notion-lsp");
      const { document } = vscode.window.activeTextEditor;
      await settings.update("path", "/nowhere/notion-lsp", vscode.ConfigurationTarget.Global);
      await untilTokens(document);
      await until("no server", () => servers() === 0);
      await settings.update("path", undefined, vscode.ConfigurationTarget.Global);
      await untilTokens(document, TOKEN);
    },

    async "a cell is told of once, and with its notebook"() {
      const settings = vscode.workspace.getConfiguration("notion-lsp");
      const { program, sent } = overheard();
      await settings.update("path", program, vscode.ConfigurationTarget.Global);
      const notebook = await openNotebook(`import os\n`, `auth = "${TOKEN}"\n`);
      const [first, second] = notebook.getCells().map((cell) => cell.document);
      await untilTokens(second, TOKEN);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(first.uri, new vscode.Position(1, 0), `# ${OTHER}\n`);
      assert.ok(await vscode.workspace.applyEdit(edit));
      await untilTokens(first, OTHER);
      await fix(second);
      assert.equal(second.getText(), 'auth = os.environ["NOTION_TOKEN"]\n');
      await untilTokens(second);
      const messages = sent().filter(({ params }) => JSON.stringify(params ?? {}).includes("vscode-notebook-cell:"));
      const told = messages.map(({ method }) => method).filter((method) => /\/did[A-Z]/.test(method));
      assert.deepEqual(told, ["Open", "Change", "Change"].map((what) => `notebookDocument/did${what}`));
      const opened = messages.flatMap(({ params }) => params.cellTextDocuments ?? []).map(({ uri }) => uri);
      assert.equal(new Set(opened).size, 2);
      assert.equal(opened.length, 2);
      await settings.update("path", undefined, vscode.ConfigurationTarget.Global);
      await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
      await open(vscode.Uri.file(path.join(FOLDER, "app.py")));
    },

    async "a scan waits for a server that starts, and says what it found"() {
      write("closed.py", `auth = "${OTHER}"\n`);
      vscode.commands.executeCommand("notion-lsp.restart");
      const scanned = await vscode.commands.executeCommand("notion-lsp.scanWorkspace");
      const nothing = { unread: [], leftOut: [], cancelled: false };
      assert.deepEqual(scanned, { files: 2, tokens: 2, ...nothing });
    },
  },

  interpreter: {
    async "the server of the interpreter that is chosen is run"() {
      await untilTokens(await open(vscode.Uri.file(path.join(FOLDER, "app.py"))), TOKEN);
    },
  },

  untrusted: {
    async "only the server that is carried is run"() {
      assert.equal(vscode.workspace.isTrusted, false);
      assert.equal(vscode.workspace.getConfiguration("notion-lsp").get("path"), "/bin/false");
      await untilTokens(await open(vscode.Uri.file(path.join(FOLDER, "app.py"))), TOKEN);
      // git, which the server starts, is for a moment a second one.
      await until("one server", () => servers() === 1);
    },
  },
};

/** Returns a program that is the server, and what has been sent to it. */
function overheard() {
  const { extensionPath } = vscode.extensions.getExtension("notion-lsp.notion-lsp");
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "overheard-"));
  const [program, record] = ["server", "record"].map((name) => path.join(folder, name));
  const server = path.join(extensionPath, "server", "notion-lsp");
  fs.writeFileSync(program, `#!/bin/sh\ntee '${record}' | '${server}' "$@"\n`, { mode: 0o755 });
  // After the headers: a message is JSON in one line, and the next header follows at once.
  const sent = () =>
    [...fs.readFileSync(record, "utf8").matchAll(/\r\n\r\n(.*?)(?=Content-Length: |$)/gs)].map(([, body]) => JSON.parse(body));
  return { program, sent };
}

/** Returns how many servers of the installed extension run. */
function servers() {
  const { extensionPath } = vscode.extensions.getExtension("notion-lsp.notion-lsp");
  const ids = fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return ids.filter((id) => program(id).startsWith(extensionPath)).length;
}

function program(id) {
  try {
    return fs.readlinkSync(`/proc/${id}/exe`);
  } catch {
    return ""; // it has ended, or is somebody else's
  }
}

exports.run = async () => {
  for (const [name, run] of Object.entries(SUITES[SUITE])) {
    try {
      await run();
    } catch (error) {
      console.error(`${SUITE}: ${name}: ${error.stack}`);
      throw error;
    }
  }
};
