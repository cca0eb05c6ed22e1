"""Java: AWS's own kit, version 2, and Jackson for a secret in JSON."""

from dataclasses import replace

from notion_lsp.languages.java import STRING, java_type
from notion_lsp.lookup import Definition, Lookup

# The client owns its connections, and is closed after the one call that it makes.
# A secret of bytes has no `SecretString` but a `SecretBinary` (AWS API, GetSecretValue).
LOOKUP = Lookup(
    '{AwsSecrets}.get("{SECRET_ID}")',
    (
        STRING,
        java_type("java.util.Map"),
        java_type("java.util.concurrent.ConcurrentHashMap"),
        java_type("software.amazon.awssdk.core.exception.SdkException"),
        java_type("software.amazon.awssdk.services.secretsmanager.SecretsManagerClient"),
    ),
    Definition(
        "AwsSecrets",
        """\
private static final class {AwsSecrets} {
    private static final {Map}<{String}, {String}> CACHE = new {ConcurrentHashMap}<>();

    static {String} get({String} id) {
        return CACHE.computeIfAbsent(id, {AwsSecrets}::read);
    }

    private static {String} read({String} id) {
        try ({SecretsManagerClient} client = {SecretsManagerClient}.create()) {
            {String} secret = client.getSecretValue(request -> request.secretId(id)).secretString();
            if (secret == null || secret.isEmpty()) {
                throw new IllegalStateException(id + " has no SecretString");
            }
            return secret;
        } catch ({SdkException} error) {
            throw new IllegalStateException("AWS Secrets Manager did not give " + id, error);
        }
    }
}""",
        signature=r"final class AwsSecrets \{[^}]* CACHE [^}]* get\("
        r"(?:java[.]lang[.])?String \w+\) \{",
    ),
    packages=("software.amazon.awssdk:secretsmanager",),
)

# Java's own library reads no JSON. A secret's name has no space (AWS API, CreateSecret), so that
# `id + " " + key` is never ambiguous.
LOOKUP_WITH_KEY = replace(
    LOOKUP,
    expression='{AwsSecrets}.get("{SECRET_ID}", "{KEY}")',
    requirements=(
        *LOOKUP.requirements,
        java_type("com.fasterxml.jackson.core.JsonProcessingException"),
        java_type("com.fasterxml.jackson.databind.JsonNode"),
        java_type("com.fasterxml.jackson.databind.ObjectMapper"),
    ),
    definition=Definition(
        "AwsSecrets",
        """\
private static final class {AwsSecrets} {
    private static final {Map}<{String}, {String}> CACHE = new {ConcurrentHashMap}<>();

    static {String} get({String} id, {String} key) {
        return CACHE.computeIfAbsent(id + " " + key, unread -> read(id, key));
    }

    private static {String} read({String} id, {String} key) {
        try ({SecretsManagerClient} client = {SecretsManagerClient}.create()) {
            {String} json = client.getSecretValue(request -> request.secretId(id)).secretString();
            {JsonNode} values = new {ObjectMapper}().readTree(json == null ? "{}" : json);
            {String} secret = values.path(key).textValue();
            if (secret == null || secret.isEmpty()) {
                throw new IllegalStateException(id + " has no " + key);
            }
            return secret;
        } catch ({SdkException} error) {
            throw new IllegalStateException("AWS Secrets Manager did not give " + id, error);
        } catch ({JsonProcessingException} error) {
            // It would quote the secret.
            throw new IllegalStateException(id + " is not JSON");
        }
    }
}""",
        signature=r"final class AwsSecrets \{[^}]* CACHE [^}]* get\("
        r"(?:java[.]lang[.])?String \w+, "
        r"(?:java[.]lang[.])?String \w+\) \{",
    ),
    packages=(*LOOKUP.packages, "com.fasterxml.jackson.core:jackson-databind"),
)
