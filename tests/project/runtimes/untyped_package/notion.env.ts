function requireEnv(name: string): string {
  const value = (globalThis as unknown as { process: { env: Record<string, string> } }).process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

export const token = requireEnv("NOTION_TOKEN");
