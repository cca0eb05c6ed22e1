import assert from "node:assert/strict";
import { test } from "node:test";

import { Count } from "../src/count";

test("the tokens of all documents are counted", () => {
  const count = new Count();
  count.set("a", 2);
  count.set("b", 1);
  assert.equal(count.toString(), "3 Notion tokens in 2 files");
});

test("what a document has now replaces what it had", () => {
  const count = new Count();
  count.set("a", 2);
  count.set("a", 1);
  assert.equal(count.toString(), "1 Notion token in 1 file");
});

test("a document without tokens is no longer counted", () => {
  const count = new Count();
  count.set("a", 2);
  count.set("a", 0);
  assert.equal(count.toString(), "No Notion tokens");
});
