"""JavaScript: node-vault."""

from notion_lsp.languages._javascript_reads import ERROR, MAP
from notion_lsp.lookup import Definition, Lookup, Requirement

# node-vault takes `VAULT_ADDR` and `VAULT_TOKEN` from the environment by itself (its README).
LOOKUP = Lookup(
    'await {vaultSecret}("{MOUNT}", "{PATH}", "{FIELD}")',
    (
        MAP,
        ERROR,
        Requirement(
            "node-vault",
            'import vault from "node-vault";',
            "vault",
            aliased='import nodeVault from "node-vault";',
            alias="nodeVault",
            standard=False,
            commonjs='const vault = require("node-vault");',
            aliased_commonjs='const nodeVault = require("node-vault");',
        ),
    ),
    # The path has `data/` after the mount, and the answer its fields in `data.data` (Vault API,
    # "KV secrets engine - version 2").
    Definition(
        "vaultSecret",
        """\
const {vaultSecret}Cache = new {Map}();

async function {vaultSecret}(mount, path, key) {
  const id = `${mount}/data/${path}`;
  let values = {vaultSecret}Cache.get(id);
  if (!values) {
    values = (await {vault}().read(id)).data.data;
    {vaultSecret}Cache.set(id, values);
  }
  const secret = values[key];
  if (!secret) throw new {Error}(`${mount}/${path} has no ${key}`);
  return secret;
}""",
        signature=r"async function vaultSecret\(\w+(: string)?, \w+(: string)?, \w+(: string)?\)",
    ),
    packages=("node-vault",),
    awaits=True,
)
