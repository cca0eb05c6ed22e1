"""Kotlin: the jopenlibs driver, which reads the address and the token from the environment."""

from notion_lsp.languages.kotlin import kotlin_type
from notion_lsp.lookup import Definition, Lookup

LOOKUP = Lookup(
    '{vaultSecret}("{MOUNT}", "{PATH}", "{FIELD}")',
    (
        kotlin_type("java.util.concurrent.ConcurrentHashMap"),
        kotlin_type("io.github.jopenlibs.vault.Vault"),
        kotlin_type("io.github.jopenlibs.vault.VaultConfig"),
        kotlin_type("io.github.jopenlibs.vault.VaultException"),
    ),
    # As in Java: 2 is the engine's version, `prefixPath` counts the mount's parts, and a missing
    # secret throws nothing.
    Definition(
        "vaultSecret",
        """\
private val {vaultSecret}Cache = {ConcurrentHashMap}<String, String>()

private fun {vaultSecret}(mount: String, path: String, key: String): String =
    {vaultSecret}Cache.computeIfAbsent("$key of $mount/$path") { name ->
        try {
            val config = {VaultConfig}().prefixPath(mount).build()
            val answer = {Vault}.create(config, 2).logical().read("$mount/$path")
            val secret = answer.data[key]
            check(!secret.isNullOrEmpty()) {
                "Vault gave no $name: HTTP ${answer.restResponse.status}"
            }
            secret
        } catch (cause: {VaultException}) {
            throw IllegalStateException("Vault gave no $name", cause)
        }
    }""",
        signature=r"fun vaultSecret\((?:\w+: String(?:, )?){3}\): String =\s+vaultSecretCache\b",
    ),
    packages=("io.github.jopenlibs:vault-java-driver",),
)
