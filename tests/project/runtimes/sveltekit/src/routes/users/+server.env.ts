import { env } from "$env/dynamic/private";
import { json } from '@sveltejs/kit';

function requireEnv(name: string): string {
  const value = env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

export async function GET({ fetch }) {
  const answer = await fetch('https://api.notion.com/v1/users', {
    headers: { Authorization: `Bearer ${requireEnv("NOTION_TOKEN")}` },
  });
  return json(await answer.json());
}
