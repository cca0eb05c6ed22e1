"""C#: CyberArk's client, which takes nothing from the environment."""

from notion_lsp.languages.csharp import SHARED
from notion_lsp.lookup import Definition, Lookup, Requirement

# `CONJUR_CERT_FILE` names the certificate of a server whose authority the system does not know.
LOOKUP = Lookup(
    '{ConjurSecrets}.Read("{ID}")',
    (
        *SHARED,
        Requirement(
            "System.Net",
            "using System.Net;",
            "NetworkCredential",
            alias="System.Net.NetworkCredential",
        ),
        Requirement(
            "System.Net.Http",
            "using System.Net.Http;",
            "HttpRequestException",
            alias="System.Net.Http.HttpRequestException",
        ),
        # Its `Client` needs the name before it, and so no `using`.
        Requirement("Conjur", "", "Conjur", alias="global::Conjur", standard=False),
    ),
    Definition(
        "ConjurSecrets",
        """\
file static class {ConjurSecrets}
{
    private static readonly {ConcurrentDictionary}<string, string> Kept = new();

    public static string Read(string id) => Kept.GetOrAdd(id, Fetch);

    private static string Fetch(string id)
    {
        var login = new {NetworkCredential}(
            Setting("CONJUR_AUTHN_LOGIN"), Setting("CONJUR_AUTHN_API_KEY"));
        var client = new {Conjur}.Client(Setting("CONJUR_APPLIANCE_URL"), Setting("CONJUR_ACCOUNT"))
        {
            Credential = login,
        };
        if ({Environment}.GetEnvironmentVariable("CONJUR_CERT_FILE") is { } certificate)
        {
            client.TrustedCertificates.ImportFromPemFile(certificate);
        }

        try
        {
            return client.Variable(id).GetValue();
        }
        catch ({HttpRequestException} error)
        {
            throw new {InvalidOperationException}($"Conjur cannot read {id}", error);
        }
    }

    private static string Setting(string name) =>
        {Environment}.GetEnvironmentVariable(name)
        ?? throw new {InvalidOperationException}($"{name} is not set");
}""",
        signature=r"file static class ConjurSecrets\s+\{[^}]+ Read\(string \w+\) =>",
    ),
    packages=("conjur-api",),
)
