// What a person sees and does, by keyboard, with the extension installed from its VSIX.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test as plainTest } from "node:test";

import { TOKENS, until, Workbench } from "./workbench.mjs";

const [TYPED, CLOSED, SECOND] = TOKENS;
const APP = 'import sys\n\nclient = Client(auth="")\n';
const FIXED = 'import os\nimport sys\n\nclient = Client(auth=os.environ["NOTION_TOKEN"])\n';

const EDITOR = { x: 352, y: 36, width: 848, height: 724 };

const bench = new Workbench({ "app.py": APP, "second.py": `client = Client(auth="${SECOND}")\n` });
let page;

// The oldest version that we support lists no file that came after its window.
const LISTS_NEW_FILES = Number(process.env.RELEASE.split(".")[1]) >= 100;

function test(name, run, options = {}) {
  plainTest(name, options, async () => {
    try {
      await run();
    } catch (error) {
      await bench.keep(`${process.env.RELEASE}-${name}`);
      throw error;
    }
  });
}

before(async () => {
  bench.install();
  const file = path.join(bench.folder, "app.py");
  await bench.open({ payload: (remote) => [["openFile", remote(file)]] });
  page = bench.page;
  await page.waitForSelector(".monaco-editor .view-line");
});

after(() => bench.close());

const squiggles = () => page.locator(".editor-instance .squiggly-error").count();
const waitForSquiggles = (count) =>
  until(`${count} squiggles`, async () => (await squiggles()) === count);

// The lines are drawn one by one.
const waitForText = (isRight) => until("the text", async () => isRight(await bench.editorText()));

const run = (command) => bench.run(command);

const problems = () => page.locator(".markers-panel .monaco-list-row").allInnerTexts();

test("a token is underlined with its last character, and no longer without it", async () => {
  await page.locator(".view-line").nth(2).click();
  await page.keyboard.press("End");
  for (let step = 0; step < 2; step++) await page.keyboard.press("ArrowLeft");
  await page.keyboard.insertText(TYPED.slice(0, -8));
  await page.keyboard.type(TYPED.slice(-8, -1));
  assert.equal(await squiggles(), 0);
  for (let round = 0; round < 2; round++) {
    await page.keyboard.type(TYPED.slice(-1));
    await waitForSquiggles(1);
    await page.keyboard.press("Backspace");
    await waitForSquiggles(0);
  }
  await page.keyboard.type(TYPED.slice(-1));
  await waitForSquiggles(1);
});

test("the problems say what it is, without the token", async () => {
  await page.keyboard.press("Control+Shift+M");
  const listed = await until("app.py among the problems", async () => {
    const rows = await problems();
    return rows.some((row) => row.includes("Notion access token")) && rows;
  });
  assert.ok(!listed.join().includes(TYPED.slice(8, -8)));
});

test("the quick fix is applied from the keyboard, and saved", async () => {
  await page.locator(".view-line").nth(2).click();
  await page.keyboard.press("Home");
  for (let step = 0; step < 25; step++) await page.keyboard.press("ArrowRight");
  await bench.openMenu();
  if (process.env.PICTURE) await bench.picture(process.env.PICTURE, EDITOR);
  await page.keyboard.press("Enter");
  await waitForSquiggles(0);
  await waitForText((text) => text === FIXED.trimEnd() + "\n");
  await page.keyboard.press("Control+S");
  await until("app.py is saved", () => bench.read("app.py") === FIXED);
});

test("the status item counts the tokens, and opens the log", async () => {
  await page.locator('[id="status.languageStatus"]').click();
  const item = page.locator(".hover-language-status").filter({ hasText: "Notion" });
  await until("a count", async () => (await item.innerText()).includes("1 Notion token in 1 file"));
  await item.getByText("Open log").click();
  await page.locator(".part.panel").filter({ hasText: "server/notion-lsp" }).waitFor();
});

test("a sample that is not saved is underlined and fixed", async () => {
  await run("Notion Tokens: Open a Sample That Leaks");
  await waitForSquiggles(1);
  await run("Notion Tokens: Fix All in File");
  await waitForSquiggles(0);
  await waitForText((text) => /^notion = Client\(auth=os\.environ\["NOTION_TOKEN"\]\)$/m.test(text));
});

test("a scan lists the tokens of files that are not open", async () => {
  bench.write("closed/new.js", `export const notion = new Client({ auth: "${CLOSED}" });\n`);
  await run("Notion Tokens: Scan Workspace");
  await until("new.js among the problems", async () =>
    (await problems()).some((row) => row.includes("new.js")),
  );
});

test("the menu says first why there is no rewrite, and opens the page about it", async () => {
  bench.write("closed/notion.json", `{ "token": "${SECOND}" }\n`);
  await bench.openFile("notion.json");
  await waitForSquiggles(1);
  await page.keyboard.press("Control+Home");
  for (let step = 0; step < 20; step++) await page.keyboard.press("ArrowRight");
  const dialog = page.locator(".monaco-dialog-box").filter({ hasText: "docs/languages.md" });
  await until("the page is to be opened", async () => {
    await bench.openMenu();
    const rows = page.locator(".action-widget .monaco-list-row.action");
    const first = await rows.first().innerText();
    assert.match(first, /^Why no rewrite\? JSON cannot read the environment/);
    await page.keyboard.press("Enter");
    // A menu that opened as the problems changed is of no use: VS Code has dropped its commands.
    return dialog.waitFor({ timeout: 5000 }).then(() => true, () => false);
  });
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.locator(".editor-group-container.active .view-line").first().click();
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  await page.keyboard.press("Control+S");
  await until("notion.json is saved", () => bench.read("closed/notion.json") === "");
}, { skip: !LISTS_NEW_FILES });

test("a file that is deleted has no problems any more", async () => {
  bench.write("closed/gone.js", `export const token = "${CLOSED}";\n`);
  await run("Notion Tokens: Scan Workspace");
  const isListed = async () => (await problems()).some((row) => row.includes("gone.js"));
  await until("gone.js among the problems", isListed);
  bench.remove("closed/gone.js");
  await until("no gone.js among the problems", async () => !(await isListed()));
}, { skip: !LISTS_NEW_FILES });

test("fixing the workspace shows what is to change, and changes it", async () => {
  await run("Notion Tokens: Fix All in Workspace");
  const preview = page.locator(".part.panel");
  for (const name of ["second.py", "new.js"]) await preview.getByText(name).waitFor();
  assert.ok(bench.read("second.py").includes(SECOND));
  await preview.getByRole("button", { name: "Apply" }).click();
  const inPython = /^client = Client\(auth=os\.environ\["\w+"\]\)$/m;
  await until("second.py is saved", () => inPython.test(bench.read("second.py")));
  const inJavaScript = /auth: requireEnv\("\w+"\)/;
  await until("new.js is saved", () => inJavaScript.test(bench.read("closed/new.js")));
  await run("Problems: Focus on Problems View");
  await until("no problems", async () => (await problems()).length === 0);
});

test("a restart brings another server, which works", async () => {
  const first = await until("a server", servers);
  await run("Notion Tokens: Restart Server");
  await until("another server", () => servers() !== "" && servers() !== first);
  bench.write("third.py", `client = Client(auth="${SECOND}")\n`);
  // A view that has the focus already stays.
  await run("Problems: Focus on Problems View");
  await run("Notion Tokens: Scan Workspace");
  await until("third.py among the problems", async () =>
    (await problems()).some((row) => row.includes("third.py")),
  );
});

test("a path that leads nowhere is said, and one button puts it right", async () => {
  const server = await until("a server's program", () => program(servers().split(",")[0]));
  bench.setForMachine("notion-lsp.path", "/nowhere/notion-lsp");
  const message = page.locator(".notification-toast").filter({ hasText: "/nowhere/notion-lsp" });
  await message.waitFor();
  await until("no server", () => servers() === "");
  await message.getByRole("button", { name: "Choose the Server…" }).click();
  const dialog = page.locator(".quick-input-widget input[type=text]");
  await dialog.waitFor();
  await until("a server", async () => {
    // Typed once: each time, the dialog reads the folder anew, and is deaf until it has.
    const typed = await dialog.inputValue({ timeout: 500 }).catch(() => undefined);
    if (typed === server) await page.keyboard.press("Enter");
    else if (typed !== undefined) await dialog.fill(server, { timeout: 500 }).catch(() => {});
    return servers();
  });
  bench.setForMachine("notion-lsp.path", "");
});

test("the guide for a leaked token opens", async () => {
  await run("Notion Tokens: My Token Leaked: What Now?");
  // The server may just be starting: then it is the page that needs none.
  const tab = page.locator(".tab.active").filter({ hasText: /Preview (after-a-leak|leaked)\.md/ });
  await tab.waitFor();
});

test("the walkthrough leaks a sample, and fixes it", async () => {
  await run("View: Close All Editors");
  await page.getByRole("button", { name: "Don't Save" }).click();
  await run("Welcome: Open Walkthrough...");
  await page.keyboard.insertText("Take Notion tokens");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Open the Sample", exact: true }).click();
  await waitForSquiggles(1);
  await page.getByRole("button", { name: "Fix it" }).first().click();
  await page.getByRole("button", { name: "Fix All in File", exact: true }).click();
  await waitForSquiggles(0);
});

/** Returns the ids of the processes that are a server of this profile. */
function servers() {
  const ids = fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return ids.filter((id) => program(id).startsWith(bench.extensions)).join();
}

function program(id) {
  try {
    return fs.readlinkSync(`/proc/${id}/exe`);
  } catch {
    return ""; // it has ended, or is somebody else's
  }
}
