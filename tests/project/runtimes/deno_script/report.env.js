#!/usr/bin/env -S deno run --allow-env

function requireEnv(name) {
  const value = Deno.env.get(name);
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

console.log(`Bearer ${requireEnv("NOTION_TOKEN")}`);
