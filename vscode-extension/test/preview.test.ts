import assert from "node:assert/strict";
import { test } from "node:test";

import type { ApplyWorkspaceEditParams } from "vscode-languageclient/node";

import { previewed } from "../src/preview";

function params(needsConfirmation: boolean): ApplyWorkspaceEditParams {
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
  return {
    label: "Read tokens from their store",
    edit: {
      documentChanges: [
        {
          textDocument: { uri: "file:///app.py", version: null },
          edits: [{ range, newText: "x", annotationId: "tokens" }],
        },
      ],
      changeAnnotations: { tokens: { label: "Read tokens from their store", needsConfirmation } },
    },
  };
}

test("what is to be confirmed is chosen, beside one part that changes nothing", () => {
  const given = params(true);
  const { edit, metadata } = previewed(given);
  const [nothing, ...changes] = edit.documentChanges ?? [];
  assert.deepEqual(changes, given.edit.documentChanges);
  assert.deepEqual(nothing, {
    kind: "create",
    uri: "file:///app.py",
    options: { ignoreIfExists: true },
    annotationId: "preview",
  });
  assert.equal(edit.changeAnnotations?.["tokens"]?.needsConfirmation, false);
  assert.equal(edit.changeAnnotations["preview"]?.needsConfirmation, true);
  assert.deepEqual(metadata, { isRefactoring: true });
});

test("what needs no confirmation is left as it is", () => {
  const given = params(false);
  assert.equal(previewed(given), given);
});
