"""Google Secret Manager, by its REST API (v1), as who is signed in with `gcloud`."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from notion_lsp.keep import Found, Keeper, NotKeptError
from notion_lsp.keep._program import signed_in
from notion_lsp.keep._server import json_in, needed, path_of, server_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notion_lsp.keep import Environment
    from notion_lsp.keep._server import Server
    from notion_lsp.request import Answer

_TITLE = "Google Secret Manager"
# The variable is that of Google's own command.
_VARIABLE = "CLOUDSDK_API_ENDPOINT_OVERRIDES_SECRETMANAGER"
_ADDRESS = {_VARIABLE: "https://secretmanager.googleapis.com"}


@dataclass(frozen=True, slots=True)
class _Secret:
    """A secret of a project; what is written is a new version of it."""

    server: Server
    project: str
    name: str

    def read(self) -> Found:
        """Return the newest version; `version` is `None` where the secret is to be made."""
        answer = self.server.ask("GET", f"{self._path}/versions/latest:access")
        if answer.status == HTTPStatus.NOT_FOUND:
            # A secret may have been made without a version.
            made = self.server.ask("GET", self._path).status == HTTPStatus.OK
            return Found("", "" if made else None)
        if json_in(answer, "error").get("status") == "FAILED_PRECONDITION":
            return Found(None, "")  # the newest version is disabled or destroyed
        value = _decoded(json_in(answer, "payload").get("data"))
        if answer.status != HTTPStatus.OK or value is None:
            raise self._refusal(answer, "read")
        return Found(value, json_in(answer).get("name"))

    def write(self, value: str, found: Found) -> None:
        """Make the secret if there is none, and add a version."""
        if found.version is None:
            made: Mapping[str, object] = {"replication": {"automatic": {}}}
            self._send(f"{self._all}?secretId={path_of(self.name)}", made, "create")
        payload = {"data": base64.b64encode(value.encode()).decode()}
        self._send(f"{self._path}:addVersion", {"payload": payload}, "add a version to")

    @property
    def _all(self) -> str:
        return f"v1/projects/{self.project}/secrets"

    @property
    def _path(self) -> str:
        return f"{self._all}/{path_of(self.name)}"

    def _send(self, path: str, about: Mapping[str, object], right: str) -> None:
        answer = self.server.ask("POST", path, json.dumps(about).encode())
        if answer.status == HTTPStatus.CONFLICT:
            raise NotKeptError(
                f"{_TITLE} has got `{self.name}` from somebody else just now: try again."
            )
        if answer.status != HTTPStatus.OK:
            raise self._refusal(answer, right)

    def _refusal(self, answer: Answer, right: str) -> NotKeptError:
        if answer.status == HTTPStatus.UNAUTHORIZED:
            return self.server.error("does not take the token of `gcloud`: sign in again")
        if answer.status in {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}:
            return self.server.error(
                f"gives you no right to {right} `{self.name}` in the project `{self.project}`"
            )
        return self.server.error(f"answers with HTTP {answer.status}, and with no secret")


def _decoded(data: object) -> str | None:
    try:
        return base64.b64decode(str(data), validate=True).decode() if data is not None else None
    except ValueError:
        return None


def _open(names: Mapping[str, str], environment: Environment) -> _Secret:
    project = path_of(needed("GOOGLE_CLOUD_PROJECT", "the project", environment))
    server = server_at(_TITLE, _VARIABLE, {**_ADDRESS, **environment}, None)
    token = signed_in(_TITLE, environment, "gcloud", "auth", "print-access-token")
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    return _Secret(replace(server, headers=headers), project, names["SECRET_ID"])


KEEPER = Keeper(store="google-secret-manager", open=_open, variables=("GOOGLE_CLOUD_PROJECT",))
