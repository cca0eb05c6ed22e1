import assert from "node:assert/strict";
import { test } from "node:test";

import { isAtLeast } from "../src/version";

test("a version is compared by its numbers", () => {
  for (const [version, expected] of [
    ["1.97.0", true],
    ["1.100.3", true],
    ["2.0.0", true],
    ["1.96.4", false],
    ["1.9.7", false],
    ["1.97.0-insider", true],
  ] as const) {
    assert.equal(isAtLeast(version, "1.97"), expected, version);
  }
});
