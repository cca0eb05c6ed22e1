"""Putting a token into the store that the code reads it from.

Each store has a module, found by being in this folder, that sets `KEEPER`; a module whose name
begins with `_` is part of others. What decides where a token is sent, and who sends it, comes from
the environment of the person alone. The settings, which a project may have written, say no more
than the secret's name in that store.

The order is always the same: look at what is there, write, read it back, compare. Only then may the
code be changed.
"""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, TypeVar

from notion_lsp.detect.finding import fingerprint
from notion_lsp.lookup import fill
from notion_lsp.refused import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from notion_lsp.stores import Store

    Environment = Mapping[str, str]


Answered = TypeVar("Answered")


class NotKeptError(Exception):
    """Why a store does not do what it was asked, as a sentence for a person; it has no value."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a store has under a name: the value, its version, and what stands beside it.

    `value` is empty where there is none, and `None` where the store has one and shows it to nobody.
    A write takes the version, to replace this very value and no later one.
    """

    value: str | None = field(repr=False)
    version: object = None
    beside: Mapping[str, object] = field(default_factory=dict, repr=False)

    def is_same(self, value: str) -> bool:
        """Whether the store shows this value."""
        return bool(self.value) and fingerprint(self.value or "") == fingerprint(value)


class Place(Protocol):
    """Where a store keeps one secret; both methods raise `NotKeptError`."""

    def read(self) -> Found:
        """Return what is there."""

    def write(self, value: str, found: Found) -> None:
        """Put a value there, in the place of what was found."""


@dataclass(frozen=True, slots=True)
class Keeper:
    """What can put a secret into a store.

    `open` returns the secret's place, and raises `NotKeptError` where the environment does not say
    where that is, or who asks. One of the `variables` is set where a person uses the store; one
    that has none is used wherever it is offered. What imports a library needs that `extra` of the
    package.

    What reads the environment in a `language` of its own gets it from a place of its own: that has
    a `title`, and a name for what is `kept_as`.
    """

    store: str
    open: Callable[[Mapping[str, str], Environment], Place]
    variables: tuple[str, ...]
    extra: str = ""
    language: str | None = None
    title: str = ""
    kept_as: str = ""

    def is_used(self, environment: Environment) -> bool:
        """Whether the person's environment speaks of the store."""
        return not self.variables or any(map(environment.get, self.variables))


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret by its names in a store, and what can put it there, `None` if nothing can.

    `title` is what the place is called, and `name` what the secret is called there.
    """

    names: Mapping[str, str] = field(hash=False)
    keeper: Keeper | None
    title: str
    name: str

    @classmethod
    def of(cls, store: Store, names: Mapping[str, str], language: str | None) -> Secret:
        """Return the secret that a store calls by these names, for that kind of file, by its id."""
        keeper = keepers().get((store.id, language)) or keepers().get((store.id, None))
        name = fill((keeper and keeper.kept_as) or store.kept_as, names)
        return cls(names, keeper, (keeper and keeper.title) or store.title, name)

    @property
    def where(self) -> str:
        """What the secret is called and its place, as what a sentence is about."""
        return f"`{self.name}` in {self.title}"


@dataclass(frozen=True, slots=True)
class Kept:
    """The store has the value, and gives it back."""


@dataclass(frozen=True, slots=True)
class Exists:
    """The store has another value under this name: a person says whether it may be replaced."""

    found: Found

    def told(self, secret: Secret) -> str:
        """Return what there is, as the beginning of a sentence."""
        which = "a value that is shown to nobody" if self.found.value is None else "another value"
        return f"{secret.where} has {which}"

    def question(self, secret: Secret) -> str:
        """Return what to ask."""
        return f"{self.told(secret)}. Replace it?"

    def left(self, secret: Secret) -> Refused:
        """Return what is said where it is not to be replaced."""
        return Refused(
            f"{self.told(secret)}, which is left as it is: answer yes to replace it, in a terminal"
            " or an editor, or choose another name in the settings."
        )


@cache
def keepers() -> Mapping[tuple[str, str | None], Keeper]:
    """Return what can put a secret into each store, by the ids of store and language."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = (import_module(f"{__name__}.{name}") for name in names if not name.startswith("_"))
    found: tuple[Keeper, ...] = tuple(module.KEEPER for module in modules)
    return {(keeper.store, keeper.language): keeper for keeper in found}


def keep(
    secret: Secret, value: str, environment: Environment, over: Exists | None = None
) -> Kept | Exists | Refused:
    """Put a value into its store and read it back, or say why that is not so.

    Another value is replaced only if it is still the one that a person was asked about, `over`.
    """
    return _asked(secret, environment, lambda place: _keep(place, secret, value, over))


def kept(secret: Secret, environment: Environment) -> str | Refused:
    """Return the value that a store has, or say why there is none."""
    found = _asked(secret, environment, lambda place: place.read())
    if isinstance(found, Refused):
        return found
    if found.value is None:
        return Refused(f"{secret.where} is shown to nobody: name another place that has it.")
    return found.value or Refused(f"{secret.where} has no value: put one there first.")


def _asked(
    secret: Secret, environment: Environment, ask: Callable[[Place], Answered]
) -> Answered | Refused:
    keeper = secret.keeper
    if keeper is None:
        able = ", ".join(store for store, language in keepers() if language is None)
        return Refused(f"Nothing can be put into {secret.title}: choose one of {able}.")
    try:
        return ask(keeper.open(secret.names, environment))
    except NotKeptError as error:
        return Refused(str(error))
    except ImportError as error:
        return Refused(f"This needs {error.name}: install `notion-lsp[{keeper.extra}]`.")


def _keep(place: Place, secret: Secret, value: str, over: Exists | None) -> Kept | Exists | Refused:
    found = place.read()
    if found.is_same(value):
        return Kept()
    if found.value != "" and (over is None or over.found != found):
        return Exists(found)
    try:
        place.write(value, found)
    except NotKeptError:
        # A store may have written it, and have failed to say so.
        if not place.read().is_same(value):
            raise
    back = place.read()
    if back.value is None or back.is_same(value):
        return Kept()
    return Refused(
        f"{secret.where} was written, but another value is read back: somebody else may have"
        " written it since, so try again."
    )
