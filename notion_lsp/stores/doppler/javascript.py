"""JavaScript: Doppler's own kit."""

from notion_lsp.languages._javascript_reads import ERROR, MAP, PROCESS, imported
from notion_lsp.lookup import Definition, Lookup

LOOKUP = Lookup(
    'await {dopplerSecret}("{NAME}")',
    (MAP, PROCESS, ERROR, imported("@dopplerhq/node-sdk", "DopplerSDK", "Doppler")),
    # In `computed` the references to other secrets are resolved; `raw` has them as typed.
    Definition(
        "dopplerSecret",
        """\
const {dopplerSecret}Cache = new {Map}();

async function {dopplerSecret}(name) {
  let secret = {dopplerSecret}Cache.get(name);
  if (!secret) {
    const { DOPPLER_TOKEN, DOPPLER_PROJECT, DOPPLER_CONFIG } = {process}.env;
    if (!DOPPLER_TOKEN || !DOPPLER_PROJECT || !DOPPLER_CONFIG) {
      throw new {Error}("One of DOPPLER_TOKEN, DOPPLER_PROJECT and DOPPLER_CONFIG is not set");
    }
    const client = new {DopplerSDK}({ accessToken: DOPPLER_TOKEN });
    const answer = await client.secrets
      .get(DOPPLER_PROJECT, DOPPLER_CONFIG, name)
      .catch((error) => {
        throw new {Error}(`Doppler does not give ${name}: ${error.title ?? error.message}`);
      });
    secret = answer.value?.computed;
    if (!secret) throw new {Error}(`Doppler has no value for ${name}`);
    {dopplerSecret}Cache.set(name, secret);
  }
  return secret;
}""",
        signature=r"async function dopplerSecret\(\w+(: string)?\)",
    ),
    packages=("@dopplerhq/node-sdk",),
    awaits=True,
)
