"""The secrets of a repository on GitHub, which workflows read: "REST API endpoints for secrets".

GitHub takes a secret in a box that only it can open, and shows it to nobody afterwards: what is
read back is that there is one, and since when. The repository comes from `GH_REPO`, which is also
what `gh` reads, and never from git: a remote is what somebody has written into a clone.
"""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from notion_lsp.keep import Found, Keeper, NotKeptError
from notion_lsp.keep._server import json_in, needed, path_of, server_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notion_lsp.keep import Environment
    from notion_lsp.keep._server import Server
    from notion_lsp.request import Answer

_TITLE = "GitHub"
_SIGN_IN = f"sign in to {_TITLE}"
_ADDRESS = {"GITHUB_API_URL": "https://api.github.com"}
_VERSION = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+")
_WRITTEN = {HTTPStatus.CREATED, HTTPStatus.NO_CONTENT}


@dataclass(frozen=True, slots=True)
class _Secret:
    """A secret of a repository, and the key that its box is closed with."""

    server: Server
    repository: str
    name: str
    key: Mapping[str, object] = field(repr=False)

    def read(self) -> Found:
        """Return whether there is one."""
        answer = self.server.ask("GET", self._path)
        if answer.status == HTTPStatus.NOT_FOUND:
            return Found("")
        if answer.status != HTTPStatus.OK:
            raise _refusal(self.server, answer, self.repository)
        return Found(None, json_in(answer).get("updated_at"))

    def write(self, value: str, _found: Found) -> None:
        """Put the secret there, in a box."""
        body = {"encrypted_value": self._closed(value), "key_id": self.key.get("key_id")}
        answer = self.server.ask("PUT", self._path, json.dumps(body).encode())
        if answer.status not in _WRITTEN:
            raise _refusal(self.server, answer, self.repository)

    @property
    def _path(self) -> str:
        return f"repos/{self.repository}/actions/secrets/{path_of(self.name)}"

    def _closed(self, value: str) -> str:
        from nacl.public import PublicKey, SealedBox

        try:
            key = PublicKey(base64.b64decode(str(self.key.get("key"))))
        except (TypeError, ValueError):
            raise self.server.error("gives a key that is none") from None
        return base64.b64encode(SealedBox(key).encrypt(value.encode())).decode()


def _open(names: Mapping[str, str], environment: Environment) -> _Secret:
    repository = needed("GH_REPO", "the repository, as OWNER/NAME", environment)
    if not _REPOSITORY.fullmatch(repository):
        raise NotKeptError("GH_REPO is not the name of a repository, as OWNER/NAME.")
    either = {"GH_TOKEN": environment.get("GITHUB_TOKEN", ""), **environment}
    token = needed("GH_TOKEN", _SIGN_IN, either)
    server = server_at(_TITLE, "GITHUB_API_URL", {**_ADDRESS, **environment}, None)
    server = replace(server, headers={"Authorization": f"Bearer {token}", **_VERSION})
    answer = server.ask("GET", f"repos/{path_of(repository)}/actions/secrets/public-key")
    if answer.status != HTTPStatus.OK:
        raise _refusal(server, answer, repository)
    return _Secret(server, path_of(repository), names["name"], json_in(answer))


def _refusal(server: Server, answer: Answer, repository: str) -> NotKeptError:
    if answer.status == HTTPStatus.UNAUTHORIZED:
        return server.error("does not know GH_TOKEN, or it has expired")
    # GitHub tells nobody of a repository that they may not see.
    if answer.status in {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}:
        return server.error(f"lets GH_TOKEN write no secrets of `{repository}`, or has none such")
    return server.error(f"answers with HTTP {answer.status}")


KEEPER = Keeper(
    store="env",
    language="github-actions",
    title="the secrets of the repository",
    kept_as="{name}",
    open=_open,
    variables=("GH_REPO",),
    extra="github",
)
