"""HashiCorp Vault's key-value engine, version 2, and OpenBao, which answers the same calls.

Address and token come from `VAULT_ADDR` and `VAULT_TOKEN`. The helpers read a field when first
asked for it and keep it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.lookup import set_where_the_code_runs
from notion_lsp.stores import Store, field_name, row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notion_lsp.settings import Settings


def _names(settings: Settings, usual: str, variable: str) -> Mapping[str, str]:
    # A path holds several fields, so a second token gets a field and not a path.
    return {
        "MOUNT": settings.vault_mount,
        "PATH": settings.vault_path,
        "FIELD": field_name(settings.vault_field, usual, variable),
        "VARIABLE": variable,
    }


STORE = Store(
    id="vault",
    title="HashiCorp Vault",
    action="Read it from HashiCorp Vault: {FIELD} of {MOUNT}/{PATH}",
    names=_names,
    lookup=lambda language, _settings: row(__name__, language.id),
    kept_as="{FIELD} of {MOUNT}/{PATH}",
    remains=(set_where_the_code_runs("VAULT_ADDR and VAULT_TOKEN"),),
    common=True,
)
