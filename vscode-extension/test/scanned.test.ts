import assert from "node:assert/strict";
import { test } from "node:test";

import { remarks, type Scanned } from "../src/scanned";

const NOTHING: Scanned = { tokens: 0, unread: [], leftOut: [], cancelled: false };

test("a workspace without tokens is said to have none", () => {
  assert.equal(remarks(NOTHING, true), "This workspace contains no Notion tokens.");
});

test("what was left out of a scan without tokens is said", () => {
  const said = remarks({ ...NOTHING, leftOut: ["2 tokens are left out."] }, true);
  assert.equal(said, "This workspace contains no Notion tokens. 2 tokens are left out.");
});

test("where no folder is open, no workspace is said to be clean", () => {
  assert.equal(remarks(NOTHING, false), "No folder is open: there is nothing to scan.");
});

test("a file that could not be read is said, also beside tokens", () => {
  assert.equal(
    remarks({ ...NOTHING, tokens: 3, unread: ["a"] }, true),
    "1 file could not be read.",
  );
  assert.equal(
    remarks({ ...NOTHING, tokens: 3, unread: ["a", "b"] }, true),
    "2 files could not be read.",
  );
});

test("a scan that was cancelled says nothing of the workspace", () => {
  assert.equal(remarks({ ...NOTHING, cancelled: true }, true), "");
});
