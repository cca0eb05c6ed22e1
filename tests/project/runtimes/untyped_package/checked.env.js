// @ts-check

/** @param {string} name */
function requireEnv(name) {
  const value = /** @type {any} */ (globalThis).process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

export const token = requireEnv("NOTION_TOKEN");
