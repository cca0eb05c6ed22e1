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
    Refusal,
    as_json,
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
_GONE = "has lost `{name}` just now, as somebody deleted it: try again"
# What the answers say is the same in Vault and OpenBao.
_SEALED = Refusal(
    {HTTPStatus.SERVICE_UNAVAILABLE},
    "is sealed: try again when somebody has unsealed it",
    b"sealed",
)
_OF_MOUNTS = (
    _SEALED,
    Refusal(
        {HTTPStatus.FORBIDDEN},
        "has no mount `{mount}` that VAULT_TOKEN gives a right to: look at the setting"
        " `vault-mount`, and at the token's policies",
        # Who is known, and may do nothing below a mount, is told that this was looked at.
        b"preflight",
    ),
    Refusal(
        {HTTPStatus.FORBIDDEN},
        "does not know VAULT_TOKEN, or it has expired, or is of another VAULT_NAMESPACE: sign in"
        " again",
        b"permission denied",
    ),
    Refusal(
        {HTTPStatus.NOT_FOUND},
        "has no namespace of that name: look at VAULT_NAMESPACE",
        b"namespace not found",
    ),
)
_OF_SECRETS = (
    _SEALED,
    Refusal(
        {HTTPStatus.FORBIDDEN},
        "gives VAULT_TOKEN no right to {right} `{name}`: have a policy give it",
    ),
    Refusal(
        {HTTPStatus.BAD_REQUEST},
        "has got another version of `{name}` from somebody else just now: try again",
        b"check-and-set",
    ),
)


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
            return
        status = self._write("PATCH", new, found, {*_NO_PATCH, HTTPStatus.NOT_FOUND}).status
        if status == HTTPStatus.NOT_FOUND:
            raise self.server.error(_GONE)
        if status in _NO_PATCH:
            # A policy older than the right to patch: the same change as a whole.
            self._write("POST", {**found.beside, **new}, found)

    def _write(
        self, method: str, data: Mapping[str, object], found: Found, also: Container[int] = ()
    ) -> Answer:
        about = {"data": data, "options": {"cas": found.version}}
        return self.server.ask(method, self.path, as_json(about, _KINDS[method]), also)


def _open(names: Mapping[str, str], environment: Environment) -> _Field:
    server = server_at(_TITLE, "VAULT_ADDR", environment, "VAULT_CACERT")
    headers = {"X-Vault-Token": _token(environment), "X-Vault-Request": "true"}
    if environment.get("VAULT_NAMESPACE"):
        headers["X-Vault-Namespace"] = needed("VAULT_NAMESPACE", _SIGN_IN, environment)
    mount, path = path_of(names["MOUNT"]), path_of(names["PATH"])
    about = {"mount": names["MOUNT"], "name": f"{mount}/{path}"}
    server = replace(server, headers=headers, about=about)
    _require_version_2(replace(server, refusals=_OF_MOUNTS), names["MOUNT"], f"{mount}/{path}")
    secret = replace(server, refusals=_OF_SECRETS)
    return _Field(secret, f"v1/{mount}/data/{path}", names["FIELD"])


def _token(environment: Environment) -> str:
    # Where `vault login` leaves it (Vault, "Token helpers").
    left = text_of(Path("~/.vault-token").expanduser()) or ""
    return needed("VAULT_TOKEN", _SIGN_IN, {"VAULT_TOKEN": left, **environment})


def _require_version_2(server: Server, mount: str, path: str) -> None:
    # Version 1 would take the same calls, and keep the secret under another path.
    answer = server.ask("GET", f"v1/sys/internal/ui/mounts/{path}")
    if not json_in(answer, "data"):
        raise server.refused(answer)
    data, version = json_in(answer, "data"), json_in(answer, "data", "options").get("version", "1")
    if (data.get("type"), data.get("path")) != ("kv", f"{mount}/"):
        raise NotKeptError(
            f"`{mount}` is no mount of {_TITLE}'s key-value engine:"
            " have the setting `vault-mount` name one."
        )
    if version != "2":
        raise NotKeptError(
            f"`{mount}` is version {version} of {_TITLE}'s key-value engine, and the code would"
            " read version 2: have the setting `vault-mount` name a mount of that one."
        )


KEEPER = Keeper(store="vault", open=_open, variables=("VAULT_ADDR",))
