import { Client } from "npm:@notionhq/client";

function requireEnv(name: string): string {
  const value = Deno.env.get(name);
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

const notion = new Client({ auth: requireEnv("NOTION_TOKEN") });
Deno.serve(async () => Response.json(await notion.users.list({})));
