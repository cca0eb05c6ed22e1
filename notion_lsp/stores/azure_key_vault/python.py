"""Python: Azure's own kit."""

from notion_lsp.languages._python_reads import FUNCTOOLS, OS
from notion_lsp.lookup import Definition, Lookup, Requirement

LOOKUP = Lookup(
    '{azure_secret}("{SECRET_NAME}")',
    (
        FUNCTOOLS,
        OS,
        # The chain tries the environment, a managed identity and a developer's own login.
        Requirement(
            "azure.identity",
            "from azure.identity import DefaultAzureCredential",
            "DefaultAzureCredential",
            member="DefaultAzureCredential",
            aliased="from azure.identity import DefaultAzureCredential as AzureCredential",
            alias="AzureCredential",
            standard=False,
        ),
        Requirement(
            "azure.keyvault.secrets",
            "from azure.keyvault.secrets import SecretClient",
            "SecretClient",
            member="SecretClient",
            aliased="from azure.keyvault.secrets import SecretClient as AzureSecretClient",
            alias="AzureSecretClient",
            standard=False,
        ),
    ),
    # Both clients hold connections, which `with` closes; `value` may be `None` by the kit's types.
    Definition(
        "azure_secret",
        """\
@{functools}.cache
def {azure_secret}(name: str) -> str:
    url = {os}.environ["AZURE_KEYVAULT_URL"]
    with {DefaultAzureCredential}() as credential, {SecretClient}(url, credential) as client:
        secret = client.get_secret(name).value
    if not secret:
        raise LookupError(f"{url} has no value for {name}")
    return secret""",
        signature=r"def azure_secret\(\w+: str\) -> str:",
    ),
    packages=("azure-identity", "azure-keyvault-secrets"),
)
