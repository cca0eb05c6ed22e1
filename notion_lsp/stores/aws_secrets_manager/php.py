"""PHP: AWS's own kit, which takes region and credentials from the environment.

Each of two files that have the helper defines it only where it is missing.
"""

from dataclasses import replace

from notion_lsp.lookup import Definition, Lookup

# `version` is the date of Secrets Manager's API (AWS API reference).
_CLIENT = r"new \Aws\SecretsManager\SecretsManagerClient(['version' => '2017-10-17'])"

# `function_exists` takes a name with its namespace, whatever namespace it is called in.
LOOKUP = Lookup(
    "{aws_secret}('{SECRET_ID}')",
    definition=Definition(
        "aws_secret",
        rf"""if (!function_exists(__NAMESPACE__ . '\{{aws_secret}}')) {{
    function {{aws_secret}}(string $id): string
    {{
        static $kept = [];
        if (!isset($kept[$id])) {{
            $client = {_CLIENT};
            $kept[$id] = $client->getSecretValue(['SecretId' => $id])['SecretString']
                ?? throw new \RuntimeException("$id has no SecretString");
        }}
        return $kept[$id];
    }}
}}""",
        signature=r"function aws_secret\(string \$\w+\): string",
    ),
    packages=("aws/aws-sdk-php",),
)

# PHP shows the arguments of what throws in a trace: decoding answers with null instead.
# The name is its own: what is there already would take the key and give the whole secret.
LOOKUP_WITH_KEY = replace(
    LOOKUP,
    expression="{aws_json_secret}('{SECRET_ID}', '{KEY}')",
    definition=Definition(
        "aws_json_secret",
        rf"""if (!function_exists(__NAMESPACE__ . '\{{aws_json_secret}}')) {{
    function {{aws_json_secret}}(string $id, string $key): string
    {{
        static $kept = [];
        if (!isset($kept[$id])) {{
            $client = {_CLIENT};
            $secret = $client->getSecretValue(['SecretId' => $id])['SecretString'] ?? '';
            $kept[$id] = json_decode($secret, true)
                ?? throw new \RuntimeException("$id is not JSON");
        }}
        return ($kept[$id][$key] ?? null) ?: throw new \RuntimeException("$id has no $key");
    }}
}}""",
        signature=r"function aws_json_secret\(string \$\w+, string \$\w+\): string",
    ),
)
