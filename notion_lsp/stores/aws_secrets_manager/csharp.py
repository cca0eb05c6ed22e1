"""C#: AWS's own kit.

It is asynchronous only, and a token may stand where no `await` can: in an initialiser, a property,
a constructor. So the helper waits for it, once for each secret. The call runs on the pool, where no
context holds it back for the thread that waits.
"""

from dataclasses import replace

from notion_lsp.languages.csharp import SHARED, TASK
from notion_lsp.lookup import Definition, Lookup, Requirement

_REQUIREMENTS = (
    *SHARED,
    TASK,
    Requirement(
        "Amazon.SecretsManager",
        "using Amazon.SecretsManager;",
        "AmazonSecretsManagerClient",
        alias="Amazon.SecretsManager.AmazonSecretsManagerClient",
        standard=False,
    ),
    Requirement(
        "Amazon.SecretsManager.Model",
        "using Amazon.SecretsManager.Model;",
        "GetSecretValueRequest",
        alias="Amazon.SecretsManager.Model.GetSecretValueRequest",
        standard=False,
    ),
)

# A type of `file` scope is seen in its file alone, so that each file can have the same helper
# (C# 11, "file" in the language reference).
LOOKUP = Lookup(
    '{AwsSecrets}.Read("{SECRET_ID}")',
    _REQUIREMENTS,
    Definition(
        "AwsSecrets",
        """\
file static class {AwsSecrets}
{
    private static readonly {ConcurrentDictionary}<string, string> Kept = new();

    public static string Read(string id) =>
        Kept.GetOrAdd(id, _ => {Task}.Run(() => FetchAsync(id)).GetAwaiter().GetResult());

    private static async {Task}<string> FetchAsync(string id)
    {
        using var client = new {AmazonSecretsManagerClient}();
        var request = new {GetSecretValueRequest} { SecretId = id };
        var answer = await client.GetSecretValueAsync(request);
        return answer.SecretString is { Length: > 0 } secret
            ? secret
            : throw new {InvalidOperationException}($"{id} has no SecretString");
    }
}""",
        signature=r"file static class AwsSecrets\s+\{[^}]+ Read\(string \w+\) =>",
    ),
    packages=("AWSSDK.SecretsManager",),
)

# `System.Text.Json` is part of .NET since Core 3.0, and needs no package.
LOOKUP_WITH_KEY = replace(
    LOOKUP,
    expression='{AwsSecrets}.Read("{SECRET_ID}", "{KEY}")',
    requirements=(
        *_REQUIREMENTS,
        Requirement(
            "System.Text.Json",
            "using System.Text.Json;",
            "JsonDocument",
            alias="System.Text.Json.JsonDocument",
        ),
    ),
    definition=Definition(
        "AwsSecrets",
        """\
file static class {AwsSecrets}
{
    private static readonly {ConcurrentDictionary}<(string, string), string> Kept = new();

    public static string Read(string id, string key) =>
        Kept.GetOrAdd(
            (id, key),
            _ => {Task}.Run(() => FetchAsync(id, key)).GetAwaiter().GetResult());

    private static async {Task}<string> FetchAsync(string id, string key)
    {
        using var client = new {AmazonSecretsManagerClient}();
        var request = new {GetSecretValueRequest} { SecretId = id };
        var answer = await client.GetSecretValueAsync(request);
        using var values = {JsonDocument}.Parse(answer.SecretString ?? "{}");
        var found = values.RootElement.TryGetProperty(key, out var value);
        return found && value.GetString() is { Length: > 0 } secret
            ? secret
            : throw new {InvalidOperationException}($"{id} has no {key}");
    }
}""",
        signature=r"file static class AwsSecrets\s+\{[^}]+ Read\(string \w+, string \w+\) =>",
    ),
)
