"""Python: Google's own kit."""

from notion_lsp.languages._python_reads import FUNCTOOLS, OS
from notion_lsp.lookup import Definition, Lookup, Requirement

LOOKUP = Lookup(
    '{google_secret}("{SECRET_ID}")',
    (
        FUNCTOOLS,
        OS,
        Requirement(
            # Many packages of Google share `google.cloud`, so only the name below it is imported.
            "google.cloud",
            "from google.cloud import secretmanager",
            "secretmanager",
            member="secretmanager",
            aliased="from google.cloud import secretmanager as google_secretmanager",
            alias="google_secretmanager",
            standard=False,
        ),
    ),
    # `latest` is the API's alias of the newest version; the payload is bytes (AccessSecretVersion).
    Definition(
        "google_secret",
        """\
@{functools}.cache
def {google_secret}(secret_id: str) -> str:
    project = {os}.environ["GOOGLE_CLOUD_PROJECT"]
    name = f"projects/{project}/secrets/{secret_id}/versions/latest"
    with {secretmanager}.SecretManagerServiceClient() as client:
        secret = client.access_secret_version(name=name).payload.data.decode()
    if not secret:
        raise LookupError(f"{name} is empty")
    return secret""",
        signature=r"def google_secret\(\w+: str\) -> str:",
    ),
    packages=("google-cloud-secret-manager",),
)
