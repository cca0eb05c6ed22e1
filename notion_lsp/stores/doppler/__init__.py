"""Doppler; `DOPPLER_TOKEN`, `DOPPLER_PROJECT` and `DOPPLER_CONFIG` say who reads, and where.

The helpers read a secret when first asked for it and keep it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.lookup import set_where_the_code_runs
from notion_lsp.stores import Store, flat_name, row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notion_lsp.settings import Settings


def _names(settings: Settings, usual: str, variable: str) -> Mapping[str, str]:
    # A name has capitals, digits and underscores only (Doppler, "Secret names").
    name = flat_name(settings.doppler_secret, usual, variable).upper().replace("-", "_")
    return {"NAME": name, "VARIABLE": variable}


STORE = Store(
    id="doppler",
    title="Doppler",
    action="Read it from Doppler: {NAME}",
    names=_names,
    lookup=lambda language, _settings: row(__name__, language.id),
    kept_as="{NAME}",
    remains=(set_where_the_code_runs("DOPPLER_TOKEN, DOPPLER_PROJECT and DOPPLER_CONFIG"),),
)
