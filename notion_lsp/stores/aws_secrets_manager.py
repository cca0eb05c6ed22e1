"""AWS Secrets Manager, by each language's own kit; credentials and region from its environment.

The helpers read a secret when first asked for it and keep it: Secrets Manager charges by the call.
A secret is the token itself, or JSON with the token under a key.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from notion_lsp.languages import Definition, Lookup, Requirement
from notion_lsp.stores import Store, field_name, secret_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notion_lsp.languages import Refused
    from notion_lsp.settings import Settings


def _names(settings: Settings, usual: str, variable: str) -> Mapping[str, str]:
    secret, key = settings.aws_secret_id, settings.aws_json_key
    if key:
        key = field_name(key, usual, variable)
    else:
        secret = secret_name(secret, usual, variable)
    return {"SECRET_ID": secret, "KEY": key, "VARIABLE": variable}


def _lookups(settings: Settings) -> Mapping[str, Lookup | Refused]:
    return _WITH_KEY if settings.aws_json_key else _PLAIN


_FUNCTOOLS = Requirement("functools", "import functools", "functools")
_JSON = Requirement("json", "import json", "json")
_BOTO3 = Requirement("boto3", "import boto3", "boto3", standard=False)

_PYTHON = Lookup(
    '{aws_secret}("{SECRET_ID}")',
    (_FUNCTOOLS, _BOTO3),
    Definition(
        "aws_secret",
        """\
@{functools}.cache
def {aws_secret}(secret_id: str) -> str:
    client = {boto3}.client("secretsmanager")
    secret: str = client.get_secret_value(SecretId=secret_id)["SecretString"]
    return secret""",
        signature=r"def aws_secret\(\w+: str\) -> str:",
    ),
    package="boto3",
)
_PYTHON_WITH_KEY = Lookup(
    '{aws_secret}("{SECRET_ID}", "{KEY}")',
    (_FUNCTOOLS, _JSON, _BOTO3),
    Definition(
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
    package="boto3",
)

_NODE_PACKAGE = "@aws-sdk/client-secrets-manager"
_NODE_CLIENT = Requirement(
    _NODE_PACKAGE,
    f'import {{ SecretsManager }} from "{_NODE_PACKAGE}";',
    "SecretsManager",
    member="SecretsManager",
    aliased=f'import {{ SecretsManager as AwsSecretsManager }} from "{_NODE_PACKAGE}";',
    alias="AwsSecretsManager",
    standard=False,
    commonjs=f'const {{ SecretsManager }} = require("{_NODE_PACKAGE}");',
    aliased_commonjs=f'const {{ SecretsManager: AwsSecretsManager }} = require("{_NODE_PACKAGE}");',
)
_JAVASCRIPT = Lookup(
    'await {awsSecret}("{SECRET_ID}")',
    (_NODE_CLIENT,),
    Definition(
        "awsSecret",
        """\
const {awsSecret}Cache = new Map();

async function {awsSecret}(id) {
  let secret = {awsSecret}Cache.get(id);
  if (!secret) {
    const answer = await new {SecretsManager}({}).getSecretValue({ SecretId: id });
    secret = answer.SecretString;
    if (!secret) throw new Error(`${id} has no SecretString`);
    {awsSecret}Cache.set(id, secret);
  }
  return secret;
}""",
        signature=r"async function awsSecret\(\w+\) \{",
    ),
    package=_NODE_PACKAGE,
    awaits=True,
)
_TYPESCRIPT = replace(
    _JAVASCRIPT,
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
_JAVASCRIPT_WITH_KEY = replace(
    _JAVASCRIPT,
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
_TYPESCRIPT_WITH_KEY = replace(
    _JAVASCRIPT_WITH_KEY,
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

_GO_PACKAGE = "github.com/aws/aws-sdk-go-v2"
_GO_REQUIREMENTS = (
    Requirement("context", 'import "context"', "context"),
    Requirement("sync", 'import "sync"', "sync"),
    Requirement(
        f"{_GO_PACKAGE}/config",
        f'import "{_GO_PACKAGE}/config"',
        "config",
        aliased=f'import awsconfig "{_GO_PACKAGE}/config"',
        alias="awsconfig",
        standard=False,
    ),
    Requirement(
        f"{_GO_PACKAGE}/service/secretsmanager",
        f'import "{_GO_PACKAGE}/service/secretsmanager"',
        "secretsmanager",
        aliased=f'import awssecretsmanager "{_GO_PACKAGE}/service/secretsmanager"',
        alias="awssecretsmanager",
        standard=False,
    ),
)
_GO_READ = """\
	ctx := {context}.Background()
	settings, err := {config}.LoadDefaultConfig(ctx)
	if err != nil {
		panic(err)
	}
	client := {secretsmanager}.NewFromConfig(settings)
	answer, err := client.GetSecretValue(ctx, &{secretsmanager}.GetSecretValueInput{SecretId: &id})
	if err != nil {
		panic(err)
	}
	if answer.SecretString == nil {
		panic(id + " has no SecretString")
	}
"""
_GO = Lookup(
    '{awsSecret}("{SECRET_ID}")',
    _GO_REQUIREMENTS,
    Definition(
        "awsSecret",
        f"""\
var {{awsSecret}}Cache {{sync}}.Map

func {{awsSecret}}(id string) string {{
	if secret, found := {{awsSecret}}Cache.Load(id); found {{
		return secret.(string)
	}}
{_GO_READ}\
	{{awsSecret}}Cache.Store(id, *answer.SecretString)
	return *answer.SecretString
}}""",
        signature=r"func awsSecret\(\w+ string\) string \{",
    ),
    package=f"{_GO_PACKAGE}/config and …/service/secretsmanager",
)
_GO_WITH_KEY = replace(
    _GO,
    expression='{awsSecret}("{SECRET_ID}", "{KEY}")',
    requirements=(
        *_GO_REQUIREMENTS,
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
{_GO_READ}\
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

_SHELL = Lookup(
    "${{VARIABLE}:?{SECRET_ID} cannot be read}",
    definition=Definition(
        "{VARIABLE}",
        "{VARIABLE}=$(aws secretsmanager get-secret-value --secret-id {SECRET_ID}"
        " --query SecretString --output text)",
        signature=r"{VARIABLE}=\$\(aws secretsmanager get-secret-value ",
    ),
    package="the aws command",
)
_SHELL_WITH_KEY = Lookup(
    "${{VARIABLE}:?{SECRET_ID} cannot be read}",
    definition=Definition(
        "{VARIABLE}",
        "{VARIABLE}=$(aws secretsmanager get-secret-value --secret-id {SECRET_ID}"
        " --query SecretString --output text | jq -er '.[\"{KEY}\"]')",
        signature=r"{VARIABLE}=\$\(aws secretsmanager get-secret-value ",
    ),
    package="the aws and jq commands",
)

_PLAIN: dict[str, Lookup | Refused] = {
    "python": _PYTHON,
    "javascript": _JAVASCRIPT,
    "typescript": _TYPESCRIPT,
    "tsx": _TYPESCRIPT,
    "go": _GO,
    "shell": _SHELL,
}
_WITH_KEY: dict[str, Lookup | Refused] = {
    "python": _PYTHON_WITH_KEY,
    "javascript": _JAVASCRIPT_WITH_KEY,
    "typescript": _TYPESCRIPT_WITH_KEY,
    "tsx": _TYPESCRIPT_WITH_KEY,
    "go": _GO_WITH_KEY,
    "shell": _SHELL_WITH_KEY,
}

STORE = Store(
    id="aws-secrets-manager",
    title="AWS Secrets Manager",
    action="Read it from AWS Secrets Manager: {SECRET_ID}",
    lookups=_lookups,
    names=_names,
)
