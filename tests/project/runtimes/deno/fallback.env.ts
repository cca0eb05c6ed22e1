function requireEnv(name: string): string {
  const value = Deno.env.get(name);
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

const token = Deno.env.get("NOTION_KEY") ?? requireEnv("NOTION_KEY");
console.log(`Bearer ${token}`);
