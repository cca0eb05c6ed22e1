"""1Password, by the token of a service account in `OP_SERVICE_ACCOUNT_TOKEN`.

The helpers resolve a reference when first asked for it and keep what it stands for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.lookup import set_where_the_code_runs
from notion_lsp.stores import Store, row, secret_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notion_lsp.settings import Settings


def _names(settings: Settings, usual: str, variable: str) -> Mapping[str, str]:
    # `op://vault/item/[section/]field` (1Password, "Secret reference syntax").
    _, _, vault, item, *field = settings.onepassword_reference.split("/")
    secret = secret_name(f"{vault}/{item}", usual, variable)
    return {"REFERENCE": "/".join(["op:/", secret, *field]), "VARIABLE": variable}


STORE = Store(
    id="1password",
    title="1Password",
    action="Read it from 1Password: {REFERENCE}",
    names=_names,
    lookup=lambda language, _settings: row(__name__, language.id),
    kept_as="{REFERENCE}",
    remains=(set_where_the_code_runs("OP_SERVICE_ACCOUNT_TOKEN"),),
)
