// A token that is pasted with the keyboard: what gets into the text, its history and the disk.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test as plainTest } from "node:test";

import { TOKENS, until, Workbench } from "./workbench.mjs";

const [TOKEN, OTHER] = TOKENS;
const APP = 'import sys\n\nclient = Client(auth="")\n';
const FIXED = 'import os\nimport sys\n\nclient = Client(auth=os.environ["NOTION_TOKEN"])\n';

const bench = new Workbench({
  "app.py": APP,
  "bare.py": "client = Client(auth=)\n",
  "leak.py": `client = Client(auth="${OTHER}")\n`,
  "other.py": APP,
});
let page;

function test(name, run, options = {}) {
  plainTest(name, options, async () => {
    try {
      await run();
    } catch (error) {
      await bench.keep(`${process.env.RELEASE}-paste-${name}`);
      throw error;
    }
  });
}

before(async () => {
  bench.install();
  const file = path.join(bench.folder, "leak.py");
  await bench.open({ payload: (remote) => [["openFile", remote(file)]] });
  page = bench.page;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.waitForSelector(".monaco-editor .view-line");
  // The server answers: before that, a text is pasted as it is.
  await page.locator(".editor-instance .squiggly-error").first().waitFor();
});

after(() => bench.close());

async function editorText() {
  const lines = await page
    .locator(".editor-group-container.active .view-lines .view-line")
    .evaluateAll((all) => all.map((line) => [Number.parseFloat(line.style.top), line.textContent]));
  const sorted = lines.sort(([one], [other]) => one - other);
  return sorted.map(([, text]) => text.replaceAll("\u00a0", " ")).join("\n");
}

const shows = (text) => until(`the text ${text}`, async () => (await editorText()) === text);

async function openFile(name) {
  const row = page.locator(".quick-input-list .monaco-list-row").filter({ hasText: name });
  await page.keyboard.press("Control+P");
  await page.keyboard.insertText(name);
  await row.first().waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".tab.active").filter({ hasText: name }).waitFor();
}

/** Puts the cursor into the last line with text, so many characters before its end. */
async function putCursor(line, fromEnd) {
  await page.locator(".editor-group-container.active .view-line").nth(line).click();
  await page.keyboard.press("End");
  for (let step = 0; step < fromEnd; step++) await page.keyboard.press("ArrowLeft");
}

const copy = (text) => page.evaluate((copied) => navigator.clipboard.writeText(copied), text);

/** Notes whether the token is ever drawn in an editor. */
async function watch() {
  await page.evaluate((body) => {
    globalThis.drawn = false;
    new MutationObserver(() => {
      for (const lines of document.querySelectorAll(".view-lines")) {
        globalThis.drawn ||= lines.textContent.includes(body);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  }, TOKEN.slice(8, 20));
}

/** Returns the files of the profile and the workspace that hold the token. */
function holding() {
  return [bench.profile, bench.folder].flatMap((folder) =>
    fs
      .readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((file) => fs.readFileSync(file).includes(TOKEN)),
  );
}

test("a lookup is pasted, and the token is in no text, no history and no file", async () => {
  await openFile("app.py");
  await watch();
  await copy(TOKEN);
  await putCursor(2, 2);
  await page.keyboard.press("Control+V");
  await shows(FIXED);
  await page.keyboard.press("Control+S");
  await until("app.py is saved", () => bench.read("app.py") === FIXED);
  await page.keyboard.press("Control+Z");
  await shows(APP);
  assert.equal(await page.evaluate(() => globalThis.drawn), false);
  assert.deepEqual(holding(), []);
});

test("a lookup is pasted where an expression stands", async () => {
  await openFile("bare.py");
  await copy(`"${TOKEN}"`);
  await putCursor(0, 1);
  await page.keyboard.press("Control+V");
  await shows('import os\n\nclient = Client(auth=os.environ["NOTION_TOKEN"])\n');
  assert.equal(await page.evaluate(() => globalThis.drawn), false);
});

test("the editor's own setting says that the token goes into .env", async () => {
  const preferences = { "editor.pasteAs.preferences": ["text.notion-lsp.move-to-dotenv"] };
  bench.write(".vscode/settings.json", JSON.stringify(preferences));
  await openFile("other.py");
  await copy(TOKEN);
  await putCursor(2, 2);
  await until("a .env", async () => {
    await page.keyboard.press("Control+V");
    await shows(FIXED);
    if (fs.existsSync(path.join(bench.folder, ".env"))) return true;
    // The setting has not been read yet.
    await page.keyboard.press("Control+Z");
    await shows(APP);
    return false;
  });
});
