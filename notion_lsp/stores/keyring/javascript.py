"""JavaScript: the keyring of napi-rs, as `keytar` is archived."""

from notion_lsp.languages._javascript_reads import ERROR, MAP, imported
from notion_lsp.lookup import Definition, Lookup

# Version 2.1 answers with `null` where there is no password. It finds what Python's keyring has
# put into Linux's Secret Service.
LOOKUP = Lookup(
    '{keyringSecret}("{SERVICE}", "{USER}")',
    (MAP, ERROR, imported("@napi-rs/keyring", "Entry", "KeyringEntry")),
    Definition(
        "keyringSecret",
        """\
const {keyringSecret}Cache = new {Map}();

function {keyringSecret}(service, user) {
  const id = `${user} of ${service}`;
  let secret = {keyringSecret}Cache.get(id);
  if (!secret) {
    secret = new {Entry}(service, user).getPassword();
    if (!secret) throw new {Error}(`the keyring has no ${id}`);
    {keyringSecret}Cache.set(id, secret);
  }
  return secret;
}""",
        signature=r"function keyringSecret\(\w+(: string)?, \w+(: string)?\)",
    ),
    packages=("@napi-rs/keyring",),
)
