"""Doppler, by its REST API: "Secrets: Retrieve" and "Secrets: Update"."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from notion_lsp.keep import Found, Keeper
from notion_lsp.keep._server import Refusal, as_json, json_in, needed, server_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notion_lsp.keep import Environment
    from notion_lsp.keep._server import Server

_TITLE = "Doppler"
_SIGN_IN = f"sign in to {_TITLE}"
# The variable is that of Doppler's own command.
_ADDRESS = {"DOPPLER_API_HOST": "https://api.doppler.com"}
_REFUSALS = (
    Refusal(
        {HTTPStatus.UNAUTHORIZED}, "does not know DOPPLER_TOKEN, or it has expired: make a new one"
    ),
    Refusal(
        {HTTPStatus.FORBIDDEN},
        "gives DOPPLER_TOKEN no right to {right} `{name}`: make one that may {right} secrets of"
        " `{config}`",
    ),
    Refusal(
        {HTTPStatus.NOT_FOUND},
        "has no configuration `{config}` of a project `{project}`: look at DOPPLER_CONFIG and"
        " DOPPLER_PROJECT",
    ),
)


@dataclass(frozen=True, slots=True)
class _Secret:
    """A secret of a configuration of a project."""

    server: Server
    config: Mapping[str, str] = field(hash=False)
    name: str

    def read(self) -> Found:
        """Return the value as it was typed; one that is restricted is shown to nobody."""
        asked = urlencode({**self.config, "name": self.name})
        path = f"v3/configs/config/secret?{asked}"
        answer = self.server.ask("GET", path, also={HTTPStatus.NOT_FOUND})
        if answer.status == HTTPStatus.NOT_FOUND and b"secret" in answer.body:
            return Found("")
        value = json_in(answer, "value")
        if "raw" not in value:
            raise self.server.refused(answer)
        return Found(value["raw"])

    def write(self, value: str, _found: Found) -> None:
        """Set the secret, and leave the others of the configuration."""
        body = as_json({**self.config, "secrets": {self.name: value}})
        self.server.ask("POST", "v3/configs/config/secrets", body)


def _open(names: Mapping[str, str], environment: Environment) -> _Secret:
    config = {
        "project": needed("DOPPLER_PROJECT", "the project", environment),
        "config": needed("DOPPLER_CONFIG", "the configuration", environment),
    }
    token = needed("DOPPLER_TOKEN", _SIGN_IN, environment)
    server = server_at(_TITLE, "DOPPLER_API_HOST", {**_ADDRESS, **environment})
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
    about = {**config, "name": names["NAME"]}
    server = replace(server, headers=headers, refusals=_REFUSALS, about=about)
    return _Secret(server, config, names["NAME"])


KEEPER = Keeper(store="doppler", open=_open, variables=("DOPPLER_TOKEN",))
