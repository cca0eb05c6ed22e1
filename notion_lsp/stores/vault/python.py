"""Python: hvac."""

from notion_lsp.languages.python import FUNCTOOLS
from notion_lsp.lookup import Definition, Lookup, Requirement

LOOKUP = Lookup(
    '{vault_secret}("{MOUNT}", "{PATH}", "{FIELD}")',
    (
        FUNCTOOLS,
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
    packages=("hvac",),
)
