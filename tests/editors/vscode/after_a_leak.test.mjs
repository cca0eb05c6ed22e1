// What a person does about a token that has leaked: lists its uses, asks Notion, opens the guide, and
// puts it into a store.
import path from "node:path";
import { after, before, test as plainTest } from "node:test";

import { TOKENS, until, Workbench } from "./workbench.mjs";

const { ENVIRONMENT, PICTURE, RELEASE } = process.env;
const [TOKEN] = TOKENS;
const APP = `client = Client(auth="${TOKEN}")\n`;
const MASK = `ntn_…${TOKEN.slice(-4)}`;

const bench = new Workbench({
  "app.py": APP,
  "reading.py": 'import os\n\nkey = os.environ["NOTION_TOKEN"]\n',
  ".env": `NOTION_TOKEN=${TOKEN}\n`,
});
let page;

function test(name, run) {
  plainTest(name, async () => {
    try {
      await run();
    } catch (error) {
      await bench.keep(`${RELEASE}-after-a-leak-${name}`);
      throw error;
    }
  });
}

before(async () => {
  bench.install();
  const file = path.join(bench.folder, "app.py");
  await bench.open({
    // With an option, VS Code's own program is started, which hands its environment on.
    options: ["--telemetry-level=off"],
    payload: (remote) => [["openFile", remote(file)]],
    environment: JSON.parse(ENVIRONMENT),
  });
  page = bench.page;
  await page.locator(".editor-instance .squiggly-error").first().waitFor();
});

after(() => bench.close());

const message = (text) => page.locator(".notification-toast").filter({ hasText: text });

/** Puts the cursor into the token. */
async function goToToken() {
  await bench.openFile("app.py");
  await bench.putCursor(0, 10);
}

/** Chooses an entry of the menu at the token. */
async function choose(title) {
  await goToToken();
  await bench.openMenu();
  await page.locator(".action-widget .monaco-list-row").filter({ hasText: title }).click();
}

test("the list of references has the places of the token, and those of its variable", async () => {
  const rows = page.locator(".part.sidebar .tree-explorer-viewlet-tree-view .monaco-list-row");
  const isListed = (name) => rows.filter({ hasText: name }).first().waitFor({ timeout: 10_000 });
  // Again, where nobody was there yet who could answer. In one of the files stands the variable alone.
  await until("a list of three files", async () => {
    await goToToken();
    await bench.run("References: Find All References");
    const listed = Promise.all(["app.py", "reading.py", ".env"].map(isListed));
    return listed.then(() => true, () => false);
  });
});

test("the guide that opens is that of the token at the cursor", async () => {
  await goToToken();
  await bench.run("Notion Tokens: My Token Leaked: What Now?");
  await page.locator(".tab.active").filter({ hasText: "Preview after-a-leak.md" }).waitFor();
  await until(`a page about ${MASK} that lists its uses`, async () => {
    const texts = await Promise.all(page.frames().map(textOf));
    return texts.some((text) => [MASK, "app.py:1:23", ".env:1:14"].every((part) => text.includes(part)));
  });
  if (PICTURE) await bench.picture(PICTURE);
});

test("Notion is asked after a yes, and what it says is shown", async () => {
  await choose("Ask Notion whether it is live");
  await message(`${MASK} is sent to localhost:`).getByRole("button", { name: "Ask Notion" }).click();
  await message('in the workspace "Acme": rotate it.').waitFor();
});

test("the token goes into the store in the place of another value, and the code reads it there", async () => {
  await choose("Put it into CyberArk Conjur and read it from there");
  await message("has another value. Replace it?").getByRole("button", { name: "Replace" }).click();
  await message('The token is in CyberArk Conjur as "notion/api-token".').waitFor();
  await page.locator(".editor-group-container.active .view-line").first().click();
  await page.keyboard.press("Control+S");
  await until("app.py is saved with the lookup", () =>
    bench.read("app.py").endsWith('client = Client(auth=conjur_secret("notion/api-token"))\n'),
  );
});

/** Returns what a frame shows; a preview is made in a hidden one, and comes and goes with its own. */
async function textOf(frame) {
  try {
    const element = await frame.frameElement();
    return (await element.isVisible()) ? await frame.evaluate(() => document.body.innerText) : "";
  } catch {
    return "";
  }
}
