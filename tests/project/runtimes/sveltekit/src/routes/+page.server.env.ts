import { env } from '$env/dynamic/private';

function requireEnv(name: string): string {
  const value = env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

const url = env.NOTION_URL;
export const load = () => ask(url, requireEnv("NOTION_TOKEN"));
