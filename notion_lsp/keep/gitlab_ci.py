"""The CI/CD variables of a project on GitLab: "Project-level CI/CD variables API".

The project comes from `GITLAB_REPO`, which is also what `glab` reads, and never from git.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from notion_lsp.keep import Found, Keeper
from notion_lsp.keep._server import json_in, needed, path_of, server_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notion_lsp.keep import Environment, NotKeptError
    from notion_lsp.keep._server import Server
    from notion_lsp.request import Answer

_TITLE = "GitLab"
_SIGN_IN = f"sign in to {_TITLE}"
_HOST = "gitlab.com"
_JSON = {"Content-Type": "application/json"}
_WRITTEN = {HTTPStatus.CREATED, HTTPStatus.OK}


@dataclass(frozen=True, slots=True)
class _Variable:
    """A variable of a project, for all of its environments."""

    server: Server
    project: str
    name: str

    def read(self) -> Found:
        """Return the value; one that is hidden is shown to nobody."""
        answer = self.server.ask("GET", f"{self._all}/{path_of(self.name)}")
        if answer.status == HTTPStatus.NOT_FOUND and b"Variable" in answer.body:
            return Found("")
        if answer.status != HTTPStatus.OK:
            raise self._refusal(answer)
        return Found(json_in(answer).get("value"))

    def write(self, value: str, found: Found) -> None:
        """Make the variable, masked and protected, or change its value alone."""
        if found.value == "":
            about = {"key": self.name, "masked": True, "protected": True, "value": value}
            answer = self._send("POST", self._all, about)
        else:
            answer = self._send("PUT", f"{self._all}/{path_of(self.name)}", {"value": value})
        if answer.status not in _WRITTEN:
            raise self._refusal(answer)

    @property
    def _all(self) -> str:
        project = path_of(self.project).replace("/", "%2F")
        return f"api/v4/projects/{project}/variables"

    def _send(self, method: str, path: str, about: Mapping[str, object]) -> Answer:
        return self.server.ask(method, path, json.dumps(about).encode(), _JSON)

    def _refusal(self, answer: Answer) -> NotKeptError:
        if answer.status == HTTPStatus.UNAUTHORIZED:
            return self.server.error("does not know GITLAB_TOKEN, or it has expired")
        if answer.status in {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}:
            return self.server.error(
                f"lets GITLAB_TOKEN see no variables of `{self.project}`, or has no such project"
            )
        return self.server.error(f"answers with HTTP {answer.status}")


def _open(names: Mapping[str, str], environment: Environment) -> _Variable:
    project = needed("GITLAB_REPO", "the project, as GROUP/NAME", environment)
    token = needed("GITLAB_TOKEN", _SIGN_IN, environment)
    host = environment.get("GITLAB_HOST") or _HOST
    # A host alone will do for `glab`.
    address = host if "://" in host else f"https://{host}"
    server = server_at(_TITLE, "GITLAB_HOST", {"GITLAB_HOST": address}, None)
    return _Variable(replace(server, headers={"PRIVATE-TOKEN": token}), project, names["name"])


KEEPER = Keeper(
    store="env",
    language="gitlab-ci",
    title="the CI/CD variables of the project",
    kept_as="{name}",
    open=_open,
    variables=("GITLAB_REPO",),
)
