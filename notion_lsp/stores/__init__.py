"""The secret stores: one package each, found by being in this folder.

A package sets `STORE`, and holds a module for each language that can read from it, of the name of
the language's id, which sets `LOOKUP`.
"""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from notion_lsp.lookup import Remains, fill
from notion_lsp.settings import ACCESS_TOKEN_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from notion_lsp.languages import Language
    from notion_lsp.lookup import Lookup, Read
    from notion_lsp.refused import Refused
    from notion_lsp.settings import Settings


@dataclass(frozen=True, slots=True)
class Store:
    """A place that keeps secrets.

    `names` fills in the fields of `action`, of the lookups, of what `remains` to be done by a
    person, and of what the secret is `kept_as`; that is empty where a person puts nothing into the
    store. It is told the settings, the usual name of a token of the kind, and the variable's name
    in this project. `lookup` returns a language's row, `None` where the store has no call for it. A
    `common` store is offered for every token, another one where the settings choose it or the
    project has its packages.
    """

    id: str
    title: str
    action: str
    names: Callable[[Settings, str, str], Mapping[str, str]]
    lookup: Callable[[Language, Settings], Lookup | Refused | None]
    remains: tuple[Remains, ...]
    kept_as: str = ""
    common: bool = False

    def title_of(self, settings: Settings, usual: str, variable: str) -> str:
        """Return the action with its names filled in, whatever the language."""
        return fill(self.action, self.names(settings, usual, variable))

    @property
    def to_do(self) -> tuple[Remains, ...]:
        """All that a person has to do when the code reads the token from the store."""
        sentence = f"Store {{}} in {self.title}."
        storing = Remains(sentence, self.kept_as, storing=True)
        return (storing, *self.remains) if self.kept_as else self.remains

    def sharing(self, settings: Settings, reads: Iterable[Read]) -> frozenset[Read]:
        """Return those of the reads whose secret another token would be read from too.

        Two tokens under one variable are what the code takes for the same already.
        """
        # All reads of a project come in one call, before the first file changes: a second run then
        # refuses what the first one refused.
        by_secret: dict[tuple[str, ...], list[Read]] = {}
        for read in reads:
            secret = _secret_of(self.names(settings, read.usual, read.variable))
            by_secret.setdefault(secret, []).append(read)
        return frozenset(
            read
            for those in by_secret.values()
            if len({each.variable for each in those}) > 1
            # One token under two variables is one secret, and may be read from it twice.
            if len({each.fingerprint for each in those}) > 1
            for read in those
        )


@cache
def row(package: str, language: str, name: str = "LOOKUP") -> Lookup | Refused | None:
    """Return what a store's package has under that name for a language, by the language's id."""
    # A row is imported when it is first asked for: start-up needs none of them.
    module = f"{package}.{language.replace('-', '_')}"
    found: Lookup | Refused | None = None
    if find_spec(module):
        found = getattr(import_module(module), name)
    return found


def secret_name(default: str, usual: str, variable: str) -> str:
    """Return what a secret is called in a store, after the name of its variable.

    The default is that of an access token. A variable with a name of its own, or with the number of
    a second token, gives the secret a name of its own too: `NOTION_CLIENT_SECRET` beside
    `notion/api-token` is `notion/client-secret`, `NOTION_TOKEN_2` is `notion/api-token-2`.
    """
    folder, slash, _ = default.rpartition("/")
    return _name(default, usual, variable, folder + slash)


def flat_name(default: str, usual: str, variable: str) -> str:
    """Return what a secret is called in a store without folders: `notion-client-secret`."""
    return _name(default, usual, variable, "notion-")


def field_name(default: str, usual: str, variable: str) -> str:
    """Return what a secret is called as a field of a larger one: `api_key`, `client_secret`."""
    name = secret_name(default, usual, variable)
    return name if name == default else name.replace("-", "_")


def _name(default: str, usual: str, variable: str, prefix: str) -> str:
    # The number tells a second token from the first, so it ends the secret's name as well.
    stem, _, number = variable.rpartition("_")
    if not stem or not number.isdigit():
        stem, number = variable, ""
    words = stem.lower().removeprefix("notion_").replace("_", "-")
    # The settings name the secret of an access token: another kind of token needs a name beside it.
    is_usual = usual == "NOTION_TOKEN" and stem in ACCESS_TOKEN_NAMES
    name = default if is_usual else f"{prefix}{words}"
    return f"{name}-{number}" if number else name


def _secret_of(values: Mapping[str, str]) -> tuple[str, ...]:
    # What tells a secret from others, among the names that a store gives.
    return tuple(value for key, value in values.items() if key != "VARIABLE")


@cache
def stores() -> Mapping[str, Store]:
    """Return every store of this folder by its id."""
    # Sorted, as the documentation of `iter_modules` promises no order.
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    found: tuple[Store, ...] = tuple(import_module(f"{__name__}.{name}").STORE for name in names)
    return {store.id: store for store in found}
