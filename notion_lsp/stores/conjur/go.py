"""Go: CyberArk's client."""

from notion_lsp.languages._go_requirements import PREDECLARED, SYNC
from notion_lsp.lookup import Definition, Lookup, Requirement

# The client would write the login to `~/.netrc` or the keyring (conjur-api-go 0.15).
LOOKUP = Lookup(
    '{conjurSecret}("{ID}")',
    (
        SYNC,
        *PREDECLARED,
        Requirement(
            "github.com/cyberark/conjur-api-go/conjurapi",
            'import "github.com/cyberark/conjur-api-go/conjurapi"',
            "conjurapi",
            aliased='import conjur "github.com/cyberark/conjur-api-go/conjurapi"',
            alias="conjur",
            standard=False,
        ),
    ),
    # The helper panics: a literal's place takes one value, and has none for an error.
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
    packages=("github.com/cyberark/conjur-api-go",),
)
