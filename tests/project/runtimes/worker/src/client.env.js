import { Client } from "@notionhq/client";
import { env } from "cloudflare:workers";

function requireEnv(name) {
  const value = env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

export const notion = new Client({ auth: requireEnv("NOTION_TOKEN") });
