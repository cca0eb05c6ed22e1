"""Java: CyberArk's client, in the one file that has what it needs itself."""

from notion_lsp.languages.java import STRING, java_type
from notion_lsp.lookup import Definition, Lookup

# `new Conjur()` takes the address, the account and the login from the `CONJUR_` variables.
LOOKUP = Lookup(
    '{ConjurSecrets}.get("{ID}")',
    (
        STRING,
        java_type("java.util.Map"),
        java_type("java.util.concurrent.ConcurrentHashMap"),
        java_type("com.cyberark.conjur.api.Conjur"),
    ),
    Definition(
        "ConjurSecrets",
        """\
private static final class {ConjurSecrets} {
    private static final {Map}<{String}, {String}> CACHE = new {ConcurrentHashMap}<>();

    static {String} get({String} id) {
        return CACHE.computeIfAbsent(id, {ConjurSecrets}::read);
    }

    private static {String} read({String} id) {
        try {
            return new {Conjur}().variables().retrieveSecret(id);
        } catch (RuntimeException error) {
            throw new IllegalStateException("Conjur did not give " + id, error);
        }
    }
}""",
        signature=r"final class ConjurSecrets \{[^}]* CACHE [^}]* get\("
        r"(?:java[.]lang[.])?String \w+\) \{",
    ),
    packages=("com.cyberark.conjur.api:conjur-api:jar:with-dependencies",),
)
