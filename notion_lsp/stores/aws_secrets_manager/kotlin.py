"""Kotlin: AWS's own kit for Java, which needs no coroutine, and Jackson for a secret in JSON."""

from dataclasses import replace

from notion_lsp.languages.kotlin import kotlin_type
from notion_lsp.lookup import Definition, Lookup
from notion_lsp.stores.aws_secrets_manager import java

# The calls of AWS's kit for Kotlin suspend, and a property's initialiser cannot call those.
LOOKUP = Lookup(
    '{awsSecret}("{SECRET_ID}")',
    (
        kotlin_type("java.util.concurrent.ConcurrentHashMap"),
        kotlin_type("software.amazon.awssdk.core.exception.SdkException"),
        kotlin_type("software.amazon.awssdk.services.secretsmanager.SecretsManagerClient"),
    ),
    Definition(
        "awsSecret",
        """\
private val {awsSecret}Cache = {ConcurrentHashMap}<String, String>()

private fun {awsSecret}(id: String): String =
    {awsSecret}Cache.computeIfAbsent(id) {
        try {
            {SecretsManagerClient}.create().use { client ->
                val secret = client.getSecretValue { it.secretId(id) }.secretString()
                check(!secret.isNullOrEmpty()) { "$id has no SecretString" }
                secret
            }
        } catch (cause: {SdkException}) {
            throw IllegalStateException("AWS Secrets Manager did not give $id", cause)
        }
    }""",
        signature=r"fun awsSecret\(\w+: String\): String =\s+awsSecretCache\b",
    ),
    # The helper calls the classes of Java's row, so it needs the same artifacts.
    packages=java.LOOKUP.packages,
)

LOOKUP_WITH_KEY = replace(
    LOOKUP,
    expression='{awsSecret}("{SECRET_ID}", "{KEY}")',
    requirements=(
        *LOOKUP.requirements,
        kotlin_type("com.fasterxml.jackson.core.JsonProcessingException"),
        kotlin_type("com.fasterxml.jackson.databind.ObjectMapper"),
    ),
    definition=Definition(
        "awsSecret",
        """\
private val {awsSecret}Cache = {ConcurrentHashMap}<String, String>()

private fun {awsSecret}(id: String, key: String): String =
    {awsSecret}Cache.computeIfAbsent("$id $key") {
        try {
            {SecretsManagerClient}.create().use { client ->
                val json = client.getSecretValue { it.secretId(id) }.secretString() ?: "{}"
                val secret = {ObjectMapper}().readTree(json).path(key).textValue()
                check(!secret.isNullOrEmpty()) { "$id has no $key" }
                secret
            }
        } catch (cause: {SdkException}) {
            throw IllegalStateException("AWS Secrets Manager did not give $id", cause)
        } catch (cause: {JsonProcessingException}) {
            // It would quote the secret.
            throw IllegalStateException("$id is not JSON")
        }
    }""",
        signature=r"fun awsSecret\(\w+: String, \w+: String\): String =\s+awsSecretCache\b",
    ),
    packages=java.LOOKUP_WITH_KEY.packages,
)
