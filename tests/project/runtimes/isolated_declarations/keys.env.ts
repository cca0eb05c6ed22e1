function requireEnv(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

export const token = requireEnv("NOTION_TOKEN") as string;
export const typed: string = requireEnv("NOTION_TOKEN");
export const header = `Bearer ${requireEnv("NOTION_TOKEN")}` as string;
export const notion = {
  token: requireEnv("NOTION_TOKEN") as string,
  v1: { token: requireEnv("NOTION_TOKEN") as string },
};
const kept = requireEnv("NOTION_TOKEN");
const listed = requireEnv("NOTION_TOKEN") as string;
export { listed };

export class Client {
  token = requireEnv("NOTION_TOKEN") as string;

  headers(token = requireEnv("NOTION_TOKEN") as string): string {
    return token + kept;
  }
}

export default (requireEnv("NOTION_TOKEN") as string);
