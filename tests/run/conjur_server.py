"""A stand-in for Conjur: login, authentication and variables, as its REST interface has them."""

from __future__ import annotations

import base64
import binascii
import json
import re
import time
from http.server import BaseHTTPRequestHandler
from urllib.parse import unquote, urlsplit

from serving import Serving

ACCOUNT, LOGIN, API_KEY = "team", "host/ci/runner", "1-made-up-api-key-of-a-machine"
_LIFE = 480  # seconds

_LOGIN = re.compile(r"/authn/([^/]+)/login")
_AUTHENTICATE = re.compile(r"/authn/([^/]+)/([^/]+)/authenticate")
_VARIABLE = re.compile(r"/secrets/([^/]+)/variable/(.+?)/?")


class _Handler(BaseHTTPRequestHandler):
    server: ConjurServer

    def do_POST(self) -> None:
        path = urlsplit(self.path).path
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if found := _AUTHENTICATE.fullmatch(path):
            known = (unquote(found[1]), unquote(found[2]), body.decode())
            if known == (ACCOUNT, LOGIN, API_KEY):
                self._answer_token()
            else:
                self._answer(401)
        elif found := _VARIABLE.fullmatch(path):
            self._set(unquote(found[2]), body)
        else:
            self._answer(404)

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        found = _VARIABLE.fullmatch(path)
        if login := _LOGIN.fullmatch(path):
            self._log_in(unquote(login[1]))
        elif not found:
            self._answer(404)
        elif not self._allowed() or unquote(found[1]) != ACCOUNT:
            self._answer(401)
        elif (value := self.server.variables.get(unquote(found[2]))) is None:
            self._answer_missing(unquote(found[2]))
        else:
            self.server.reads += 1
            self._answer(200, value, "application/octet-stream")

    def _log_in(self, account: str) -> None:
        # An API key does for a password, as it does in Conjur.
        basic = base64.b64encode(f"{LOGIN}:{API_KEY}".encode()).decode()
        if (account, self.headers.get("Authorization")) == (ACCOUNT, f"Basic {basic}"):
            self._answer(200, API_KEY.encode())
        else:
            self._answer(401)

    def _set(self, name: str, value: bytes) -> None:
        if not self._allowed():
            self._answer(401)
        elif name not in self.server.variables:
            self._answer_missing(name)
        elif not value:
            self._answer(422)
        else:
            self.server.variables[name] = value
            self._answer(201)

    def _allowed(self) -> bool:
        found = re.fullmatch(r'Token token="(.*)"', self.headers.get("Authorization", ""))
        try:
            token = json.loads(base64.b64decode(found[1], validate=True)) if found else {}
            claims = json.loads(base64.urlsafe_b64decode(token.get("payload", "")) or "{}")
        except (binascii.Error, ValueError):
            return False
        return bool(claims.get("sub") == LOGIN and claims.get("exp", 0) > time.time())

    def _answer_token(self) -> None:
        issued = int(time.time())
        claims = {"sub": LOGIN, "iat": issued, "exp": issued + _LIFE}
        parts = {"protected": {"alg": "conjur.org/slosilo/v2"}, "payload": claims, "signature": {}}
        token = json.dumps(
            {
                name: base64.urlsafe_b64encode(json.dumps(part).encode()).decode()
                for name, part in parts.items()
            }
        ).encode()
        if "base64" in self.headers.get("Accept-Encoding", ""):
            self._answer(200, base64.b64encode(token), "text/plain", encoding="base64")
        else:
            self._answer(200, token, "application/json")

    def _answer_missing(self, name: str) -> None:
        message = f"CONJ00076E Variable {ACCOUNT}:variable:{name} is empty or not found."
        body = json.dumps({"error": {"code": "not_found", "message": message}}).encode()
        self._answer(404, body, "application/json")

    def _answer(
        self, status: int, body: bytes = b"", kind: str = "text/plain", encoding: str = ""
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing: pytest shows what went wrong."""


class ConjurServer(Serving):
    """Serves while it is entered; `variables` are those that a policy has declared."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.variables: dict[str, bytes | None] = {}
        self.reads = 0

    @property
    def environment(self) -> dict[str, str]:
        """What the official clients read."""
        return {
            "CONJUR_APPLIANCE_URL": f"http://127.0.0.1:{self.server_port}",
            "CONJUR_ACCOUNT": ACCOUNT,
            "CONJUR_AUTHN_LOGIN": LOGIN,
            "CONJUR_AUTHN_API_KEY": API_KEY,
        }
