"""JavaScript: Google's own kit."""

from notion_lsp.languages._javascript_reads import ERROR, MAP, PROCESS, imported
from notion_lsp.lookup import Definition, Lookup

# `payload` and `data` are optional in the kit's types, so an empty version gets its own message.
LOOKUP = Lookup(
    'await {googleSecret}("{SECRET_ID}")',
    (
        MAP,
        PROCESS,
        ERROR,
        imported(
            "@google-cloud/secret-manager", "SecretManagerServiceClient", "GoogleSecretManager"
        ),
    ),
    # `latest` is the API's alias of the newest version; the payload is bytes (accessSecretVersion).
    Definition(
        "googleSecret",
        """\
const {googleSecret}Cache = new {Map}();

async function {googleSecret}(id) {
  let secret = {googleSecret}Cache.get(id);
  if (!secret) {
    const { GOOGLE_CLOUD_PROJECT } = {process}.env;
    if (!GOOGLE_CLOUD_PROJECT) throw new {Error}("GOOGLE_CLOUD_PROJECT is not set");
    const name = `projects/${GOOGLE_CLOUD_PROJECT}/secrets/${id}/versions/latest`;
    const [version] = await new {SecretManagerServiceClient}().accessSecretVersion({ name });
    secret = version.payload?.data?.toString();
    if (!secret) throw new {Error}(`${name} is empty`);
    {googleSecret}Cache.set(id, secret);
  }
  return secret;
}""",
        signature=r"async function googleSecret\(\w+(: string)?\)",
    ),
    packages=("@google-cloud/secret-manager",),
    awaits=True,
)
