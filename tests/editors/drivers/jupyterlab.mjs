// What a person does in JupyterLab, with a token in a file or in a cell of a notebook.
import { spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";

const { BROWSER, HOME, JUPYTER, NAME, PICTURE, PLAYWRIGHT, SEEN } = process.env;
const { chromium } = await import(path.join(PLAYWRIGHT, "index.mjs"));
const BROWSER_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
const END = Date.now() + 100_000;
const PAUSE = 50;

/** Returns what `ask` gives as soon as it gives something. */
async function until(what, ask) {
  while (Date.now() < END) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
  throw new Error(`It did not come to this: ${what}`);
}

function freePort() {
  return new Promise((resolve) => {
    const listening = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = listening.address();
      listening.close(() => resolve(port));
    });
  });
}

function startServer(port) {
  const options = ["--no-browser", "--allow-root", "--ip=127.0.0.1", `--port=${port}`];
  options.push("--ServerApp.port_retries=0", "--IdentityProvider.token=");
  return spawn(path.join(JUPYTER, "jupyter-lab"), options, {
    detached: true, // a group of its own, so that all of it can be ended
    stdio: "inherit",
  });
}

/** Returns the texts that are underlined: one that is cut into several elements is put together. */
function underlined() {
  const found = [];
  for (const line of document.querySelectorAll(".cm-line")) {
    let last = null;
    for (const mark of line.querySelectorAll(".cm-lintRange-error")) {
      if (last && last.nextSibling === mark) found.push(found.pop() + mark.textContent);
      else found.push(mark.textContent);
      last = mark;
    }
  }
  return found;
}

async function see(page, step, count) {
  const shown = async () => {
    const covers = await page.evaluate(underlined);
    return covers.length === count && covers.every((each) => each.startsWith("ntn_")) && covers;
  };
  const covers = await until(`${count} diagnostics when ${step}`, shown);
  fs.appendFileSync(SEEN, `${JSON.stringify({ step, covers })}\n`);
}

async function drive(page) {
  await see(page, "opened", 2);
  const line = page.locator(".cm-line").filter({ hasText: "notion = Client" });
  await line.click();
  await page.keyboard.press("End");
  const text = await line.innerText();
  const left = text.trimEnd().length - text.indexOf("ntn_") - "ntn_".length;
  for (let step = 0; step < left; step++) await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Backspace");
  await see(page, "broken", 1);
  await page.keyboard.type("_");
  await see(page, "completed", 2);
}

/** Runs in the page: dots stand where a token's characters stood. */
function maskTokens() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data } = walker.currentNode;
    const masked = data.replace(/\w{20,}/g, (token) => "•".repeat(token.length));
    if (masked !== data) walker.currentNode.data = masked;
  }
}

const port = await freePort();
const server = startServer(port);
let browser;
let page;
try {
  const address = `http://127.0.0.1:${port}`;
  await until("JupyterLab answers", () => fetch(`${address}/api`).then(() => true, () => false));
  browser = await chromium.launch({ executablePath: BROWSER, args: BROWSER_OPTIONS });
  page = await browser.newPage({ viewport: { width: 1200, height: 760 } });
  page.setDefaultTimeout(Math.max(END - Date.now(), 1));
  await page.goto(`${address}/lab/tree/${NAME}?reset`, { waitUntil: "domcontentloaded" });
  await drive(page);
} catch (error) {
  await page?.evaluate(maskTokens).then(() => page.screenshot({ path: PICTURE }), () => {});
  throw error;
} finally {
  await browser?.close();
  const ended = new Promise((resolve) => server.once("exit", resolve));
  if (server.exitCode === null && process.kill(-server.pid, "SIGTERM")) await ended;
}
