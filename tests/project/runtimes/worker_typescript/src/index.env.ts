import { env as workerEnv } from "cloudflare:workers";

function requireEnv(name: string): string {
  const value = (workerEnv as unknown as Record<string, string | undefined>)[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    return fetch(request.url, { headers: { Authorization: `Bearer ${requireEnv("NOTION_TOKEN")}` } });
  },
} satisfies ExportedHandler<Env>;
