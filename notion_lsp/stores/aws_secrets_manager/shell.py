"""Shell: AWS's command."""

from dataclasses import replace

from notion_lsp.lookup import Definition, Lookup

# `:?` stops the script also where the command failed and left the variable empty (POSIX, 2.6.2).
LOOKUP = Lookup(
    "${{{VARIABLE}}}",
    definition=Definition(
        "{VARIABLE}",
        "{VARIABLE}=$(aws secretsmanager get-secret-value --secret-id {SECRET_ID}"
        " --query SecretString --output text)\n"
        ': "${{VARIABLE}:?{SECRET_ID} cannot be read}"',
        signature=r"{VARIABLE}=\$\(aws secretsmanager get-secret-value ",
        statement=True,
    ),
    packages=("the aws command",),
)

# `-e` makes jq fail on null, and the brackets allow a key with a hyphen (manual of jq 1.6).
LOOKUP_WITH_KEY = replace(
    LOOKUP,
    definition=Definition(
        "{VARIABLE}",
        "{VARIABLE}=$(aws secretsmanager get-secret-value --secret-id {SECRET_ID}"
        " --query SecretString --output text | jq -er '.[\"{KEY}\"]')\n"
        ': "${{VARIABLE}:?{SECRET_ID} cannot be read}"',
        signature=r"{VARIABLE}=\$\(aws secretsmanager get-secret-value ",
        statement=True,
    ),
    packages=("the aws command", "the jq command"),
)
