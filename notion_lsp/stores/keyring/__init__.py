"""The keyring of the person's system: Keychain, Credential Manager, or Linux's Secret Service.

It is for code that a person runs. The helpers read a secret when first asked for it and keep it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.lookup import Remains
from notion_lsp.stores import Store, row, secret_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notion_lsp.settings import Settings


def _names(settings: Settings, usual: str, variable: str) -> Mapping[str, str]:
    # A keyring knows a password by a service and a user: what stands before the last slash, and
    # what stands behind it.
    service, _, user = secret_name(settings.keyring_name, usual, variable).rpartition("/")
    return {"SERVICE": service or user, "USER": user, "VARIABLE": variable}


STORE = Store(
    id="keyring",
    title="the system's keyring",
    action="Read it from the system's keyring: {USER} of {SERVICE}",
    names=_names,
    lookup=lambda language, _settings: row(__name__, language.id),
    kept_as="{USER} of {SERVICE}",
    remains=(
        Remains("It has to be in the keyring of the person who runs the code, where it runs."),
    ),
)
