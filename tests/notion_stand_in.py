"""A server on this machine that answers in Notion's place, and notes what it is asked.

`stand_in.pem` is the certificate of `localhost`, with its key, for a hundred years. It signs
itself, so it is trusted only where `SSL_CERT_FILE` names it, and it is not that of `127.0.0.1`.
"""

from __future__ import annotations

import json
import socketserver
import ssl
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterable, Iterator

    import pytest

    # What is written, piece by piece, in answer to a token.
    Reply = Callable[[str], Iterable[bytes]]

CERTIFICATE = Path(__file__).with_name("stand_in.pem")

WORKSPACE = "2f9a1c7e-0000-4000-8000-0000000000a1"
BOT = "5b0d6c3a-0000-4000-8000-0000000000b1"


class StandIn:
    """The server: where it listens, the requests that it got, and what ends its slow answers."""

    def __init__(self, port: int) -> None:
        self.address = f"https://localhost:{port}"
        self.requests: list[bytes] = []
        self.over = Event()


@contextmanager
def stand_in(reply: Reply, *, encrypted: bool = True) -> Iterator[StandIn]:
    """Serve with a function that is given the token of a request, until the block ends."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            request = b""
            while b"\r\n\r\n" not in request and (line := self.rfile.readline()):
                request += line
            if not request:
                return
            serving.requests.append(request)
            for piece in reply(bearer(request)):
                self.wfile.write(piece)

    with _Server(("127.0.0.1", 0), Handler) as server:
        if encrypted:
            server.socket = encrypting(server.socket)
        serving = StandIn(server.server_address[1])
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield serving
        finally:
            serving.over.set()
            server.shutdown()
            thread.join()


def encrypting(listening: socket.socket) -> ssl.SSLSocket:
    """Return a socket that shows the certificate to whoever connects."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context.wrap_socket(listening, server_side=True, do_handshake_on_connect=False)


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing: a client that does not trust the certificate hangs up."""


def trust(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust the certificate, and take no proxy from the environment of this machine."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def bearer(request: bytes) -> str:
    """Return the token of a request, empty if it has none."""
    _, _, after = request.partition(b"Authorization: Bearer ")
    return after.partition(b"\r\n")[0].decode()


def answer(status: int, body: object = None, **headers: str) -> Reply:
    """Return the reply with a status, headers and a body, in JSON unless it is bytes."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    head = [f"HTTP/1.1 {status} Said", f"Content-Length: {len(content)}", "Connection: close"]
    head += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    written = "\r\n".join([*head, "", ""]).encode() + content
    return lambda _: [written]


def error(status: int, code: str, **more: object) -> Reply:
    """Return an error of Notion, with its status and code."""
    body = {"object": "error", "status": status, "code": code, "message": "Said.", **more}
    return answer(status, body)


def limited(reason: str, **headers: str) -> Reply:
    """Return the answer to too many requests, with its reason."""
    body = {
        "object": "error",
        "code": "rate_limited",
        "additional_data": {"rate_limit_reason": reason},
    }
    return answer(429, body, **headers)


def user(owner: str = "workspace", *, bot: str = BOT, **said: object) -> dict[str, Any]:
    """Return what Notion says of the owner of a live token."""
    about = {"owner": {"type": owner}, "workspace_id": WORKSPACE, "workspace_name": "Acme", **said}
    return {"object": "user", "id": bot, "type": "bot", "name": "Sync", "bot": about}


LIVE = answer(200, user())
DEAD = error(401, "unauthorized")
PERSON = {"object": "user", "id": BOT, "type": "person", "person": {"email": "a@example.com"}}


def by_token(replies: dict[str, Reply]) -> Reply:
    """Return the reply that answers each token in its own way."""
    return lambda token: replies[token](token)
