"""Shell: the command of Vault, or of OpenBao under its name."""

from notion_lsp.lookup import Definition, Lookup

LOOKUP = Lookup(
    "${{{VARIABLE}}}",
    definition=Definition(
        "{VARIABLE}",
        # With `-mount` the command puts the `data/` of version 2 into the path itself.
        "{VARIABLE}=$(vault kv get -mount={MOUNT} -field={FIELD} {PATH})\n"
        ': "${{VARIABLE}:?{FIELD} of {MOUNT}/{PATH} cannot be read}"',
        signature=r"{VARIABLE}=\$\(vault kv get ",
        statement=True,
    ),
    packages=("the vault command",),
)
