"""Java: the jopenlibs driver, which reads the address and the token from the environment."""

from notion_lsp.languages.java import STRING, java_type
from notion_lsp.lookup import Definition, Lookup

# jopenlibs maintains what was `com.bettercloud:vault-java-driver`.
LOOKUP = Lookup(
    '{VaultSecrets}.get("{MOUNT}", "{PATH}", "{FIELD}")',
    (
        STRING,
        java_type("java.util.Map"),
        java_type("java.util.concurrent.ConcurrentHashMap"),
        java_type("io.github.jopenlibs.vault.Vault"),
        java_type("io.github.jopenlibs.vault.VaultConfig"),
        java_type("io.github.jopenlibs.vault.VaultException"),
    ),
    # For version 2 the driver puts `data/` into the path, behind its first part: `prefixPath` tells
    # it how many parts the mount has. A missing secret throws nothing: the message has the status.
    Definition(
        "VaultSecrets",
        """\
private static final class {VaultSecrets} {
    private static final {Map}<{String}, {String}> CACHE = new {ConcurrentHashMap}<>();

    static {String} get({String} mount, {String} path, {String} key) {
        {String} name = key + " of " + mount + "/" + path;
        return CACHE.computeIfAbsent(name, unread -> read(mount, path, key, name));
    }

    private static {String} read({String} mount, {String} path, {String} key, {String} name) {
        try {
            var config = new {VaultConfig}().prefixPath(mount).build();
            var answer = {Vault}.create(config, 2).logical().read(mount + "/" + path);
            {String} secret = answer.getData().get(key);
            if (secret == null || secret.isEmpty()) {
                int status = answer.getRestResponse().getStatus();
                throw new IllegalStateException("Vault gave no " + name + ": HTTP " + status);
            }
            return secret;
        } catch ({VaultException} error) {
            throw new IllegalStateException("Vault gave no " + name, error);
        }
    }
}""",
        signature=r"final class VaultSecrets \{[^}]* CACHE [^}]* get\("
        r"(?:(?:java[.]lang[.])?String \w+(?:, )?){3}\)",
    ),
    packages=("io.github.jopenlibs:vault-java-driver",),
)
