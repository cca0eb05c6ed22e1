"""Google Secret Manager; project from `GOOGLE_CLOUD_PROJECT`, credentials from Google's chain.

The helpers read a secret's latest version when first asked for it and keep it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.lookup import Remains
from notion_lsp.stores import Store, flat_name, row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notion_lsp.settings import Settings


def _names(settings: Settings, usual: str, variable: str) -> Mapping[str, str]:
    # An id has letters, digits, hyphens and underscores, but no slash (CreateSecret, `secretId`).
    secret = flat_name(settings.google_secret_id, usual, variable)
    return {"SECRET_ID": secret, "VARIABLE": variable}


STORE = Store(
    id="google-secret-manager",
    title="Google Secret Manager",
    action="Read it from Google Secret Manager: {SECRET_ID}",
    names=_names,
    lookup=lambda language, _settings: row(__name__, language.id),
    kept_as="{SECRET_ID}",
    remains=(
        Remains(
            "Set GOOGLE_CLOUD_PROJECT, and give the code credentials of Google, where it runs."
        ),
    ),
)
