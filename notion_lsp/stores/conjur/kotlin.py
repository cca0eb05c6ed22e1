"""Kotlin: CyberArk's client for Java."""

from notion_lsp.languages.kotlin import kotlin_type
from notion_lsp.lookup import Definition, Lookup
from notion_lsp.stores.conjur import java

LOOKUP = Lookup(
    '{conjurSecret}("{ID}")',
    (
        kotlin_type("java.util.concurrent.ConcurrentHashMap"),
        kotlin_type("com.cyberark.conjur.api.Conjur"),
    ),
    Definition(
        "conjurSecret",
        """\
private val {conjurSecret}Cache = {ConcurrentHashMap}<String, String>()

private fun {conjurSecret}(id: String): String =
    {conjurSecret}Cache.computeIfAbsent(id) {
        try {
            {Conjur}().variables().retrieveSecret(id)
        } catch (cause: RuntimeException) {
            throw IllegalStateException("Conjur did not give $id", cause)
        }
    }""",
        signature=r"fun conjurSecret\(\w+: String\): String =\s+conjurSecretCache\b",
    ),
    # The helper calls the class of Java's row, so it needs the same artifact.
    packages=java.LOOKUP.packages,
)
