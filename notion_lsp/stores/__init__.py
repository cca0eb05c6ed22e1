"""The secret stores: one module each, found by being in this folder.

A module sets `STORE`; its `lookups` hold the expression for each language, by the language's id.
"""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notion_lsp.languages import Lookup, Refused


@dataclass(frozen=True, slots=True)
class Store:
    """A place that keeps secrets. In `action`, `{name}` is what the secret is called there."""

    id: str
    title: str
    action: str
    lookups: Mapping[str, Lookup | Refused]


@cache
def stores() -> Mapping[str, Store]:
    """Return every store of this folder by its id."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    found: tuple[Store, ...] = tuple(import_module(f"{__name__}.{name}").STORE for name in names)
    return {store.id: store for store in found}
