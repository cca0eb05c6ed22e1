"""1Password, by its own command `op`, which takes an item in JSON by standard input.

The calls are those of "item get", "item create" and "item edit" in the command's reference.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from notion_lsp.json_text import object_in
from notion_lsp.keep import Found, Keeper, NotKeptError
from notion_lsp.keep._program import run

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Mapping

    from notion_lsp.keep import Environment

_TITLE = "1Password"
_PARTS = (3, 4)  # `op://vault/item/[section/]field`
# What comes back of an item with a passkey has lost it.
_PASSKEYS = "LOGIN"
_SETTING = "the setting `onepassword-reference`"
_SIGNED_OUT = re.compile(rb"signed in|sign in|session|accounts configured", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of an item, with a section or, where that is empty, without."""

    environment: Environment
    vault: str
    item: str
    section: str
    field: str

    def read(self) -> Found:
        """Return what is there, and the item as it is."""
        done = self._ask("get", self.item, "--vault", self.vault)
        if done.returncode:
            if b"isn't an item" in done.stderr:
                return Found("")
            raise self._refusal(done)
        item = _object(done.stdout)
        found: Mapping[str, Any] = next(filter(self._is_it, _fields(item)), {})
        return Found(str(found.get("value") or ""), item.get("version"), item)

    def write(self, value: str, found: Found) -> None:
        """Make the item, or give its field a value; the others stay."""
        # An item that is there keeps all its other fields: `op` takes the whole of it back.
        if not found.beside:
            made = {"title": self.item, "category": "API_CREDENTIAL", **self._with({}, value)}
            done = self._ask("create", "--vault", self.vault, "-", given=made)
        elif found.beside.get("category") == _PASSKEYS:
            raise NotKeptError(
                f"`{self.item}` in {_TITLE} is a login, whose passkey would be lost: "
                "choose another item."
            )
        else:
            changed = self._with(found.beside, value)
            done = self._ask("edit", self.item, "--vault", self.vault, given=changed)
        if done.returncode:
            raise self._refusal(done)

    def _with(self, item: Mapping[str, Any], value: str) -> dict[str, Any]:
        own: dict[str, Any] = {"id": self.field, "label": self.field, "type": "CONCEALED"}
        if self.section:
            own["section"] = {"id": self.section, "label": self.section}
        fields = _fields(item)
        at = next((number for number, each in enumerate(fields) if self._is_it(each)), len(fields))
        fields[at : at + 1] = [{**(fields[at] if at < len(fields) else own), "value": value}]
        sections = list(item.get("sections") or [])
        if self.section and not any(_is_called(each, self.section) for each in sections):
            sections.append(own["section"])
        return {**item, "fields": fields, "sections": sections}

    def _is_it(self, field: Mapping[str, Any]) -> bool:
        section = field.get("section") or {}
        is_there = _is_called(section, self.section) if self.section else True
        return is_there and _is_called(field, self.field)

    def _ask(
        self, *command: str, given: Mapping[str, Any] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        text = json.dumps(given).encode() if given else b""
        told = ("op", "item", *command, "--format", "json")
        return run(_TITLE, self.environment, *told, given=text)

    def _refusal(self, done: subprocess.CompletedProcess[bytes]) -> NotKeptError:
        if b"isn't a vault" in done.stderr:
            return NotKeptError(
                f"{_TITLE} has no vault `{self.vault}` that you may see: look at {_SETTING}."
            )
        if b"More than one item" in done.stderr:
            return NotKeptError(
                f"{_TITLE} has more than one item `{self.item}`: have {_SETTING} give its id."
            )
        if _SIGNED_OUT.search(done.stderr):
            return NotKeptError(f"`op` is not signed in to {_TITLE}: sign in, with `op signin`.")
        return NotKeptError(
            f"`op` fails with items of `{self.vault}`: look at your rights, and whether it works"
            " by itself."
        )


def _fields(item: Mapping[str, Any]) -> list[Any]:
    return [each for each in item.get("fields") or [] if isinstance(each, dict)]


def _is_called(what: Mapping[str, Any], name: str) -> bool:
    return name in {what.get("id"), what.get("label")}


def _object(text: bytes) -> dict[str, Any]:
    item = object_in(text)
    if item is None:
        raise NotKeptError("`op` answers with what is no item.")
    return item


def _open(names: Mapping[str, str], environment: Environment) -> _Field:
    reference = names["REFERENCE"]
    parts = reference.removeprefix("op://").split("/")
    # What begins with a hyphen would be an option of the command.
    if len(parts) not in _PARTS or any(not part or part.startswith("-") for part in parts):
        raise NotKeptError(f"`{reference}` is not the name of a secret.")
    vault, item, *between, field = parts
    return _Field(environment, vault, item, "".join(between), field)


KEEPER = Keeper(store="1password", open=_open, variables=())
