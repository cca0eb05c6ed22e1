"""AWS Secrets Manager, by each language's own kit; credentials and region from its environment.

The helpers read a secret when first asked for it and keep it: Secrets Manager charges by the call.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from notion_lsp.languages import Definition, Lookup, Requirement
from notion_lsp.stores import Store, secret_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notion_lsp.settings import Settings


def _names(settings: Settings, usual: str, variable: str) -> Mapping[str, str]:
    secret = secret_name(settings.aws_secret_id, usual, variable)
    return {"secret_id": secret, "name": variable, "variable": variable}


_PYTHON = Lookup(
    '{aws_secret}("{secret_id}")',
    (
        Requirement("functools", "import functools", "functools"),
        Requirement("boto3", "import boto3", "boto3", standard=False),
    ),
    Definition(
        "aws_secret",
        """
@{functools}.cache
def {aws_secret}(secret_id: str) -> str:
    client = {boto3}.client("secretsmanager")
    return client.get_secret_value(SecretId=secret_id)["SecretString"]
""",
        signature=r"def aws_secret\(\w+: str\) -> str:",
    ),
    package="boto3",
)

_JAVASCRIPT_PACKAGE = "@aws-sdk/client-secrets-manager"
_JAVASCRIPT = Lookup(
    'await {awsSecret}("{secret_id}")',
    (
        Requirement(
            _JAVASCRIPT_PACKAGE,
            f'import {{ SecretsManager }} from "{_JAVASCRIPT_PACKAGE}";',
            "SecretsManager",
            member="SecretsManager",
            standard=False,
            commonjs=f'const {{ SecretsManager }} = require("{_JAVASCRIPT_PACKAGE}");',
        ),
    ),
    Definition(
        "awsSecret",
        """\
const awsSecrets = new Map();

async function {awsSecret}(id) {
  let secret = awsSecrets.get(id);
  if (!secret) {
    const answer = await new SecretsManager({}).getSecretValue({ SecretId: id });
    if (!answer.SecretString) throw new Error(`${id} has no SecretString`);
    secret = answer.SecretString;
    awsSecrets.set(id, secret);
  }
  return secret;
}""",
        signature=r"async function awsSecret\(\w+\) \{",
    ),
    package=_JAVASCRIPT_PACKAGE,
    awaits=True,
)
_TYPESCRIPT = replace(
    _JAVASCRIPT,
    definition=Definition(
        "awsSecret",
        """\
const awsSecrets = new Map<string, string>();

async function {awsSecret}(id: string): Promise<string> {
  let secret = awsSecrets.get(id);
  if (!secret) {
    const answer = await new SecretsManager({}).getSecretValue({ SecretId: id });
    if (!answer.SecretString) throw new Error(`${id} has no SecretString`);
    secret = answer.SecretString;
    awsSecrets.set(id, secret);
  }
  return secret;
}""",
        signature=r"async function awsSecret\(\w+: string\): Promise<string> \{",
    ),
)

_GO = Lookup(
    '{awsSecret}("{secret_id}")',
    (
        Requirement("context", 'import "context"', "context"),
        Requirement("sync", 'import "sync"', "sync"),
        Requirement(
            "github.com/aws/aws-sdk-go-v2/config",
            'import "github.com/aws/aws-sdk-go-v2/config"',
            "config",
            aliased='import awsconfig "github.com/aws/aws-sdk-go-v2/config"',
            alias="awsconfig",
            standard=False,
        ),
        Requirement(
            "github.com/aws/aws-sdk-go-v2/service/secretsmanager",
            'import "github.com/aws/aws-sdk-go-v2/service/secretsmanager"',
            "secretsmanager",
            standard=False,
        ),
    ),
    Definition(
        "awsSecret",
        """\
var awsSecrets {sync}.Map

func {awsSecret}(id string) string {
	if secret, found := awsSecrets.Load(id); found {
		return secret.(string)
	}
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
	awsSecrets.Store(id, *answer.SecretString)
	return *answer.SecretString
}""",
        signature=r"func awsSecret\(\w+ string\) string \{",
    ),
    package="github.com/aws/aws-sdk-go-v2/service/secretsmanager",
)

_SHELL = Lookup(
    "${{variable}:?{secret_id} cannot be read}",
    definition=Definition(
        "{variable}",
        "{variable}=$(aws secretsmanager get-secret-value --secret-id {secret_id}"
        " --query SecretString --output text)",
        signature=r"{variable}=\$\(aws secretsmanager get-secret-value ",
    ),
    package="the aws command",
)

STORE = Store(
    id="aws-secrets-manager",
    title="AWS Secrets Manager",
    action="Read it from AWS Secrets Manager: {secret_id}",
    lookups=lambda _settings: {
        "python": _PYTHON,
        "javascript": _JAVASCRIPT,
        "typescript": _TYPESCRIPT,
        "tsx": _TYPESCRIPT,
        "go": _GO,
        "shell": _SHELL,
    },
    names=_names,
)
