"""Stand-ins for the stores of three clouds, which answer the calls of their references."""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import parse_qsl, urlsplit

from faulty_server import Reply

if TYPE_CHECKING:
    from collections.abc import Mapping

    from faulty_server import Ask

TOKEN = "made-up-token-of-a-cloud"  # noqa: S105, as it says


class Cloud:
    """What a store keeps under names, for whoever has the token; `None` is shown to nobody."""

    environment: ClassVar[Mapping[str, str]] = {}
    variable: str  # of the environment, that has the address
    name: str  # of the secret that a token is put into

    def __init__(self) -> None:
        self.secrets: dict[str, str | None] = {}

    @property
    def value(self) -> str | None:
        """The value of the secret that a token is put into."""
        return self.secrets.get(self.name, "")

    def put(self, value: str | None) -> None:
        """Have that secret keep another value."""
        self.secrets[self.name] = value

    def answer(self, ask: Ask) -> Reply:
        """Answer as the store does."""
        if ask.headers.get("Authorization") != f"Bearer {TOKEN}":
            return Reply(401)
        asked = urlsplit(ask.path)
        return self.answered(ask, asked.path, dict(parse_qsl(asked.query)))

    def answered(self, ask: Ask, path: str, query: Mapping[str, str]) -> Reply:
        """Answer somebody who is known."""
        raise NotImplementedError


class Doppler(Cloud):
    """One configuration of one project."""

    environment: ClassVar = {
        "DOPPLER_TOKEN": TOKEN,
        "DOPPLER_PROJECT": "site",
        "DOPPLER_CONFIG": "prd",
    }
    variable = "DOPPLER_API_HOST"
    name = "NOTION_TOKEN"

    def answered(self, ask: Ask, path: str, query: Mapping[str, str]) -> Reply:
        # Its command names project and configuration in the address, its API in the body too.
        about: Mapping[str, Any] = {**query, **(json.loads(ask.body) if ask.writes else {})}
        if (about.get("project"), about.get("config")) != ("site", "prd"):
            return _json(404, {"messages": ["Could not find requested config 'prd'"]})
        if ask.writes and path == "/v3/configs/config/secrets":
            changes = about.get("change_requests", ())
            self.secrets |= about.get("secrets", {}) | {
                each["name"]: each["value"] for each in changes
            }
            return _json(200, {"secrets": {}, "success": True})
        # Its command asks for all of them, in one form or another.
        every = {name: {"raw": value, "computed": value} for name, value in self.secrets.items()}
        answers = {"": {"secrets": every, "success": True}, "/download": self.secrets}
        if (whole := path.removeprefix("/v3/configs/config/secrets")) in answers:
            return _json(200, answers[whole])
        if path != "/v3/configs/config/secret":
            return Reply(404)
        if query["name"] not in self.secrets:
            return _json(404, {"messages": [f"Could not find requested secret: {query['name']}"]})
        value = self.secrets[query["name"]]
        return _json(200, {"name": query["name"], "value": {"raw": value, "computed": value}})


class Azure(Cloud):
    """A vault, whose secrets may be deleted for a while; one that is disabled is `None`."""

    variable = "AZURE_KEYVAULT_URL"
    name = "notion-api-token"

    def __init__(self) -> None:
        super().__init__()
        self.deleted: set[str] = set()
        self.beside: dict[str, object] = {}

    def answered(self, ask: Ask, path: str, query: Mapping[str, str]) -> Reply:
        found = re.fullmatch("/secrets/([0-9A-Za-z-]{1,127})", path)
        if not found or query != {"api-version": "7.4"}:
            return Reply(400)
        name = found[1]
        if ask.writes and name in self.deleted:
            inner = {"code": "ObjectIsDeletedButRecoverable"}
            return _json(409, {"error": {"code": "Conflict", "innererror": inner}})
        if ask.writes:
            about = json.loads(ask.body)
            self.secrets[name] = about.pop("value")
            self.beside = about
        if name not in self.secrets:
            return _json(404, {"error": {"code": "SecretNotFound"}})
        if self.secrets[name] is None:
            inner = {"code": "SecretDisabled"}
            return _json(403, {"error": {"code": "Forbidden", "innererror": inner}})
        return _json(200, {"value": self.secrets[name], "id": f"https://{name}/1", **self.beside})


class Google(Cloud):
    """The secrets of a project; `""` has no version, and the newest one of `None` is disabled."""

    environment: ClassVar = {"GOOGLE_CLOUD_PROJECT": "site"}
    variable = "CLOUDSDK_API_ENDPOINT_OVERRIDES_SECRETMANAGER"
    name = "notion-api-token"

    def answered(self, ask: Ask, path: str, query: Mapping[str, str]) -> Reply:
        if not path.startswith("/v1/projects/site/secrets"):
            return _json(403, {"error": {"status": "PERMISSION_DENIED"}})
        about = json.loads(ask.body) if ask.writes else {}
        if path.endswith("/secrets"):
            return self._make(query["secretId"], about)
        name, _, what = path.rpartition("/secrets/")[2].partition("/")
        name, _, call = name.partition(":")
        if name not in self.secrets:
            return _json(404, {"error": {"status": "NOT_FOUND"}})
        if call == "addVersion":
            self.secrets[name] = base64.b64decode(about["payload"]["data"], validate=True).decode()
            return _json(200, {"name": "versions/2"})
        return self._access(name) if what == "versions/latest:access" else _json(200, {})

    def _make(self, name: str, about: Mapping[str, object]) -> Reply:
        if name in self.secrets:
            return _json(409, {"error": {"status": "ALREADY_EXISTS"}})
        if "replication" not in about:
            return _json(400, {"error": {"status": "INVALID_ARGUMENT"}})
        self.secrets[name] = ""
        return _json(200, {"name": name})

    def _access(self, name: str) -> Reply:
        value = self.secrets[name]
        if value is None:
            return _json(400, {"error": {"status": "FAILED_PRECONDITION"}})
        if not value:
            return _json(404, {"error": {"status": "NOT_FOUND"}})
        data = base64.b64encode(value.encode()).decode()
        return _json(200, {"name": "versions/1", "payload": {"data": data}})


def _json(status: int, body: object) -> Reply:
    return Reply(status, json.dumps(body).encode())
