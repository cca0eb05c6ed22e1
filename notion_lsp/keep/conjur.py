"""CyberArk Conjur, by its REST API: sign in with an API key, read and set a variable."""

from __future__ import annotations

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

from notion_lsp.keep import Found, Keeper, NotKeptError
from notion_lsp.keep._server import Refusal, Sent, needed, path_of, server_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notion_lsp.keep import Environment
    from notion_lsp.keep._server import Server

_TITLE = "CyberArk Conjur"
_SIGN_IN = f"sign in to {_TITLE}"
_REFUSALS = (
    Refusal(
        {HTTPStatus.FORBIDDEN},
        "gives CONJUR_AUTHN_LOGIN no right to {right} `{name}`: have a policy permit it",
    ),
    Refusal(
        {HTTPStatus.UNAUTHORIZED}, "does not take the token that it has just given: try again later"
    ),
)
_AT_THE_DOOR = (
    Refusal(
        {HTTPStatus.UNAUTHORIZED},
        "does not know CONJUR_AUTHN_LOGIN with this CONJUR_AUTHN_API_KEY in CONJUR_ACCOUNT:"
        " look at all three",
    ),
)


@dataclass(frozen=True, slots=True)
class _Variable:
    """A variable, which a policy has to declare before it gets a value."""

    server: Server
    path: str
    name: str

    def read(self) -> Found:
        """Return the value; one that is not there is told from one without a value by writing."""
        answer = self.server.ask("GET", self.path, also={HTTPStatus.NOT_FOUND})
        if answer.status == HTTPStatus.NOT_FOUND:
            return Found("")
        return Found(answer.body.decode("utf-8", "replace"))

    def write(self, value: str, _found: Found) -> None:
        """Set the variable; Conjur keeps its last twenty values."""
        sent = Sent(value.encode(), "application/octet-stream")
        answer = self.server.ask("POST", self.path, sent, also={HTTPStatus.NOT_FOUND})
        if answer.status == HTTPStatus.NOT_FOUND:
            raise NotKeptError(
                f"{_TITLE} has no variable `{self.name}` that you may set:"
                f" have a policy declare it, with `- !variable {self.name}`."
            )


def _open(names: Mapping[str, str], environment: Environment) -> _Variable:
    server = server_at(_TITLE, "CONJUR_APPLIANCE_URL", environment, "CONJUR_CERT_FILE")
    account = path_of(needed("CONJUR_ACCOUNT", _SIGN_IN, environment))
    name = path_of(names["ID"]).replace("/", "%2F")
    headers = {"Authorization": _token(server, account, environment)}
    server = replace(server, headers=headers, refusals=_REFUSALS, about={"name": names["ID"]})
    return _Variable(server, f"secrets/{account}/variable/{name}", names["ID"])


def _token(server: Server, account: str, environment: Environment) -> str:
    login = quote(needed("CONJUR_AUTHN_LOGIN", _SIGN_IN, environment), safe="")
    key = needed("CONJUR_AUTHN_API_KEY", _SIGN_IN, environment).encode()
    door = replace(server, headers={"Accept-Encoding": "base64"}, refusals=_AT_THE_DOOR)
    answer = door.ask("POST", f"authn/{account}/{login}/authenticate", Sent(key, "text/plain"))
    token = answer.body.decode("ascii", "replace").strip()
    return f'Token token="{token}"'


KEEPER = Keeper(store="conjur", open=_open, variables=("CONJUR_APPLIANCE_URL",))
