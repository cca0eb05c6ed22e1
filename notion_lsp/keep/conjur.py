"""CyberArk Conjur, by its REST API: sign in with an API key, read and set a variable."""

from __future__ import annotations

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

from notion_lsp.keep import Found, Keeper, NotKeptError
from notion_lsp.keep._server import certificates_of, needed, path_of, server_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notion_lsp.keep import Environment
    from notion_lsp.keep._server import Server
    from notion_lsp.request import Answer

_TITLE = "CyberArk Conjur"
_SIGN_IN = f"sign in to {_TITLE}"
# Unless it is told so, urllib says that a body is a form.
_TEXT = {"Content-Type": "text/plain"}
_BYTES = {"Content-Type": "application/octet-stream"}


@dataclass(frozen=True, slots=True)
class _Variable:
    """A variable, which a policy has to declare before it gets a value."""

    server: Server
    path: str
    name: str

    def read(self) -> Found:
        """Return the value; one that is not there is told from one without a value by writing."""
        answer = self.server.ask("GET", self.path)
        if answer.status == HTTPStatus.NOT_FOUND:
            return Found("")
        if answer.status != HTTPStatus.OK:
            raise _refusal(self.server, answer, f"read `{self.name}`")
        return Found(answer.body.decode("utf-8", "replace"))

    def write(self, value: str, _found: Found) -> None:
        """Set the variable; Conjur keeps its last twenty values."""
        answer = self.server.ask("POST", self.path, value.encode(), _BYTES)
        if answer.status == HTTPStatus.NOT_FOUND:
            raise NotKeptError(
                f"{_TITLE} has no variable `{self.name}` that you may set:"
                f" have a policy declare it, with `- !variable {self.name}`."
            )
        if answer.status != HTTPStatus.CREATED:
            raise _refusal(self.server, answer, f"set `{self.name}`")


def _open(names: Mapping[str, str], environment: Environment) -> _Variable:
    certificates = certificates_of(environment.get("CONJUR_CERT_FILE"))
    server = server_at(_TITLE, "CONJUR_APPLIANCE_URL", environment, certificates)
    account = path_of(needed("CONJUR_ACCOUNT", _SIGN_IN, environment))
    name = path_of(names["ID"]).replace("/", "%2F")
    signed_in = replace(server, headers={"Authorization": _token(server, account, environment)})
    return _Variable(signed_in, f"secrets/{account}/variable/{name}", names["ID"])


def _token(server: Server, account: str, environment: Environment) -> str:
    login = quote(needed("CONJUR_AUTHN_LOGIN", _SIGN_IN, environment), safe="")
    key = needed("CONJUR_AUTHN_API_KEY", _SIGN_IN, environment).encode()
    path = f"authn/{account}/{login}/authenticate"
    answer = server.ask("POST", path, key, {**_TEXT, "Accept-Encoding": "base64"})
    if answer.status == HTTPStatus.UNAUTHORIZED:
        raise server.error("does not know CONJUR_AUTHN_LOGIN with this CONJUR_AUTHN_API_KEY")
    if answer.status != HTTPStatus.OK:
        raise _refusal(server, answer, "sign in")
    token = answer.body.decode("ascii", "replace").strip()
    return f'Token token="{token}"'


def _refusal(server: Server, answer: Answer, right: str) -> NotKeptError:
    if answer.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        return server.error(f"gives CONJUR_AUTHN_LOGIN no right to {right}")
    return server.error(f"answers with HTTP {answer.status}")


KEEPER = Keeper(store="conjur", open=_open, variables=("CONJUR_APPLIANCE_URL",))
