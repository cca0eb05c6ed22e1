"""Python: hvac."""

from notion_lsp.languages._python_reads import FUNCTOOLS
from notion_lsp.lookup import Definition, Lookup, Requirement

# hvac raises for a path that is not there and for a bad token; a missing field is ours to check.
LOOKUP = Lookup(
    '{vault_secret}("{MOUNT}", "{PATH}", "{FIELD}")',
    (
        FUNCTOOLS,
        # hvac takes `VAULT_ADDR` and `VAULT_TOKEN` from the environment by itself.
        Requirement("hvac", "import hvac", "hvac", standard=False),
    ),
    # hvac 2.4 warns where `raise_on_deleted_version` is not given: version 3 changes its default.
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
    packages=("hvac",),
)
