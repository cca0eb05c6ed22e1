"""Shell: AWS's command."""

from dataclasses import replace

from notion_lsp.lookup import Definition, Lookup

LOOKUP = Lookup(
    "${{VARIABLE}:?{SECRET_ID} cannot be read}",
    definition=Definition(
        "{VARIABLE}",
        "{VARIABLE}=$(aws secretsmanager get-secret-value --secret-id {SECRET_ID}"
        " --query SecretString --output text)",
        signature=r"{VARIABLE}=\$\(aws secretsmanager get-secret-value ",
    ),
    packages=("the aws command",),
)

LOOKUP_WITH_KEY = replace(
    LOOKUP,
    definition=Definition(
        "{VARIABLE}",
        "{VARIABLE}=$(aws secretsmanager get-secret-value --secret-id {SECRET_ID}"
        " --query SecretString --output text | jq -er '.[\"{KEY}\"]')",
        signature=r"{VARIABLE}=\$\(aws secretsmanager get-secret-value ",
    ),
    packages=("the aws command", "the jq command"),
)
