"""Python: keyring."""

from notion_lsp.languages._python_reads import FUNCTOOLS
from notion_lsp.lookup import Definition, Lookup, Requirement

# keyring answers with `None` where there is no password.
LOOKUP = Lookup(
    '{keyring_secret}("{SERVICE}", "{USER}")',
    (FUNCTOOLS, Requirement("keyring", "import keyring", "keyring", standard=False)),
    Definition(
        "keyring_secret",
        """\
@{functools}.cache
def {keyring_secret}(service: str, user: str) -> str:
    secret = {keyring}.get_password(service, user)
    if not secret:
        raise LookupError(f"the keyring has no {user} of {service}")
    return secret""",
        signature=r"def keyring_secret\(\w+: str, \w+: str\) -> str:",
    ),
    packages=("keyring",),
)
