/** A program with a made-up token. It is made on request, so that no file contains the token. */

const LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz";
const DIGITS = "0123456789";
const HEAD = 11;
const LENGTH = 46;

/** Returns a text with the form of an access token. */
export function sampleToken(random: () => number): string {
  const pick = (from: string): string => from.charAt(Math.floor(random() * from.length));
  const body = Array.from({ length: LENGTH }, (_, index) =>
    // No two letters in a row, so that they cannot form a word of a placeholder, such as `test`.
    pick(index < HEAD || index % 2 === 0 ? DIGITS : LETTERS),
  );
  return ["ntn", body.join("")].join("_");
}

/** Returns a Python program with that token in it. */
export function sampleProgram(token: string): string {
  return [
    "from notion_client import Client",
    "",
    "# This token is made up: it opens nothing.",
    `notion = Client(auth="${token}")`,
    "",
  ].join("\n");
}
