"""TypeScript: AWS's own kit."""

from dataclasses import replace

from notion_lsp.lookup import Definition
from notion_lsp.stores.aws_secrets_manager.javascript import LOOKUP as JAVASCRIPT
from notion_lsp.stores.aws_secrets_manager.javascript import (
    LOOKUP_WITH_KEY as JAVASCRIPT_WITH_KEY,
)

LOOKUP = replace(
    JAVASCRIPT,
    definition=Definition(
        "awsSecret",
        """\
const {awsSecret}Cache = new Map<string, string>();

async function {awsSecret}(id: string): Promise<string> {
  let secret = {awsSecret}Cache.get(id);
  if (!secret) {
    const answer = await new {SecretsManager}({}).getSecretValue({ SecretId: id });
    secret = answer.SecretString;
    if (!secret) throw new Error(`${id} has no SecretString`);
    {awsSecret}Cache.set(id, secret);
  }
  return secret;
}""",
        signature=r"async function awsSecret\(\w+: string\): Promise<string> \{",
    ),
)

LOOKUP_WITH_KEY = replace(
    JAVASCRIPT_WITH_KEY,
    definition=Definition(
        "awsSecret",
        """\
const {awsSecret}Cache = new Map<string, Record<string, string>>();

async function {awsSecret}(id: string, key: string): Promise<string> {
  let values = {awsSecret}Cache.get(id);
  if (!values) {
    const answer = await new {SecretsManager}({}).getSecretValue({ SecretId: id });
    values = JSON.parse(answer.SecretString ?? "{}") as Record<string, string>;
    {awsSecret}Cache.set(id, values);
  }
  const secret = values[key];
  if (!secret) throw new Error(`${id} has no ${key}`);
  return secret;
}""",
        signature=r"async function awsSecret\(\w+: string, \w+: string\): Promise<string> \{",
    ),
)
