import http from "k6/http";

function requireEnv(name) {
  const value = __ENV[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

export default function () {
  http.get("https://api.notion.com/v1/users", {
    headers: { Authorization: `Bearer ${requireEnv("NOTION_TOKEN")}` },
  });
}
