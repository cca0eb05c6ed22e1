"""Vault's key-value engine, version 2, and OpenBao, which answers the same calls.

The calls are those of "KV secrets engine - version 2 (API)" in Vault's documentation.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from notion_lsp.files.read_write import text_of
from notion_lsp.keep import Found, Keeper, NotKeptError
from notion_lsp.keep._server import (
    as_json,
    certificates_of,
    json_in,
    needed,
    path_of,
    server_at,
)

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from notion_lsp.keep import Environment
    from notion_lsp.keep._server import Server
    from notion_lsp.request import Answer

_TITLE = "HashiCorp Vault"
_SIGN_IN = f"sign in to {_TITLE}"
# A change of some fields: RFC 7396, which the engine wants to be named.
_KINDS = {"POST": "application/json", "PATCH": "application/merge-patch+json"}
_NO_PATCH = {HTTPStatus.FORBIDDEN, HTTPStatus.METHOD_NOT_ALLOWED}
_CHANGED = "has got another version of `{name}` from somebody else just now: try again"
_REFUSALS: Mapping[int, str] = {
    HTTPStatus.FORBIDDEN: "gives VAULT_TOKEN no right to {right} `{name}`",
    HTTPStatus.BAD_REQUEST: _CHANGED,
    HTTPStatus.NOT_FOUND: _CHANGED,
}


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of a secret."""

    server: Server
    path: str
    field: str

    def read(self) -> Found:
        """Return what is there, with the version that the next write has to name."""
        # A version that was deleted is answered with 404, and with its number.
        answer = self.server.ask("GET", self.path, also={HTTPStatus.NOT_FOUND})
        fields, about = json_in(answer, "data", "data"), json_in(answer, "data", "metadata")
        if answer.status == HTTPStatus.OK and not about:
            raise self.server.refused(answer)
        value = fields.pop(self.field, "")
        text = value if isinstance(value, str) else json.dumps(value)
        return Found(text, about.get("version", 0), fields)

    def write(self, value: str, found: Found) -> None:
        """Write the field and keep the others, if nobody has written a version since."""
        new = {self.field: value}
        if not found.beside:
            self._write("POST", new, found)
        elif self._write("PATCH", new, found, also=_NO_PATCH).status in _NO_PATCH:
            # A policy older than the right to patch: the same change as a whole.
            self._write("POST", {**found.beside, **new}, found)

    def _write(
        self, method: str, data: Mapping[str, object], found: Found, also: Container[int] = ()
    ) -> Answer:
        about = {"data": data, "options": {"cas": found.version}}
        return self.server.ask(method, self.path, as_json(about, _KINDS[method]), also)


def _open(names: Mapping[str, str], environment: Environment) -> _Field:
    certificates = certificates_of(environment.get("VAULT_CACERT"))
    server = server_at(_TITLE, "VAULT_ADDR", environment, certificates)
    headers = {"X-Vault-Token": _token(environment), "X-Vault-Request": "true"}
    if environment.get("VAULT_NAMESPACE"):
        headers["X-Vault-Namespace"] = needed("VAULT_NAMESPACE", _SIGN_IN, environment)
    server = replace(server, headers=headers)
    mount, path = path_of(names["MOUNT"]), path_of(names["PATH"])
    _require_version_2(server, names["MOUNT"], f"{mount}/{path}")
    secret = replace(server, refusals=_REFUSALS, about={"name": f"{mount}/{path}"})
    return _Field(secret, f"v1/{mount}/data/{path}", names["FIELD"])


def _token(environment: Environment) -> str:
    # Where `vault login` leaves it (Vault, "Token helpers").
    left = text_of(Path("~/.vault-token").expanduser()) or ""
    return needed("VAULT_TOKEN", _SIGN_IN, {"VAULT_TOKEN": left, **environment})


def _require_version_2(server: Server, mount: str, path: str) -> None:
    # Version 1 would take the same calls, and keep the secret under another path.
    asked = f"v1/sys/internal/ui/mounts/{path}"
    answer = server.ask("GET", asked, also={HTTPStatus.FORBIDDEN})
    if answer.status == HTTPStatus.FORBIDDEN:
        raise _stranger(server, answer, mount)
    if not json_in(answer, "data"):
        raise server.refused(answer)
    data, version = json_in(answer, "data"), json_in(answer, "data", "options").get("version", "1")
    if (data.get("type"), data.get("path")) != ("kv", f"{mount}/"):
        raise NotKeptError(f"`{mount}` is no mount of {_TITLE}'s key-value engine.")
    if version != "2":
        raise NotKeptError(
            f"`{mount}` is version {version} of {_TITLE}'s key-value engine:"
            " the code would read version 2."
        )


def _stranger(server: Server, answer: Answer, mount: str) -> NotKeptError:
    # Who is known, and may do nothing below a mount, is told that this was looked at.
    if b"preflight" in answer.body:
        return server.error(f"has no mount `{mount}` that VAULT_TOKEN gives a right to")
    return server.error("does not know VAULT_TOKEN, or it has expired: sign in again")


KEEPER = Keeper(store="vault", open=_open, variables=("VAULT_ADDR",))
