"""JavaScript: AWS's own kit."""

from dataclasses import replace

from notion_lsp.languages._javascript_reads import ERROR, MAP, imported
from notion_lsp.lookup import Definition, Lookup

_PACKAGE = "@aws-sdk/client-secrets-manager"

# The aggregated client of version 3: the bare-bones one needs a second import for its command.
_CLIENT = imported(_PACKAGE, "SecretsManager", "AwsSecretsManager")

LOOKUP = Lookup(
    'await {awsSecret}("{SECRET_ID}")',
    (MAP, ERROR, _CLIENT),
    Definition(
        "awsSecret",
        """\
const {awsSecret}Cache = new {Map}();

async function {awsSecret}(id) {
  let secret = {awsSecret}Cache.get(id);
  if (!secret) {
    const answer = await new {SecretsManager}({}).getSecretValue({ SecretId: id });
    secret = answer.SecretString;
    if (!secret) throw new {Error}(`${id} has no SecretString`);
    {awsSecret}Cache.set(id, secret);
  }
  return secret;
}""",
        signature=r"async function awsSecret\(\w+(: string)?\)",
    ),
    packages=(_PACKAGE,),
    awaits=True,
)

# The whole object is kept, so that all keys of a secret cost one call.
LOOKUP_WITH_KEY = replace(
    LOOKUP,
    expression='await {awsSecret}("{SECRET_ID}", "{KEY}")',
    definition=Definition(
        "awsSecret",
        """\
const {awsSecret}Cache = new {Map}();

async function {awsSecret}(id, key) {
  let values = {awsSecret}Cache.get(id);
  if (!values) {
    const answer = await new {SecretsManager}({}).getSecretValue({ SecretId: id });
    values = JSON.parse(answer.SecretString ?? "{}");
    {awsSecret}Cache.set(id, values);
  }
  const secret = values[key];
  if (!secret) throw new {Error}(`${id} has no ${key}`);
  return secret;
}""",
        signature=r"async function awsSecret\(\w+(: string)?, \w+(: string)?\)",
    ),
)
