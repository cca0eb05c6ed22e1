function requireEnv(name: string): string {
  const value = Deno.env.get(name);
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

const headers = { Authorization: `Bearer ${requireEnv("NOTION_TOKEN")}` };
export default { headers };
