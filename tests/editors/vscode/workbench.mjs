// VS Code in a browser, in a fresh profile, on a PATH that has git and nothing else.
import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";

const { NODE, CODE_SERVER, BROWSER, PLAYWRIGHT, VSIX, OUTPUT } = process.env;
export const TOKENS = JSON.parse(process.env.TOKENS);
const { chromium } = await import(path.join(PLAYWRIGHT, "index.mjs"));

const SETTINGS = {
  "chat.disableAIFeatures": true,
  "editor.accessibilitySupport": "off",
  "editor.autoClosingBrackets": "never",
  "editor.autoClosingQuotes": "never",
  "editor.minimap.enabled": false,
  "editor.quickSuggestions": { other: "off", comments: "off", strings: "off" },
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "files.autoSave": "off",
  "git.enabled": false,
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
};
const BROWSER_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
const PATIENCE = 60_000;
const PAUSE = 50;

/** Returns what `ask` gives as soon as it gives something. */
export async function until(what, ask, patience = PATIENCE) {
  for (const end = Date.now() + patience; Date.now() < end; ) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
  throw new Error(`In ${patience / 1000} s it did not come to this: ${what}`);
}

/** A folder with a workspace in it, a profile, and the programs that serve it. */
export class Workbench {
  constructor(files, settings = {}) {
    this.root = fs.mkdtempSync(path.join(os.tmpdir(), "notion-lsp-vscode-"));
    this.folder = path.join(this.root, "workspace");
    this.profile = path.join(this.root, "profile");
    this.extensions = path.join(this.root, "extensions");
    for (const folder of [this.folder, this.extensions, this.#path()]) fs.mkdirSync(folder);
    for (const [name, text] of Object.entries(files)) this.write(name, text);
    fs.mkdirSync(path.join(this.profile, "User"), { recursive: true });
    const chosen = JSON.stringify({ ...SETTINGS, ...settings });
    fs.writeFileSync(path.join(this.profile, "User", "settings.json"), chosen);
    const git = process.env.PATH.split(path.delimiter)
      .map((folder) => path.join(folder, "git"))
      .find((file) => fs.existsSync(file));
    fs.symlinkSync(git, path.join(this.#path(), "git"));
  }

  /** Changes a setting of the machine that VS Code is connected to. */
  setForMachine(name, value) {
    const file = path.join(this.profile, "Machine", "settings.json");
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, JSON.stringify({ [name]: value }));
  }

  #path() {
    return path.join(this.root, "bin");
  }

  write(name, text) {
    const file = path.join(this.folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }

  read(name) {
    return fs.readFileSync(path.join(this.folder, name), "utf8");
  }

  remove(name) {
    fs.rmSync(path.join(this.folder, name));
  }

  /** Installs the VSIX into the profile, as a person does. */
  install() {
    const entry = path.join(CODE_SERVER, "out", "node", "entry.js");
    const options = ["--extensions-dir", this.extensions, "--user-data-dir", this.profile];
    const install = [entry, ...options, "--install-extension", VSIX];
    execFileSync(NODE, install, { env: this.#environment(), stdio: "pipe" });
  }

  /** Runs a command from the palette. */
  run(command) {
    return this.#pick("F1", command);
  }

  /** Opens a file by its name. */
  async openFile(name) {
    await this.#pick("Control+P", name);
    await this.page.locator(".tab.active").filter({ hasText: name }).waitFor();
  }

  /** Chooses a row of the list that a key opens: again, where it was not there yet. */
  async #pick(key, name) {
    const { keyboard } = this.page;
    const row = this.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: name });
    await until(`${name} in a list`, async () => {
      await keyboard.press(key);
      await keyboard.insertText(name);
      // Not by Enter: the first row is another one where that was chosen of late.
      const chosen = await row.first().click({ timeout: 4000 }).then(() => true, () => false);
      if (!chosen) await keyboard.press("Escape");
      return chosen;
    });
  }

  /** Opens the menu at the cursor: again, where the provider was not there yet. */
  async openMenu() {
    const menu = this.page.locator(".action-widget .monaco-list-row").first();
    await until("a menu", async () => {
      await this.page.keyboard.press("Control+.");
      const shown = await menu.waitFor({ timeout: 2000 }).then(() => true, () => false);
      if (!shown) await this.page.keyboard.press("Escape");
      return shown;
    });
  }

  /** Returns the text of the editor that is in front, as it shows it. */
  async editorText() {
    const lines = await this.page
      .locator(".editor-group-container.active .view-lines .view-line")
      .evaluateAll((all) => all.map((line) => [Number.parseFloat(line.style.top), line.textContent]));
    const sorted = lines.sort(([one], [other]) => one - other);
    return sorted.map(([, text]) => text.replaceAll("\u00a0", " ")).join("\n");
  }

  /** Puts the cursor into a line, so many characters before its end. */
  async putCursor(line, fromEnd) {
    await this.page.locator(".editor-group-container.active .view-line").nth(line).click();
    await this.page.keyboard.press("End");
    for (let step = 0; step < fromEnd; step++) await this.page.keyboard.press("ArrowLeft");
  }

  /** Makes the extension what it is on a platform that there is no server for. */
  removeServer() {
    const [installed] = fs.readdirSync(this.extensions).filter((name) => name.startsWith("notion-lsp"));
    fs.rmSync(path.join(this.extensions, installed, "server"), { recursive: true });
  }

  /** Starts VS Code with more options, and opens the workspace in a browser. */
  async open({ options = [], payload = () => [], expose = {}, environment = {} } = {}) {
    const port = await freePort();
    const log = fs.openSync(path.join(this.root, "server.log"), "w");
    const main = path.join(CODE_SERVER, "lib", "vscode", "out", "server-main.js");
    const entry = path.join(CODE_SERVER, "out", "node", "entry.js");
    const folders = ["--extensions-dir", this.extensions, "--user-data-dir", this.profile];
    const direct = ["--host", "127.0.0.1", "--port", `${port}`, "--without-connection-token"];
    direct.push("--accept-server-license-terms", ...options);
    const wrapped = ["--auth", "none", "--bind-addr", `127.0.0.1:${port}`];
    const command = options.length > 0 ? [main, ...folders, ...direct] : [entry, ...folders, ...wrapped];
    this.process = spawn(NODE, command, {
      cwd: this.root,
      detached: true, // a group of its own, so that all of it can be ended
      env: { ...this.#environment(), ...environment },
      stdio: ["ignore", log, log],
    });
    const address = `http://127.0.0.1:${port}`;
    await until("VS Code answers", () => fetch(address).then(() => true, () => false));
    this.browser = await chromium.launch({ executablePath: BROWSER, args: BROWSER_OPTIONS });
    this.page = await this.browser.newPage({ viewport: { width: 1200, height: 760 } });
    this.page.setDefaultTimeout(PATIENCE);
    for (const [name, run] of Object.entries(expose)) await this.page.exposeFunction(name, run);
    const remote = (file) => `vscode-remote://127.0.0.1:${port}${file}`;
    const query = new URLSearchParams({ folder: this.folder });
    query.set("payload", JSON.stringify(payload(remote)));
    await this.page.goto(`${address}/?${query}`, { waitUntil: "domcontentloaded" });
    await this.page.waitForSelector(".monaco-workbench");
  }

  #environment() {
    const home = { HOME: this.root, XDG_CONFIG_HOME: this.root, XDG_DATA_HOME: this.root };
    return { ...home, LANG: "C.UTF-8", PATH: this.#path(), EXTENSIONS_GALLERY: '{"serviceUrl":""}' };
  }

  /** Takes a picture in which no token can be read. */
  async picture(file, clip) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    await this.page.evaluate(maskTokens);
    await this.page.screenshot({ path: file, clip });
  }

  /** Keeps a picture and the logs, without tokens, of what went wrong. */
  async keep(name) {
    const kept = path.join(OUTPUT, name.replace(/\W+/g, "-"));
    await this.picture(path.join(kept, "screen.png"));
    for (const file of fs.readdirSync(this.profile, { recursive: true })) {
      if (file.endsWith("Notion Tokens.log")) {
        const text = fs.readFileSync(path.join(this.profile, file), "utf8");
        fs.writeFileSync(path.join(kept, "server.log"), text.replaceAll(/ntn_\w+/g, "ntn_…"));
      }
    }
  }

  async close() {
    await this.browser?.close();
    // It may have ended by itself: then nothing tells of it any more.
    if (this.process && this.process.exitCode === null && this.process.signalCode === null) {
      const ended = new Promise((resolve) => this.process.once("exit", resolve));
      process.kill(-this.process.pid, "SIGTERM");
      await ended;
    }
    fs.rmSync(this.root, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

/** Runs in the page: dots stand where a token's characters stood, so that nothing moves. */
function maskTokens() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let within = false; // the editor may put the end of a token into an element of its own
  while (walker.nextNode()) {
    const { data } = walker.currentNode;
    const masked = data.replace(within ? /(ntn_|^)\w+/g : /(ntn_)\w+/g, (token, start) =>
      start.padEnd(token.length, "•"),
    );
    within = masked.endsWith("•");
    if (masked !== data) walker.currentNode.data = masked;
  }
}

function freePort() {
  return new Promise((resolve) => {
    const listening = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = listening.address();
      listening.close(() => resolve(port));
    });
  });
}
