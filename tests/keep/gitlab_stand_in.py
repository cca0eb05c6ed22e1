"""A stand-in for the CI/CD variables of GitLab."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, ClassVar

from faulty_server import Reply

if TYPE_CHECKING:
    from faulty_server import Ask

TOKEN = "made-up-token-of-gitlab"  # noqa: S105, as it says
PROJECT = "acme/web/site"
_VARIABLES = "/api/v4/projects/acme%2Fweb%2Fsite/variables"


class GitLab:
    """What GitLab keeps of one project: all that is said of each variable."""

    environment: ClassVar = {"GITLAB_REPO": PROJECT, "GITLAB_TOKEN": TOKEN}
    variable = "GITLAB_HOST"

    def __init__(self) -> None:
        self.variables: dict[str, dict[str, Any]] = {}

    @property
    def value(self) -> str | None:
        """The value of the variable that a token is put into."""
        return self.variables.get("NOTION_TOKEN", {}).get("value")

    def put(self, value: str) -> None:
        """Have that variable keep another value."""
        self.variables["NOTION_TOKEN"] = {"key": "NOTION_TOKEN", "value": value}

    def answer(self, ask: Ask) -> Reply:
        """Answer as the API does."""
        if ask.headers.get("Private-Token") != TOKEN:
            return Reply(401)
        path, _, name = ask.path.rpartition("/")
        if ask.method == "POST" and ask.path == _VARIABLES:
            about = json.loads(ask.body)
            self.variables[about["key"]] = about
            return Reply(201)
        if path != _VARIABLES:
            return _missing("Project")
        if name not in self.variables:
            return _missing("Variable")
        if ask.writes:
            self.variables[name] |= json.loads(ask.body)
        shown = self.variables[name]
        if shown.get("hidden"):
            shown = {**shown, "value": None}
        return Reply(200, json.dumps(shown).encode())


def _missing(what: str) -> Reply:
    return Reply(404, json.dumps({"message": f"404 {what} Not Found"}).encode())
