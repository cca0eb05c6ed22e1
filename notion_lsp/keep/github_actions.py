"""The secrets of a repository on GitHub, which workflows read: "REST API endpoints for secrets".

GitHub takes a secret in a box that only it can open, and shows it to nobody afterwards: what is
read back is that there is one, and since when. Who has no token in the environment is asked for by
`gh`, GitHub's own command, which closes the box too. The repository comes from `GH_REPO`, which is
also what `gh` reads, and never from git: a remote is what somebody has written into a clone.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, replace
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from notion_lsp.keep import Found, Keeper, NotKeptError
from notion_lsp.keep import _program as programs
from notion_lsp.keep._server import Refusal, as_json, json_in, needed, path_of, server_at

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from notion_lsp.keep import Environment
    from notion_lsp.keep._server import Server

_TITLE = "GitHub"
_SIGN_IN = f"sign in to {_TITLE}"
_ADDRESS = {"GITHUB_API_URL": "https://api.github.com"}
_VERSION = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+")
_REFUSALS = (
    Refusal(
        {HTTPStatus.UNAUTHORIZED}, "does not know your token, or it has expired: sign in again"
    ),
    Refusal({HTTPStatus.FORBIDDEN}, "has been asked too often: try again later", b"rate limit"),
    Refusal(
        {HTTPStatus.FORBIDDEN},
        "wants your token authorised for the organisation of `{repository}`: do so in the token's"
        " settings there",
        b"SAML",
    ),
    Refusal(
        {HTTPStatus.FORBIDDEN},
        "lets you {right} no secrets of `{repository}`: take a token that may write its secrets",
    ),
    # GitHub tells nobody of a repository that they may not see.
    Refusal(
        {HTTPStatus.NOT_FOUND},
        "lets you {right} no secrets of `{repository}`, or has none such: look at GH_REPO, and at"
        " the rights of your token",
    ),
    Refusal(
        {HTTPStatus.UNPROCESSABLE_ENTITY},
        "takes no secret that is called `{name}`: give the variable another name",
    ),
)


@dataclass(frozen=True, slots=True)
class _Secret:
    """A secret of a repository, and what puts it there."""

    server: Server
    path: str
    put: Callable[[str], None]

    def read(self) -> Found:
        """Return whether there is one."""
        answer = self.server.ask("GET", self.path, also={HTTPStatus.NOT_FOUND})
        if answer.status == HTTPStatus.NOT_FOUND:
            return Found("")
        since = json_in(answer).get("updated_at")
        if since is None:
            raise self.server.refused(answer)
        return Found(None, since)

    def write(self, value: str, _found: Found) -> None:
        """Put the secret there."""
        self.put(value)


def _in_a_box(server: Server, path: str, about: Mapping[str, object], value: str) -> None:
    from nacl.public import PublicKey, SealedBox

    try:
        key = PublicKey(base64.b64decode(str(about.get("key"))))
    except (TypeError, ValueError):
        raise server.error("gives a key that is none: try again later") from None
    closed = base64.b64encode(SealedBox(key).encrypt(value.encode())).decode()
    server.ask("PUT", path, as_json({"encrypted_value": closed, "key_id": about.get("key_id")}))


def _by_gh(environment: Environment, repository: str, name: str, value: str) -> None:
    # Without `--body`, the command reads the value from standard input.
    command = ("gh", "secret", "set", name, "--repo", repository)
    if programs.run(_TITLE, environment, *command, given=value.encode()).returncode:
        raise NotKeptError(f"`gh` cannot write a secret of `{repository}`: look at your rights.")


def _open(names: Mapping[str, str], environment: Environment) -> _Secret:
    repository, name = _repository(environment), names["name"]
    server = server_at(_TITLE, "GITHUB_API_URL", {**_ADDRESS, **environment})
    host = urlsplit(server.address).netloc.removeprefix("api.")
    given = environment.get("GH_TOKEN") or environment.get("GITHUB_TOKEN")
    token = needed("GH_TOKEN", _SIGN_IN, {"GH_TOKEN": given or _asked(environment, host)})
    headers = {"Authorization": f"Bearer {token}", **_VERSION}
    about = {"repository": repository, "name": name}
    server = replace(server, headers=headers, refusals=_REFUSALS, about=about)
    secrets = f"repos/{path_of(repository)}/actions/secrets"
    key, path = json_in(server.ask("GET", f"{secrets}/public-key")), f"{secrets}/{path_of(name)}"
    in_a_box = partial(_in_a_box, server, path, key)
    by_gh = partial(_by_gh, environment, f"{host}/{repository}", name)
    return _Secret(server, path, in_a_box if given else by_gh)


def _repository(environment: Environment) -> str:
    repository = needed("GH_REPO", "the repository, as OWNER/NAME", environment)
    if not _REPOSITORY.fullmatch(repository):
        raise NotKeptError("GH_REPO is not the name of a repository, as OWNER/NAME.")
    return repository


def _asked(environment: Environment, host: str) -> str:
    if programs.path_of("gh", environment) is None:
        raise NotKeptError(f"Set GH_TOKEN to {_SIGN_IN}, or sign in with `gh`.")
    return programs.signed_in(_TITLE, environment, "gh", "auth", "token", "--hostname", host)


KEEPER = Keeper(
    store="env",
    language="github-actions",
    title="the secrets of the repository",
    kept_as="{name}",
    open=_open,
    variables=("GH_REPO",),
    extra="github",
)
