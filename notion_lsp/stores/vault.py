"""HashiCorp Vault's key-value engine, version 2, and OpenBao, which answers the same calls.

Address and token come from `VAULT_ADDR` and `VAULT_TOKEN`. The helpers read a field when first
asked for it and keep it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from notion_lsp.languages import Definition, Lookup, Requirement
from notion_lsp.stores import Store, field_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notion_lsp.languages import Refused
    from notion_lsp.settings import Settings


def _names(settings: Settings, usual: str, variable: str) -> Mapping[str, str]:
    return {
        "MOUNT": settings.vault_mount,
        "PATH": settings.vault_path,
        "FIELD": field_name(settings.vault_field, usual, variable),
        "VARIABLE": variable,
    }


_PYTHON = Lookup(
    '{vault_secret}("{MOUNT}", "{PATH}", "{FIELD}")',
    (
        Requirement("functools", "import functools", "functools"),
        Requirement("hvac", "import hvac", "hvac", standard=False),
    ),
    Definition(
        "vault_secret",
        """\
@{functools}.cache
def {vault_secret}(mount: str, path: str, key: str) -> str:
    answer = {hvac}.Client().secrets.kv.v2.read_secret_version(
        path=path, mount_point=mount, raise_on_deleted_version=True
    )
    secret: str = answer["data"]["data"].get(key)
    if not secret:
        raise LookupError(f"{mount}/{path} has no {key}")
    return secret""",
        signature=r"def vault_secret\(\w+: str, \w+: str, \w+: str\) -> str:",
    ),
    package="hvac",
)

_JAVASCRIPT = Lookup(
    'await {vaultSecret}("{MOUNT}", "{PATH}", "{FIELD}")',
    (
        Requirement(
            "node-vault",
            'import vault from "node-vault";',
            "vault",
            aliased='import nodeVault from "node-vault";',
            alias="nodeVault",
            standard=False,
            commonjs='const vault = require("node-vault");',
            aliased_commonjs='const nodeVault = require("node-vault");',
        ),
    ),
    Definition(
        "vaultSecret",
        """\
const {vaultSecret}Cache = new Map();

async function {vaultSecret}(mount, path, key) {
  const id = `${mount}/data/${path}`;
  let values = {vaultSecret}Cache.get(id);
  if (!values) {
    values = (await {vault}().read(id)).data.data;
    {vaultSecret}Cache.set(id, values);
  }
  if (!values[key]) throw new Error(`${mount}/${path} has no ${key}`);
  return values[key];
}""",
        signature=r"async function vaultSecret\(\w+, \w+, \w+\) \{",
    ),
    package="node-vault",
    awaits=True,
)
_TYPESCRIPT = replace(
    _JAVASCRIPT,
    definition=Definition(
        "vaultSecret",
        """\
const {vaultSecret}Cache = new Map<string, Record<string, string>>();

async function {vaultSecret}(mount: string, path: string, key: string): Promise<string> {
  const id = `${mount}/data/${path}`;
  let values = {vaultSecret}Cache.get(id);
  if (!values) {
    values = (await {vault}().read(id)).data.data as Record<string, string>;
    {vaultSecret}Cache.set(id, values);
  }
  const secret = values[key];
  if (!secret) throw new Error(`${mount}/${path} has no ${key}`);
  return secret;
}""",
        signature=r"async function vaultSecret\(\w+: string, \w+: string, \w+: string\)",
    ),
)

_GO = Lookup(
    '{vaultSecret}("{MOUNT}", "{PATH}", "{FIELD}")',
    (
        Requirement("context", 'import "context"', "context"),
        Requirement("sync", 'import "sync"', "sync"),
        Requirement(
            "github.com/hashicorp/vault/api",
            'import "github.com/hashicorp/vault/api"',
            "api",
            aliased='import vaultapi "github.com/hashicorp/vault/api"',
            alias="vaultapi",
            standard=False,
        ),
    ),
    Definition(
        "vaultSecret",
        """\
var {vaultSecret}Cache {sync}.Map

func {vaultSecret}(mount, path, key string) string {
	id := mount + "/" + path + " " + key
	if secret, found := {vaultSecret}Cache.Load(id); found {
		return secret.(string)
	}
	client, err := {api}.NewClient({api}.DefaultConfig())
	if err != nil {
		panic(err)
	}
	answer, err := client.KVv2(mount).Get({context}.Background(), path)
	if err != nil {
		panic(err)
	}
	secret, found := answer.Data[key].(string)
	if !found || secret == "" {
		panic(mount + "/" + path + " has no " + key)
	}
	{vaultSecret}Cache.Store(id, secret)
	return secret
}""",
        signature=r"func vaultSecret\(\w+, \w+, \w+ string\) string \{",
    ),
    package="github.com/hashicorp/vault/api",
)

_SHELL = Lookup(
    "${{VARIABLE}:?{FIELD} of {MOUNT}/{PATH} cannot be read}",
    definition=Definition(
        "{VARIABLE}",
        "{VARIABLE}=$(vault kv get -mount={MOUNT} -field={FIELD} {PATH})",
        signature=r"{VARIABLE}=\$\(vault kv get ",
    ),
    package="the vault command",
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
    id="vault",
    title="HashiCorp Vault",
    action="Read it from HashiCorp Vault: {FIELD} of {MOUNT}/{PATH}",
    lookups=lambda _settings: _LOOKUPS,
    names=_names,
)
