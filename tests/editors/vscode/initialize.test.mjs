// Has VS Code start the server that the environment names, and waits for its first answer.
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";

import { until, Workbench } from "./workbench.mjs";

const { RECORDED, SERVER } = process.env;

test("the server that is set is started, and answers", async () => {
  const bench = new Workbench({ "app.py": "" });
  try {
    bench.install();
    bench.setForMachine("notion-lsp.path", SERVER);
    const file = path.join(bench.folder, "app.py");
    await bench.open({ payload: (remote) => [["openFile", remote(file)]] });
    await until("an answer", () => fs.existsSync(RECORDED) && fs.statSync(RECORDED).size > 0);
  } catch (error) {
    await bench.keep("initialize");
    throw error;
  } finally {
    await bench.close();
  }
});
