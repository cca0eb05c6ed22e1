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
from notion_lsp.keep._server import certificates_of, json_in, needed, path_of, server_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notion_lsp.keep import Environment
    from notion_lsp.keep._server import Server
    from notion_lsp.request import Answer

_TITLE = "HashiCorp Vault"
_SIGN_IN = f"sign in to {_TITLE}"
# A change of some fields: RFC 7396, which the engine wants to be named.
_MERGE = {"Content-Type": "application/merge-patch+json"}
_NO_PATCH = {HTTPStatus.FORBIDDEN, HTTPStatus.METHOD_NOT_ALLOWED}
_CHANGED = {HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND}


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of a secret."""

    server: Server
    path: str
    field: str

    def read(self) -> Found:
        """Return what is there, with the version that the next write has to name."""
        answer = self.server.ask("GET", self.path)
        if answer.status not in {HTTPStatus.OK, HTTPStatus.NOT_FOUND}:
            raise _refusal(self.server, answer, "read the secret")
        # A version that was deleted is answered with 404, and with its number.
        fields = json_in(answer, "data", "data")
        value = fields.pop(self.field, "")
        version = json_in(answer, "data", "metadata").get("version", 0)
        return Found(value if isinstance(value, str) else json.dumps(value), version, fields)

    def write(self, value: str, found: Found) -> None:
        """Write the field and keep the others, if nobody has written a version since."""
        answer = self._write("POST", {self.field: value}, found) if not found.beside else None
        if answer is None:
            answer = self._write("PATCH", {self.field: value}, found)
            # A policy older than the right to patch: the same change as a whole.
            if answer.status in _NO_PATCH:
                answer = self._write("POST", {**found.beside, self.field: value}, found)
        if answer.status in _CHANGED:
            raise NotKeptError(
                f"The secret in {_TITLE} was changed by somebody else just now: try again."
            )
        if answer.status != HTTPStatus.OK:
            raise _refusal(self.server, answer, "write the secret")

    def _write(self, method: str, data: Mapping[str, object], found: Found) -> Answer:
        body = json.dumps({"data": data, "options": {"cas": found.version}}).encode()
        return self.server.ask(method, self.path, body, _MERGE if method == "PATCH" else None)


def _open(names: Mapping[str, str], environment: Environment) -> _Field:
    certificates = certificates_of(environment.get("VAULT_CACERT"))
    server = server_at(_TITLE, "VAULT_ADDR", environment, certificates)
    headers = {"X-Vault-Token": _token(environment), "X-Vault-Request": "true"}
    if environment.get("VAULT_NAMESPACE"):
        headers["X-Vault-Namespace"] = needed("VAULT_NAMESPACE", _SIGN_IN, environment)
    server = replace(server, headers=headers)
    mount, path = path_of(names["MOUNT"]), path_of(names["PATH"])
    _require_version_2(server, mount, path)
    return _Field(server, f"v1/{mount}/data/{path}", names["FIELD"])


def _token(environment: Environment) -> str:
    # Where `vault login` leaves it (Vault, "Token helpers").
    left = text_of(Path("~/.vault-token").expanduser()) or ""
    return needed("VAULT_TOKEN", _SIGN_IN, {"VAULT_TOKEN": left, **environment})


def _require_version_2(server: Server, mount: str, path: str) -> None:
    # Version 1 would take the same calls, and keep the secret under another path.
    answer = server.ask("GET", f"v1/sys/internal/ui/mounts/{mount}/{path}")
    if answer.status == HTTPStatus.FORBIDDEN:
        raise _stranger(server, answer, mount)
    if answer.status != HTTPStatus.OK:
        raise _refusal(server, answer, "see its mounts")
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


def _refusal(server: Server, answer: Answer, right: str) -> NotKeptError:
    if answer.status == HTTPStatus.FORBIDDEN:
        return server.error(f"gives VAULT_TOKEN no right to {right}")
    return server.error(f"answers with HTTP {answer.status}")


KEEPER = Keeper(store="vault", open=_open, variables=("VAULT_ADDR",))
