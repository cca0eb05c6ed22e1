/** A program that leaks a token which opens nothing: made when it is asked for, so kept nowhere. */

const LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz";
const DIGITS = "0123456789";
const HEAD = 11;
const LENGTH = 46;

/** Returns a text with the form of an access token. */
export function sampleToken(random: () => number): string {
  const pick = (from: string): string => from.charAt(Math.floor(random() * from.length));
  const body = Array.from({ length: LENGTH }, (_, index) =>
    // A letter never stands beside another one: no word that reads as a placeholder comes about.
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
