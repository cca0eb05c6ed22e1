import { env } from "cloudflare:workers";

function requireEnv(name) {
  const value = env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

export async function onRequest(context) {
  const headers = { Authorization: `Bearer ${requireEnv("NOTION_TOKEN")}` };
  return fetch("https://api.notion.com/v1/users", { headers });
}
