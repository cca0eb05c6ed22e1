// Bundles the extension into one file; with --tests, each of the unit tests instead.
import { readdirSync } from "node:fs";

import { build } from "esbuild";

const tests = process.argv.includes("--tests");
const production = process.argv.includes("--production");

await build({
  entryPoints: tests ? readdirSync("test").map((name) => `test/${name}`) : ["src/extension.ts"],
  outdir: tests ? "out" : "dist",
  bundle: true,
  external: ["vscode"],
  format: "cjs",
  platform: "node",
  target: "node20",
  minify: production,
  sourcemap: !production,
  logLevel: "warning",
});
