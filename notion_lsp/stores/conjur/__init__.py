"""CyberArk Conjur; address, account and login come from the variables that its own kits read.

The helpers read a variable when first asked for it and keep it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.lookup import set_where_the_code_runs
from notion_lsp.stores import Store, row, secret_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notion_lsp.settings import Settings


def _names(settings: Settings, usual: str, variable: str) -> Mapping[str, str]:
    secret = secret_name(settings.conjur_variable, usual, variable)
    return {"ID": secret, "VARIABLE": variable}


STORE = Store(
    id="conjur",
    title="CyberArk Conjur",
    # Conjur calls a secret a variable; its policy declares it before a value can be set.
    action="Read it from CyberArk Conjur: {ID}",
    names=_names,
    lookup=lambda language, _settings: row(__name__, language.id),
    kept_as="{ID}",
    remains=(
        set_where_the_code_runs(
            "CONJUR_APPLIANCE_URL, CONJUR_ACCOUNT, CONJUR_AUTHN_LOGIN and CONJUR_AUTHN_API_KEY"
        ),
    ),
    common=True,
)
