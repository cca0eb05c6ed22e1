"""Azure Key Vault; its address comes from `AZURE_KEYVAULT_URL`, credentials from Azure's chain.

The helpers read a secret when first asked for it and keep it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.lookup import Remains
from notion_lsp.stores import Store, flat_name, row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notion_lsp.settings import Settings


def _names(settings: Settings, usual: str, variable: str) -> Mapping[str, str]:
    # A name in Key Vault has letters, digits and hyphens only (Azure, "Object identifiers").
    secret = flat_name(settings.azure_secret_name, usual, variable)
    return {"SECRET_NAME": secret, "VARIABLE": variable}


STORE = Store(
    id="azure-key-vault",
    title="Azure Key Vault",
    action="Read it from Azure Key Vault: {SECRET_NAME}",
    names=_names,
    lookup=lambda language, _settings: row(__name__, language.id),
    kept_as="{SECRET_NAME}",
    remains=(
        Remains("Set AZURE_KEYVAULT_URL, and give the code credentials of Azure, where it runs."),
    ),
)
