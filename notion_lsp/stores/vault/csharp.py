"""C#: VaultSharp, which is asynchronous only and takes nothing from the environment.

The helper waits for it, as that of AWS does. The mount is always told: VaultSharp's own is `kv-v2`.
"""

from notion_lsp.languages.csharp import SHARED, TASK
from notion_lsp.lookup import Definition, Lookup, Requirement

LOOKUP = Lookup(
    '{VaultSecrets}.Read("{MOUNT}", "{PATH}", "{FIELD}")',
    (
        *SHARED,
        TASK,
        Requirement(
            "VaultSharp",
            "using VaultSharp;",
            "VaultClient",
            # `VaultClientSettings` needs this import whatever the file calls `VaultClient`.
            aliased="using VaultSharp;",
            alias="VaultSharp.VaultClient",
            standard=False,
        ),
        Requirement(
            "VaultSharp.Core",
            "using VaultSharp.Core;",
            "VaultApiException",
            alias="VaultSharp.Core.VaultApiException",
            standard=False,
        ),
        Requirement(
            "VaultSharp.V1.AuthMethods.Token",
            "using VaultSharp.V1.AuthMethods.Token;",
            "TokenAuthMethodInfo",
            alias="VaultSharp.V1.AuthMethods.Token.TokenAuthMethodInfo",
            standard=False,
        ),
    ),
    # In `Task.Run` the call has no context to return to, so the thread that waits cannot block it.
    Definition(
        "VaultSecrets",
        """\
file static class {VaultSecrets}
{
    private static readonly {ConcurrentDictionary}<(string, string, string), string> Kept = new();

    public static string Read(string mount, string path, string key) =>
        Kept.GetOrAdd(
            (mount, path, key),
            _ => {Task}.Run(() => FetchAsync(mount, path, key)).GetAwaiter().GetResult());

    private static async {Task}<string> FetchAsync(string mount, string path, string key)
    {
        var login = new {TokenAuthMethodInfo}(Setting("VAULT_TOKEN"));
        var client = new {VaultClient}(new VaultClientSettings(Setting("VAULT_ADDR"), login));
        try
        {
            var engine = client.V1.Secrets.KeyValue.V2;
            var answer = await engine.ReadSecretAsync(path, mountPoint: mount);
            return answer.Data.Data.TryGetValue(key, out var value) && value is not (null or "")
                ? $"{value}"
                : throw new {InvalidOperationException}($"{mount}/{path} has no {key}");
        }
        catch ({VaultApiException} error)
        {
            throw new {InvalidOperationException}($"Vault cannot read {mount}/{path}", error);
        }
    }

    private static string Setting(string name) =>
        {Environment}.GetEnvironmentVariable(name)
        ?? throw new {InvalidOperationException}($"{name} is not set");
}""",
        signature=r"file static class VaultSecrets\s+\{[^}]+ Read\((?:string \w+(?:, )?){3}\) =>",
    ),
    packages=("VaultSharp",),
)
