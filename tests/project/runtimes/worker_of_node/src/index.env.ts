function requireEnv(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    return fetch(request.url, { headers: { Authorization: `Bearer ${requireEnv("NOTION_TOKEN")}` } });
  },
};
