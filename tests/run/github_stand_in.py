"""A stand-in for the secrets of GitHub: a real pair of keys, and boxes that it opens."""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING, ClassVar

from faulty_server import Reply
from nacl.public import PrivateKey, SealedBox

if TYPE_CHECKING:
    from faulty_server import Ask

TOKEN = "made-up-token-of-github"  # noqa: S105, as it says
REPOSITORY = "acme/site"
_SECRETS = f"/repos/{REPOSITORY}/actions/secrets/"


class GitHub:
    """What GitHub keeps of one repository: a value and a date for each secret."""

    environment: ClassVar = {"GH_REPO": REPOSITORY, "GH_TOKEN": TOKEN}
    variable = "GITHUB_API_URL"

    def __init__(self) -> None:
        self.key = PrivateKey.generate()
        self.secrets: dict[str, str] = {}
        self.writes = 0

    @property
    def value(self) -> str | None:
        """The value of the secret that a token is put into."""
        return self.secrets.get("NOTION_TOKEN")

    def put(self, value: str) -> None:
        """Have that secret keep another value, from a later moment on."""
        self.secrets["NOTION_TOKEN"] = value
        self.writes += 1

    def answer(self, ask: Ask) -> Reply:
        """Answer as the REST API does."""
        # `gh` writes the first form, and asks a server of a company below `/api/v3`.
        if ask.headers.get("Authorization") not in {f"token {TOKEN}", f"Bearer {TOKEN}"}:
            return Reply(401)
        path = ask.path.removeprefix("/api/v3")
        name = path.removeprefix(_SECRETS)
        if name == path:
            return Reply(404)
        if name == "public-key":
            key = base64.b64encode(bytes(self.key.public_key)).decode()
            return _reply(200, {"key_id": "7", "key": key})
        return self._put(name, json.loads(ask.body)) if ask.writes else self._get(name)

    def _get(self, name: str) -> Reply:
        if name not in self.secrets:
            return Reply(404)
        return _reply(200, {"name": name, "updated_at": f"2026-01-01T00:00:0{self.writes}Z"})

    def _put(self, name: str, about: dict[str, str]) -> Reply:
        if about.get("key_id") != "7" or not re.fullmatch(r"(?!GITHUB_)\w+", name):
            return Reply(422)
        box = base64.b64decode(about["encrypted_value"], validate=True)
        there = name in self.secrets
        self.secrets[name] = SealedBox(self.key).decrypt(box).decode()
        self.writes += 1
        return Reply(204) if there else _reply(201, {})


def _reply(status: int, body: object) -> Reply:
    return Reply(status, json.dumps(body).encode())
