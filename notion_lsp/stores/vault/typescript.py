"""TypeScript: node-vault, whose answers have no type."""

from dataclasses import replace

from notion_lsp.lookup import Definition
from notion_lsp.stores.vault.javascript import LOOKUP as JAVASCRIPT

LOOKUP = replace(
    JAVASCRIPT,
    definition=Definition(
        "vaultSecret",
        """\
const {vaultSecret}Cache = new Map<string, Record<string, string>>();

async function {vaultSecret}(mount: string, path: string, key: string): Promise<string> {
  const id = `${mount}/data/${path}`;
  let values = {vaultSecret}Cache.get(id);
  if (!values) {
    values = (await {vault}().read(id)).data.data as Record<string, string>;
    {vaultSecret}Cache.set(id, values);
  }
  const secret = values[key];
  if (!secret) throw new Error(`${mount}/${path} has no ${key}`);
  return secret;
}""",
        signature=r"async function vaultSecret\(\w+: string, \w+: string, \w+: string\)",
    ),
)
