"""JavaScript: 1Password's own kit."""

from notion_lsp.languages._javascript_reads import ERROR, MAP, PROCESS, imported
from notion_lsp.lookup import Definition, Lookup

# `resolveAll` answers for each reference, with the secret or with the type of an error.
LOOKUP = Lookup(
    'await {onePasswordSecret}("{REFERENCE}")',
    (MAP, PROCESS, ERROR, imported("@1password/sdk", "createClient", "createOnePasswordClient")),
    # The kit demands a name and a version of what asks (README of 1Password's SDK).
    Definition(
        "onePasswordSecret",
        """\
const {onePasswordSecret}Cache = new {Map}();

async function {onePasswordSecret}(reference) {
  let secret = {onePasswordSecret}Cache.get(reference);
  if (!secret) {
    const { OP_SERVICE_ACCOUNT_TOKEN } = {process}.env;
    if (!OP_SERVICE_ACCOUNT_TOKEN) throw new {Error}("OP_SERVICE_ACCOUNT_TOKEN is not set");
    const client = await {createClient}({
      auth: OP_SERVICE_ACCOUNT_TOKEN,
      integrationName: "Notion token",
      integrationVersion: "1.0.0",
    });
    const answers = await client.secrets.resolveAll([reference]);
    const [answer] = Object.values(answers.individualResponses);
    secret = answer?.content?.secret;
    const reason = answer?.error?.type ?? "it is empty";
    if (!secret) throw new {Error}(`1Password has no ${reference}: ${reason}`);
    {onePasswordSecret}Cache.set(reference, secret);
  }
  return secret;
}""",
        signature=r"async function onePasswordSecret\(\w+(: string)?\)",
    ),
    packages=("@1password/sdk",),
    awaits=True,
)
