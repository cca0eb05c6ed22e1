"""Doppler, by its REST API: "Secrets: Retrieve" and "Secrets: Update"."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from notion_lsp.keep import Found, Keeper
from notion_lsp.keep._server import json_in, needed, server_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notion_lsp.keep import Environment, NotKeptError
    from notion_lsp.keep._server import Server
    from notion_lsp.request import Answer

_TITLE = "Doppler"
_SIGN_IN = f"sign in to {_TITLE}"
# The variable is that of Doppler's own command.
_ADDRESS = {"DOPPLER_API_HOST": "https://api.doppler.com"}
_JSON = {"Accept": "application/json", "Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class _Secret:
    """A secret of a configuration of a project."""

    server: Server
    config: Mapping[str, str] = field(hash=False)
    name: str

    def read(self) -> Found:
        """Return the value as it was typed; one that is restricted is shown to nobody."""
        asked = urlencode({**self.config, "name": self.name})
        answer = self.server.ask("GET", f"v3/configs/config/secret?{asked}")
        if answer.status == HTTPStatus.NOT_FOUND and b"secret" in answer.body:
            return Found("")
        value = json_in(answer, "value")
        if answer.status != HTTPStatus.OK or "raw" not in value:
            raise self._refusal(answer)
        return Found(value["raw"])

    def write(self, value: str, _found: Found) -> None:
        """Set the secret, and leave the others of the configuration."""
        body = json.dumps({**self.config, "secrets": {self.name: value}}).encode()
        answer = self.server.ask("POST", "v3/configs/config/secrets", body)
        if answer.status != HTTPStatus.OK:
            raise self._refusal(answer)

    def _refusal(self, answer: Answer) -> NotKeptError:
        if answer.status == HTTPStatus.UNAUTHORIZED:
            return self.server.error("does not know DOPPLER_TOKEN, or it has expired")
        if answer.status == HTTPStatus.FORBIDDEN:
            return self.server.error(f"gives DOPPLER_TOKEN no right to set `{self.name}`")
        if answer.status == HTTPStatus.NOT_FOUND:
            project, config = self.config.values()
            return self.server.error(f"has no configuration `{config}` of a project `{project}`")
        return self.server.error(f"answers with HTTP {answer.status}, and with no secret")


def _open(names: Mapping[str, str], environment: Environment) -> _Secret:
    config = {
        "project": needed("DOPPLER_PROJECT", "the project", environment),
        "config": needed("DOPPLER_CONFIG", "the configuration", environment),
    }
    token = needed("DOPPLER_TOKEN", _SIGN_IN, environment)
    server = server_at(_TITLE, "DOPPLER_API_HOST", {**_ADDRESS, **environment}, None)
    signed_in = replace(server, headers={"Authorization": f"Bearer {token}", **_JSON})
    return _Secret(signed_in, config, names["NAME"])


KEEPER = Keeper(store="doppler", open=_open, variables=("DOPPLER_TOKEN",))
