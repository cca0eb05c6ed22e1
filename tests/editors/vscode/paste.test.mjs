// A token that is pasted with the keyboard: what gets into the text, its history and the disk.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test as plainTest } from "node:test";

import { TOKENS, until, Workbench } from "./workbench.mjs";

const [TOKEN, OTHER] = TOKENS;
const APP = 'import sys\n\nclient = Client(auth="")\n';
const TWO = 'one = ""\ntwo = ""\n';
const FIXED = 'import os\nimport sys\n\nclient = Client(auth=os.environ["NOTION_TOKEN"])\n';

const bench = new Workbench({
  Pipfile: "", // pipenv loads .env
  "app.py": APP,
  "bare.py": "client = Client(auth=)\n",
  "leak.py": `client = Client(auth="${OTHER}")\n`,
  "early.py": APP,
  "other.py": APP,
  "two.py": TWO,
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

const shows = (text) => until(`the text ${text}`, async () => (await bench.editorText()) === text);

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
  await bench.openFile("app.py");
  await watch();
  await copy(TOKEN);
  await bench.putCursor(2, 2);
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
  await bench.openFile("bare.py");
  await copy(`"${TOKEN}"`);
  await bench.putCursor(0, 1);
  await page.keyboard.press("Control+V");
  await shows('import os\n\nclient = Client(auth=os.environ["NOTION_TOKEN"])\n');
  assert.equal(await page.evaluate(() => globalThis.drawn), false);
});

test("a server that is just starting is waited for", async () => {
  await bench.openFile("early.py");
  await watch();
  await copy(TOKEN);
  await bench.putCursor(2, 2);
  await bench.run("Notion Tokens: Restart Server");
  await page.keyboard.press("Control+V");
  await shows(FIXED);
  assert.equal(await page.evaluate(() => globalThis.drawn), false);
});

test("at several cursors a token is pasted as it is, and underlined at each", async () => {
  await bench.openFile("two.py");
  await copy(TOKEN);
  await bench.putCursor(0, 1);
  await page.keyboard.press("Shift+Alt+ArrowDown");
  await page.keyboard.press("Control+V");
  await shows(TWO.replaceAll('""', `"${TOKEN}"`));
  const squiggles = page.locator(".editor-group-container.active .squiggly-error");
  await until("two squiggles", async () => (await squiggles.count()) === 2);
});

test("the editor's own setting says that the token goes into .env", async () => {
  const preferences = { "editor.pasteAs.preferences": ["text.notion-lsp.move-to-dotenv"] };
  bench.write(".vscode/settings.json", JSON.stringify(preferences));
  await bench.openFile("other.py");
  await copy(TOKEN);
  await bench.putCursor(2, 2);
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
