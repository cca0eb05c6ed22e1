import assert from "node:assert/strict";
import { test } from "node:test";

import { sampleProgram, sampleToken } from "../src/sample";

test("a sample has the form of an access token", () => {
  assert.match(sampleToken(Math.random), /^ntn_[0-9]{11}[0-9A-Za-z]{35}$/);
});

test("two samples differ", () => {
  assert.notEqual(sampleToken(Math.random), sampleToken(Math.random));
});

test("a sample holds no word, which would make it a placeholder", () => {
  assert.doesNotMatch(sampleToken(Math.random).slice("ntn_".length), /[A-Za-z]{2}/);
});

test("the program gives the token to a client", () => {
  assert.match(sampleProgram("TOKEN"), /^notion = Client\(auth="TOKEN"\)$/m);
});
