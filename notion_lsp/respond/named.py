"""The one token that a person means: by its place, by a variable, in a store, or in a text."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.detect.find import find_tokens
from notion_lsp.detect.finding import token_of
from notion_lsp.detect.plain import find_plain
from notion_lsp.explain.messages import masked
from notion_lsp.files.programs import outside
from notion_lsp.files.read_write import decode_any
from notion_lsp.keep import Secret, kept
from notion_lsp.project.project import load_project
from notion_lsp.refused import Refused
from notion_lsp.respond.places import TYPED
from notion_lsp.settings import ACCESS_TOKEN_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from notion_lsp.detect.finding import Finding
    from notion_lsp.respond.places import Place
    from notion_lsp.stores import Store


class Named(NamedTuple):
    """A token: a text, and where it stands there."""

    text: str
    finding: Finding

    @property
    def token(self) -> str:
        """The token itself, to be sent or compared; never to be shown."""
        return token_of(self.text, self.finding)

    @property
    def mask(self) -> str:
        """What may be shown of the token."""
        return masked(self.finding, self.text)

    @property
    def shown(self) -> str:
        """The title of its kind, and its mask."""
        return f"{self.finding.kind.title} {self.mask}"


def at_place(place: Place) -> Named | Refused:
    """Return the token at a place."""
    read = place.read()
    if isinstance(read, Refused):
        return read
    text, at = read
    found = (each for each in find_tokens(text) if any(map(at.touches, each.spans)))
    return _one(text, found, f"`{place.argument}`")


def in_variable(name: str) -> Named | Refused:
    """Return the token that a variable of the environment holds."""
    if find_plain(name, edges=False):
        return TYPED
    value = os.environ.get(name)
    if value is None:
        return Refused(f"The variable `{name}` is not set.")
    # The name tells a client secret from a token.
    text = f"{name}={value}"
    return _one(text, find_tokens(text), f"The variable `{name}`")


def in_store(store: Store, name: str) -> Named | Refused:
    """Return the token that a store has where code reads the variable of a name from it."""
    settings = load_project(Path.cwd()).settings
    secret = Secret.of(store, store.names(settings, ACCESS_TOKEN_NAMES[0], name), None)
    value = kept(secret, outside(os.environ, [Path.cwd()]))
    if isinstance(value, Refused):
        return value
    text = f"{name}={value}"
    return _one(text, find_tokens(text), secret.where)


def in_text(data: bytes) -> Named | Refused:
    """Return the token in a text that was given, such as by standard input."""
    text = decode_any(data).text
    return _one(text, find_tokens(text), "Standard input")


def _one(text: str, findings: Iterable[Finding], where: str) -> Named | Refused:
    tokens = {token_of(text, finding): finding for finding in findings}
    if not tokens:
        return Refused(f"{where} has no token of Notion.")
    if len(tokens) > 1:
        return Refused(f"{where} has {len(tokens)} tokens: name one, by its line and column.")
    return Named(text, next(iter(tokens.values())))
