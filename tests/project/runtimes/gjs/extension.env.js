import Soup from "gi://Soup";

function requireEnv(name) {
  const value = imports.gi.GLib.getenv(name);
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

const token = requireEnv("NOTION_TOKEN");

export const session = new Soup.Session();
