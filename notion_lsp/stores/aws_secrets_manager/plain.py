"""A secret of AWS Secrets Manager that is the token itself."""

from dataclasses import replace

from notion_lsp.languages import Definition, Lookup, Refused, Requirement

FUNCTOOLS = Requirement("functools", "import functools", "functools")

BOTO3 = Requirement("boto3", "import boto3", "boto3", standard=False)

PYTHON = Lookup(
    '{aws_secret}("{SECRET_ID}")',
    (FUNCTOOLS, BOTO3),
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

JAVASCRIPT = Lookup(
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

GO_READ = """\
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

GO = Lookup(
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
{GO_READ}\
	{{awsSecret}}Cache.Store(id, *answer.SecretString)
	return *answer.SecretString
}}""",
        signature=r"func awsSecret\(\w+ string\) string \{",
    ),
    package=f"{_GO_PACKAGE}/config and …/service/secretsmanager",
)

SHELL = Lookup(
    "${{VARIABLE}:?{SECRET_ID} cannot be read}",
    definition=Definition(
        "{VARIABLE}",
        "{VARIABLE}=$(aws secretsmanager get-secret-value --secret-id {SECRET_ID}"
        " --query SecretString --output text)",
        signature=r"{VARIABLE}=\$\(aws secretsmanager get-secret-value ",
    ),
    package="the aws command",
)

LOOKUPS: dict[str, Lookup | Refused] = {
    "python": PYTHON,
    "javascript": JAVASCRIPT,
    "typescript": _TYPESCRIPT,
    "tsx": _TYPESCRIPT,
    "go": GO,
    "shell": SHELL,
}
