"""The CI/CD variables of a project on GitLab: "Project-level CI/CD variables API".

The project comes from `GITLAB_REPO`, which is also what `glab` reads, and never from git.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from notion_lsp.keep import Found, Keeper
from notion_lsp.keep._server import Refusal, as_json, json_in, needed, path_of, server_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notion_lsp.keep import Environment
    from notion_lsp.keep._server import Server

_TITLE = "GitLab"
_SIGN_IN = f"sign in to {_TITLE}"
_HOST = "gitlab.com"
_OVERTAKEN = "has got another `{name}` from somebody else just now: try again"
_REFUSALS = (
    Refusal(
        {HTTPStatus.UNAUTHORIZED}, "does not know GITLAB_TOKEN, or it has expired: make a new one"
    ),
    Refusal(
        {HTTPStatus.FORBIDDEN},
        "gives GITLAB_TOKEN too small a scope: make one that has `api`",
        b"insufficient_scope",
    ),
    Refusal(
        {HTTPStatus.FORBIDDEN},
        "lets GITLAB_TOKEN {right} no variables of `{project}`: that takes a Maintainer",
    ),
    Refusal({HTTPStatus.NOT_FOUND}, _OVERTAKEN, b"Variable"),
    Refusal(
        {HTTPStatus.NOT_FOUND},
        "has no project `{project}` that GITLAB_TOKEN may see: look at GITLAB_REPO",
    ),
    Refusal(
        {HTTPStatus.CONFLICT},
        "has several variables `{name}`, for one environment each: change there what is to change",
    ),
    Refusal({HTTPStatus.BAD_REQUEST}, _OVERTAKEN, b"has already been taken"),
)


@dataclass(frozen=True, slots=True)
class _Variable:
    """A variable of a project, for all of its environments."""

    server: Server
    project: str
    name: str

    def read(self) -> Found:
        """Return the value; one that is hidden is shown to nobody."""
        path = f"{self._all}/{path_of(self.name)}"
        answer = self.server.ask("GET", path, also={HTTPStatus.NOT_FOUND})
        if answer.status == HTTPStatus.NOT_FOUND and b"Variable" in answer.body:
            return Found("")
        said = json_in(answer)
        if "value" not in said:
            raise self.server.refused(answer, "read")
        return Found(said["value"])

    def write(self, value: str, found: Found) -> None:
        """Make the variable, masked and protected, or change its value alone."""
        if found.value == "":
            about = {"key": self.name, "masked": True, "protected": True, "value": value}
            self.server.ask("POST", self._all, as_json(about))
        else:
            path = f"{self._all}/{path_of(self.name)}"
            self.server.ask("PUT", path, as_json({"value": value}))

    @property
    def _all(self) -> str:
        project = path_of(self.project).replace("/", "%2F")
        return f"api/v4/projects/{project}/variables"


def _open(names: Mapping[str, str], environment: Environment) -> _Variable:
    project = needed("GITLAB_REPO", "the project, as GROUP/NAME", environment)
    token = needed("GITLAB_TOKEN", _SIGN_IN, environment)
    host = environment.get("GITLAB_HOST") or _HOST
    # A host alone will do for `glab`.
    address = host if "://" in host else f"https://{host}"
    server = server_at(_TITLE, "GITLAB_HOST", {"GITLAB_HOST": address})
    headers, about = {"PRIVATE-TOKEN": token}, {"project": project, "name": names["name"]}
    server = replace(server, headers=headers, refusals=_REFUSALS, about=about)
    return _Variable(server, project, names["name"])


KEEPER = Keeper(
    store="env",
    language="gitlab-ci",
    title="the CI/CD variables of the project",
    kept_as="{name}",
    open=_open,
    variables=("GITLAB_REPO",),
)
