import { Client } from "@notionhq/client";

const NOTION_API_KEY = "@ACCESS_TOKEN@";

export const notion = new Client({ auth: NOTION_API_KEY });

export async function refresh(clientId: string): Promise<string> {
  const clientSecret = "@CLIENT_SECRET@";
  const answer = await fetch("https://api.notion.com/v1/oauth/token", {
    method: "POST",
    headers: { Authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    body: JSON.stringify({
      grant_type: "refresh_token",
      refresh_token: "@REFRESH_TOKEN@",
    }),
  });
  return (await answer.json()).access_token;
}
