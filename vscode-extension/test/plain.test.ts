import { strict as assert } from "node:assert";
import { test } from "node:test";

import { plain } from "../src/plain";

test("a link, an icon and characters that are not seen do nothing", () => {
  assert.equal(
    plain("[Click](command:x) $(bell) \u001b[1m\u202e\n"),
    "[Click] (command:x) $ (bell) ·[1m··",
  );
});
