"""Google Secret Manager, by its REST API (v1), as who is signed in with `gcloud`."""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from notion_lsp.keep import Found, Keeper
from notion_lsp.keep._program import signed_in
from notion_lsp.keep._server import Refusal, as_json, json_in, needed, path_of, server_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notion_lsp.keep import Environment
    from notion_lsp.keep._server import Server

_TITLE = "Google Secret Manager"
# The variable is that of Google's own command.
_VARIABLE = "CLOUDSDK_API_ENDPOINT_OVERRIDES_SECRETMANAGER"
_ADDRESS = {_VARIABLE: "https://secretmanager.googleapis.com"}
_REFUSALS = (
    Refusal(
        {HTTPStatus.UNAUTHORIZED},
        "does not take the token of `gcloud`: sign in again, with `gcloud auth login`",
    ),
    Refusal(
        {HTTPStatus.FORBIDDEN},
        "is not enabled in the project `{project}`: enable it, with"
        " `gcloud services enable secretmanager.googleapis.com --project {project}`",
        b"SERVICE_DISABLED",
    ),
    # Of a project that is not there, Google says the same as of one that nobody may see.
    Refusal(
        {HTTPStatus.FORBIDDEN},
        "gives you no right to {right} `{name}` in a project `{project}`: look at"
        " GOOGLE_CLOUD_PROJECT, and at your roles there",
    ),
    Refusal(
        {HTTPStatus.NOT_FOUND},
        "has no `{name}` in the project `{project}`, as somebody deleted it just now: try again",
    ),
    Refusal({HTTPStatus.CONFLICT}, "has got `{name}` from somebody else just now: try again"),
    Refusal(
        {HTTPStatus.BAD_REQUEST},
        "may not choose where to keep `{name}`: make it in a place that your organisation allows,"
        " with `gcloud secrets create {name} --replication-policy user-managed`",
        b"constraints/gcp.resourceLocations",
    ),
)
_HAS_NONE = {HTTPStatus.NOT_FOUND, HTTPStatus.BAD_REQUEST}


@dataclass(frozen=True, slots=True)
class _Secret:
    """A secret of a project; what is written is a new version of it."""

    server: Server
    project: str
    name: str

    def read(self) -> Found:
        """Return the newest version; `version` is `None` where the secret is to be made."""
        newest = f"{self._path}/versions/latest:access"
        answer = self.server.ask("GET", newest, also=_HAS_NONE)
        if answer.status == HTTPStatus.NOT_FOUND:
            # A secret may have been made without a version.
            made = self.server.ask("GET", self._path, also=_HAS_NONE).status == HTTPStatus.OK
            return Found("", "" if made else None)
        if json_in(answer, "error").get("status") == "FAILED_PRECONDITION":
            return Found(None, "")  # the newest version is disabled or destroyed
        value = _decoded(json_in(answer, "payload").get("data"))
        if value is None:
            raise self.server.refused(answer)
        return Found(value, json_in(answer).get("name"))

    def write(self, value: str, found: Found) -> None:
        """Make the secret if there is none, and add a version."""
        if found.version is None:
            made = as_json({"replication": {"automatic": {}}})
            self.server.ask("POST", f"{self._all}?secretId={path_of(self.name)}", made)
        data = base64.b64encode(value.encode()).decode()
        self.server.ask("POST", f"{self._path}:addVersion", as_json({"payload": {"data": data}}))

    @property
    def _all(self) -> str:
        return f"v1/projects/{self.project}/secrets"

    @property
    def _path(self) -> str:
        return f"{self._all}/{path_of(self.name)}"


def _decoded(data: object) -> str | None:
    try:
        return base64.b64decode(str(data), validate=True).decode() if data is not None else None
    except ValueError:
        return None


def _open(names: Mapping[str, str], environment: Environment) -> _Secret:
    project = path_of(needed("GOOGLE_CLOUD_PROJECT", "the project", environment))
    server = server_at(_TITLE, _VARIABLE, {**_ADDRESS, **environment})
    token = signed_in(_TITLE, environment, "gcloud", "auth", "print-access-token")
    name, headers = names["SECRET_ID"], {"Authorization": f"Bearer {token}"}
    about = {"name": name, "project": project}
    server = replace(server, headers=headers, refusals=_REFUSALS, about=about)
    return _Secret(server, project, name)


KEEPER = Keeper(store="google-secret-manager", open=_open, variables=("GOOGLE_CLOUD_PROJECT",))
