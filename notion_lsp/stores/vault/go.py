"""Go: HashiCorp's client."""

from notion_lsp.languages._go_requirements import CONTEXT, PREDECLARED, SYNC
from notion_lsp.lookup import Definition, Lookup, Requirement

# HashiCorp's `vault-client-go` calls itself beta and not for production, so `vault/api` is used.
# `DefaultConfig` takes `VAULT_ADDR` from the environment, and `NewClient` takes `VAULT_TOKEN`.
LOOKUP = Lookup(
    '{vaultSecret}("{MOUNT}", "{PATH}", "{FIELD}")',
    (
        CONTEXT,
        SYNC,
        *PREDECLARED,
        Requirement(
            "github.com/hashicorp/vault/api",
            'import "github.com/hashicorp/vault/api"',
            "api",
            aliased='import vaultapi "github.com/hashicorp/vault/api"',
            alias="vaultapi",
            standard=False,
        ),
    ),
    # `KVv2.Get` gives no error but no data for a deleted version: the field is checked.
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
    packages=("github.com/hashicorp/vault/api",),
)
