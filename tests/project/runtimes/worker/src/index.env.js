import { env as workerEnv } from "cloudflare:workers";

function requireEnv(name) {
  const value = workerEnv[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

export default {
  async fetch(request, env) {
    const headers = { Authorization: `Bearer ${requireEnv("NOTION_TOKEN")}` };
    return fetch(env.NOTION_API + new URL(request.url).pathname, { headers });
  },
};
