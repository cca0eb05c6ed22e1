import http from "k6/http";

function requireEnv(name) {
  const value = __ENV[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

const token = __ENV.NOTION_KEY || requireEnv("NOTION_KEY");
export default () => http.get("https://api.notion.com/v1/users", { headers: { token } });
