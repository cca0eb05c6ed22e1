"""JavaScript: the two calls of Conjur's API, as there is no client for it."""

from notion_lsp.languages._javascript_reads import ERROR, MAP, PROCESS
from notion_lsp.lookup import Definition, Lookup

# The package `conjur-api` of npm is not CyberArk's.
LOOKUP = Lookup(
    'await {conjurSecret}("{ID}")',
    (MAP, PROCESS, ERROR),
    # A login such as `host/app` is one part of the path, with `%2F`. The header takes the token in
    # base64; it expires after eight minutes and is not kept (Conjur API, "Authenticate").
    Definition(
        "conjurSecret",
        """\
const {conjurSecret}Cache = new {Map}();

async function {conjurSecret}(id) {
  const setting = (name) => {
    const value = {process}.env[name];
    if (!value) throw new {Error}(`${name} is not set`);
    return value;
  };
  let secret = {conjurSecret}Cache.get(id);
  if (!secret) {
    const url = setting("CONJUR_APPLIANCE_URL");
    const account = encodeURIComponent(setting("CONJUR_ACCOUNT"));
    const login = encodeURIComponent(setting("CONJUR_AUTHN_LOGIN"));
    const access = await fetch(`${url}/authn/${account}/${login}/authenticate`, {
      method: "POST",
      body: setting("CONJUR_AUTHN_API_KEY"),
    });
    if (!access.ok) throw new {Error}(`Conjur does not let ${login} in: HTTP ${access.status}`);
    const token = Buffer.from(await access.text()).toString("base64");
    const answer = await fetch(`${url}/secrets/${account}/variable/${encodeURIComponent(id)}`, {
      headers: { Authorization: `Token token="${token}"` },
    });
    secret = await answer.text();
    if (!answer.ok || !secret) throw new {Error}(`Conjur has no ${id}: HTTP ${answer.status}`);
    {conjurSecret}Cache.set(id, secret);
  }
  return secret;
}""",
        signature=r"async function conjurSecret\(\w+(: string)?\)",
    ),
    awaits=True,
)
