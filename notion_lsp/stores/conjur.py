"""CyberArk Conjur; address, account and login come from the variables that its own kits read.

The helpers read a variable when first asked for it and keep it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from notion_lsp.languages import Definition, Lookup, Requirement
from notion_lsp.stores import Store, secret_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notion_lsp.languages import Refused
    from notion_lsp.settings import Settings


def _names(settings: Settings, usual: str, variable: str) -> Mapping[str, str]:
    secret = secret_name(settings.conjur_variable, usual, variable)
    return {"ID": secret, "VARIABLE": variable}


# The client refuses to be called where an event loop runs: a thread of its own has none.
_PYTHON = Lookup(
    '{conjur_secret}("{ID}")',
    (
        Requirement("functools", "import functools", "functools"),
        Requirement("os", "import os", "os", aliased="import os as _os", alias="_os"),
        Requirement(
            "concurrent.futures",
            "from concurrent.futures import ThreadPoolExecutor",
            "ThreadPoolExecutor",
            member="ThreadPoolExecutor",
        ),
        Requirement("conjur_api", "import conjur_api", "conjur_api", standard=False),
    ),
    Definition(
        "conjur_secret",
        """\
@{functools}.cache
def {conjur_secret}(variable_id: str) -> str:
    url = {os}.environ["CONJUR_APPLIANCE_URL"]
    certificate = {os}.environ.get("CONJUR_CERT_FILE")
    verification = {conjur_api}.models.SslVerificationMode
    credentials = {conjur_api}.providers.SimpleCredentialsProvider()
    credentials.save(
        {conjur_api}.models.CredentialsData(
            machine=url,
            username={os}.environ["CONJUR_AUTHN_LOGIN"],
            api_key={os}.environ["CONJUR_AUTHN_API_KEY"],
        )
    )
    client = {conjur_api}.Client(
        {conjur_api}.models.ConjurConnectionInfo(
            conjur_url=url, account={os}.environ["CONJUR_ACCOUNT"], cert_file=certificate
        ),
        verification.CA_BUNDLE if certificate else verification.TRUST_STORE,
        {conjur_api}.providers.AuthnAuthenticationStrategy(credentials),
        async_mode=False,
    )
    # The client may not be called where an event loop runs: a thread of its own has none.
    with {ThreadPoolExecutor}(1) as thread:
        secret: bytes = thread.submit(client.get, variable_id).result()
    return secret.decode()""",
        signature=r"def conjur_secret\(\w+: str\) -> str:",
    ),
    package="conjur-api",
)

_JAVASCRIPT = Lookup(
    'await {conjurSecret}("{ID}")',
    definition=Definition(
        "conjurSecret",
        """\
const {conjurSecret}Cache = new Map();

async function {conjurSecret}(id) {
  const setting = (name) => {
    const value = process.env[name];
    if (!value) throw new Error(`${name} is not set`);
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
    if (!access.ok) throw new Error(`Conjur does not let ${login} in: HTTP ${access.status}`);
    const token = Buffer.from(await access.text()).toString("base64");
    const answer = await fetch(`${url}/secrets/${account}/variable/${encodeURIComponent(id)}`, {
      headers: { Authorization: `Token token="${token}"` },
    });
    secret = await answer.text();
    if (!answer.ok || !secret) throw new Error(`Conjur has no ${id}: HTTP ${answer.status}`);
    {conjurSecret}Cache.set(id, secret);
  }
  return secret;
}""",
        signature=r"async function conjurSecret\(\w+\) \{",
    ),
    awaits=True,
)
_TYPESCRIPT = replace(
    _JAVASCRIPT,
    definition=Definition(
        "conjurSecret",
        """\
const {conjurSecret}Cache = new Map<string, string>();

async function {conjurSecret}(id: string): Promise<string> {
  const setting = (name: string): string => {
    const value = process.env[name];
    if (!value) throw new Error(`${name} is not set`);
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
    if (!access.ok) throw new Error(`Conjur does not let ${login} in: HTTP ${access.status}`);
    const token = Buffer.from(await access.text()).toString("base64");
    const answer = await fetch(`${url}/secrets/${account}/variable/${encodeURIComponent(id)}`, {
      headers: { Authorization: `Token token="${token}"` },
    });
    secret = await answer.text();
    if (!answer.ok || !secret) throw new Error(`Conjur has no ${id}: HTTP ${answer.status}`);
    {conjurSecret}Cache.set(id, secret);
  }
  return secret;
}""",
        signature=r"async function conjurSecret\(\w+: string\): Promise<string> \{",
    ),
)

_GO = Lookup(
    '{conjurSecret}("{ID}")',
    (
        Requirement("sync", 'import "sync"', "sync"),
        Requirement(
            "github.com/cyberark/conjur-api-go/conjurapi",
            'import "github.com/cyberark/conjur-api-go/conjurapi"',
            "conjurapi",
            standard=False,
        ),
    ),
    Definition(
        "conjurSecret",
        """\
var {conjurSecret}Cache {sync}.Map

func {conjurSecret}(id string) string {
	if secret, found := {conjurSecret}Cache.Load(id); found {
		return secret.(string)
	}
	settings, err := {conjurapi}.LoadConfig()
	if err != nil {
		panic(err)
	}
	// What the environment holds need not be written to disk.
	settings.CredentialStorage = {conjurapi}.CredentialStorageNone
	client, err := {conjurapi}.NewClientFromEnvironment(settings)
	if err != nil {
		panic(err)
	}
	secret, err := client.RetrieveSecret(id)
	if err != nil {
		panic(err)
	}
	{conjurSecret}Cache.Store(id, string(secret))
	return string(secret)
}""",
        signature=r"func conjurSecret\(\w+ string\) string \{",
    ),
    package="github.com/cyberark/conjur-api-go",
)

_SHELL = Lookup(
    "${{VARIABLE}:?{ID} cannot be read}",
    definition=Definition(
        "{VARIABLE}",
        """\
{VARIABLE}=$(
  login=$(printf %s "$CONJUR_AUTHN_LOGIN" | sed 's,/,%2F,g')
  access=$(printf %s "$CONJUR_AUTHN_API_KEY" | curl -fsS --data-binary @- \\
    "$CONJUR_APPLIANCE_URL/authn/$CONJUR_ACCOUNT/$login/authenticate" | base64 | tr -d '\\n')
  printf 'Authorization: Token token="%s"' "$access" | curl -fsS -H @- \\
    "$CONJUR_APPLIANCE_URL/secrets/$CONJUR_ACCOUNT/variable/{ID}"
)""",
        signature=r"{VARIABLE}=\$\(\s+login=\$\(printf %s \"\$CONJUR_AUTHN_LOGIN\"",
    ),
    package="curl",
)

_LOOKUPS: dict[str, Lookup | Refused] = {
    "python": _PYTHON,
    "javascript": _JAVASCRIPT,
    "typescript": _TYPESCRIPT,
    "tsx": _TYPESCRIPT,
    "go": _GO,
    "shell": _SHELL,
}

STORE = Store(
    id="conjur",
    title="CyberArk Conjur",
    action="Read it from CyberArk Conjur: {ID}",
    lookups=lambda _settings: _LOOKUPS,
    names=_names,
)
