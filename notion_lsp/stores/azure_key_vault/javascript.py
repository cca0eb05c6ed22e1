"""JavaScript: Azure's own kit."""

from notion_lsp.languages._javascript_reads import ERROR, MAP, PROCESS, imported
from notion_lsp.lookup import Definition, Lookup

# `value` is optional in the kit's types, so an empty answer gets its own message.
LOOKUP = Lookup(
    'await {azureSecret}("{SECRET_NAME}")',
    (
        MAP,
        PROCESS,
        ERROR,
        imported("@azure/identity", "DefaultAzureCredential", "AzureCredential"),
        imported("@azure/keyvault-secrets", "SecretClient", "AzureSecretClient"),
    ),
    Definition(
        "azureSecret",
        """\
const {azureSecret}Cache = new {Map}();

async function {azureSecret}(name) {
  let secret = {azureSecret}Cache.get(name);
  if (!secret) {
    const { AZURE_KEYVAULT_URL } = {process}.env;
    if (!AZURE_KEYVAULT_URL) throw new {Error}("AZURE_KEYVAULT_URL is not set");
    const client = new {SecretClient}(AZURE_KEYVAULT_URL, new {DefaultAzureCredential}());
    secret = (await client.getSecret(name)).value;
    if (!secret) throw new {Error}(`${AZURE_KEYVAULT_URL} has no value for ${name}`);
    {azureSecret}Cache.set(name, secret);
  }
  return secret;
}""",
        signature=r"async function azureSecret\(\w+(: string)?\)",
    ),
    packages=("@azure/identity", "@azure/keyvault-secrets"),
    awaits=True,
)
