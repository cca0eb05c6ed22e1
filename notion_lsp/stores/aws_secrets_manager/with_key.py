"""A secret of AWS Secrets Manager that is JSON, with the token under a key."""

from dataclasses import replace

from notion_lsp.languages import Definition, Lookup, Refused, Requirement
from notion_lsp.stores.aws_secrets_manager.plain import (
    BOTO3,
    FUNCTOOLS,
    GO,
    GO_READ,
    JAVASCRIPT,
    PYTHON,
    SHELL,
)

_PYTHON = replace(
    PYTHON,
    expression='{aws_secret}("{SECRET_ID}", "{KEY}")',
    requirements=(FUNCTOOLS, Requirement("json", "import json", "json"), BOTO3),
    definition=Definition(
        "aws_secret",
        """\
@{functools}.cache
def {aws_secret}(secret_id: str, key: str) -> str:
    client = {boto3}.client("secretsmanager")
    values = {json}.loads(client.get_secret_value(SecretId=secret_id)["SecretString"])
    secret: str = values.get(key)
    if not secret:
        raise LookupError(f"{secret_id} has no {key}")
    return secret""",
        signature=r"def aws_secret\(\w+: str, \w+: str\) -> str:",
    ),
)

_JAVASCRIPT = replace(
    JAVASCRIPT,
    expression='await {awsSecret}("{SECRET_ID}", "{KEY}")',
    definition=Definition(
        "awsSecret",
        """\
const {awsSecret}Cache = new Map();

async function {awsSecret}(id, key) {
  let values = {awsSecret}Cache.get(id);
  if (!values) {
    const answer = await new {SecretsManager}({}).getSecretValue({ SecretId: id });
    values = JSON.parse(answer.SecretString ?? "{}");
    {awsSecret}Cache.set(id, values);
  }
  if (!values[key]) throw new Error(`${id} has no ${key}`);
  return values[key];
}""",
        signature=r"async function awsSecret\(\w+, \w+\) \{",
    ),
)

_TYPESCRIPT = replace(
    _JAVASCRIPT,
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

_GO = replace(
    GO,
    expression='{awsSecret}("{SECRET_ID}", "{KEY}")',
    requirements=(
        *GO.requirements,
        Requirement(
            "encoding/json",
            'import "encoding/json"',
            "json",
            aliased='import encodingjson "encoding/json"',
            alias="encodingjson",
        ),
    ),
    definition=Definition(
        "awsSecret",
        f"""\
var {{awsSecret}}Cache {{sync}}.Map

func {{awsSecret}}(id, key string) string {{
	if secret, found := {{awsSecret}}Cache.Load(id + " " + key); found {{
		return secret.(string)
	}}
{GO_READ}\
	var values map[string]any
	if err := {{json}}.Unmarshal([]byte(*answer.SecretString), &values); err != nil {{
		panic(id + " is not a JSON object")
	}}
	secret, found := values[key].(string)
	if !found || secret == "" {{
		panic(id + " has no " + key)
	}}
	{{awsSecret}}Cache.Store(id+" "+key, secret)
	return secret
}}""",
        signature=r"func awsSecret\(\w+, \w+ string\) string \{",
    ),
)

_SHELL = replace(
    SHELL,
    definition=Definition(
        "{VARIABLE}",
        "{VARIABLE}=$(aws secretsmanager get-secret-value --secret-id {SECRET_ID}"
        " --query SecretString --output text | jq -er '.[\"{KEY}\"]')",
        signature=r"{VARIABLE}=\$\(aws secretsmanager get-secret-value ",
    ),
    package="the aws and jq commands",
)

LOOKUPS: dict[str, Lookup | Refused] = {
    "python": _PYTHON,
    "javascript": _JAVASCRIPT,
    "typescript": _TYPESCRIPT,
    "tsx": _TYPESCRIPT,
    "go": _GO,
    "shell": _SHELL,
}
