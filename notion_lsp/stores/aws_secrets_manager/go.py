"""Go: AWS's own kit."""

from dataclasses import replace

from notion_lsp.languages._go_requirements import CONTEXT, PREDECLARED, SYNC
from notion_lsp.lookup import Definition, Lookup, Requirement

_PACKAGE = "github.com/aws/aws-sdk-go-v2"

_REQUIREMENTS = (
    CONTEXT,
    SYNC,
    *PREDECLARED,
    Requirement(
        f"{_PACKAGE}/config",
        f'import "{_PACKAGE}/config"',
        "config",
        aliased=f'import awsconfig "{_PACKAGE}/config"',
        alias="awsconfig",
        standard=False,
    ),
    Requirement(
        f"{_PACKAGE}/service/secretsmanager",
        f'import "{_PACKAGE}/service/secretsmanager"',
        "secretsmanager",
        aliased=f'import awssecretsmanager "{_PACKAGE}/service/secretsmanager"',
        alias="awssecretsmanager",
        standard=False,
    ),
)

# The helper panics: a literal's place takes one value, and has none for an error.
# A secret of bytes has no `SecretString` but a `SecretBinary` (AWS API, GetSecretValue).
_READ = """\
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

LOOKUP = Lookup(
    '{awsSecret}("{SECRET_ID}")',
    _REQUIREMENTS,
    Definition(
        "awsSecret",
        f"""\
var {{awsSecret}}Cache {{sync}}.Map

func {{awsSecret}}(id string) string {{
	if secret, found := {{awsSecret}}Cache.Load(id); found {{
		return secret.(string)
	}}
{_READ}\
	{{awsSecret}}Cache.Store(id, *answer.SecretString)
	return *answer.SecretString
}}""",
        signature=r"func awsSecret\(\w+ string\) string \{",
    ),
    packages=(f"{_PACKAGE}/config", f"{_PACKAGE}/service/secretsmanager"),
)

# A secret's name has no space (AWS API, CreateSecret): `id + " " + key` is never ambiguous.
LOOKUP_WITH_KEY = replace(
    LOOKUP,
    expression='{awsSecret}("{SECRET_ID}", "{KEY}")',
    requirements=(
        *LOOKUP.requirements,
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
{_READ}\
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
