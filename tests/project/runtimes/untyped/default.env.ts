const defaults = { token: (globalThis as unknown as { process: { env: Record<string, string> } }).process.env["NOTION_TOKEN"] ?? "" };
export const given = (options: { token?: string }) => ({ ...defaults, ...options });
