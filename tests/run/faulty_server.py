"""A server between a store and its client, at which a test makes things go wrong."""

from __future__ import annotations

import os
import signal
import urllib.error
import urllib.request
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, NamedTuple

from notion_stand_in import encrypting
from serving import Serving

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from threading import Event

    import pytest


class Reply(NamedTuple):
    """What a client is answered."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = {}


class _Handler(BaseHTTPRequestHandler):
    server: FaultyServer

    def do_any(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        ask = Ask(self.command, self.path, body, dict(self.headers.items()), self.server.target)
        reply = self.server.fault(ask)
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body)

    do_GET = do_any  # noqa: N815, what http.server looks for
    do_POST = do_any  # noqa: N815, what http.server looks for
    do_PATCH = do_any  # noqa: N815, what http.server looks for
    do_PUT = do_any  # noqa: N815, what http.server looks for

    def log_message(self, *_: object) -> None:
        """Say nothing: pytest shows what went wrong."""


class Ask(NamedTuple):
    """A request on its way to the store."""

    method: str
    path: str
    body: bytes
    headers: Mapping[str, str]
    target: str

    @property
    def writes(self) -> bool:
        """Whether it would change what the store keeps."""
        return self.method != "GET"

    def pass_on(self) -> Reply:
        """Return what the store answers."""
        headers = {key: value for key, value in self.headers.items() if key != "Host"}
        request = urllib.request.Request(  # noqa: S310, the test's own store
            self.target + self.path, self.body or None, headers, method=self.method
        )
        try:
            answer = urllib.request.urlopen(request)  # noqa: S310, as above
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return Reply(answer.status, answer.read())


class FaultyServer(Serving):
    """Serves while it is entered; `fault` says what is answered."""

    def __init__(
        self, target: str, fault: Callable[[Ask], Reply], *, encrypted: bool = False
    ) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.target = target
        self.fault = fault
        self.address = f"http://127.0.0.1:{self.server_port}"
        if encrypted:
            self.address = f"https://localhost:{self.server_port}"
            self.socket = encrypting(self.socket)

    def handle_error(self, *_: object) -> None:
        """Say nothing of a client that has gone."""


def failing(times: int) -> Callable[[Ask], Reply]:
    """Return a fault: as many requests that write are passed on, and answered with 503."""
    left = [times]

    def fault(ask: Ask) -> Reply:
        reply = ask.pass_on()
        if ask.writes and left[0]:
            left[0] -= 1
            return Reply(503)
        return reply

    return fault


def silent(ended: Event) -> Callable[[Ask], Reply]:
    """Return a fault: nothing is answered before the test has ended."""

    def fault(_ask: Ask) -> Reply:
        ended.wait()
        return Reply(503)

    return fault


def failing_first(ask: Callable[[Ask], Reply]) -> Callable[[Ask], Reply]:
    """Return a fault: what is asked first is answered with 503, and what comes after as it was."""
    left = [Reply(503)]
    return lambda asked: left.pop() if left else ask(asked)


def killing(
    ask: Callable[[Ask], Reply],
    started: Sequence[subprocess.Popen[bytes]],
    when: Callable[[Ask], bool],
) -> Callable[[Ask], Reply]:
    """Return a fault: the program that has been started is killed before it reads an answer."""

    def fault(asked: Ask) -> Reply:
        reply = ask(asked)
        if when(asked):
            started[0].send_signal(signal.SIGKILL)
            started[0].wait()
        return reply

    return fault


def elsewhere(_ask: Ask) -> Reply:
    """Send the client to another address."""
    return Reply(307, headers={"Location": "http://127.0.0.1:9/"})


def garbage(_ask: Ask) -> Reply:
    """Answer with what is no object."""
    return Reply(200, b'[["data"')


# What every store may answer instead, and what is said of it.
FAULTS: Mapping[str, tuple[Callable[[Ask], Reply], str]] = {
    "fails": (lambda _: Reply(503), "fails, with HTTP 503: try again later."),
    "is strange": (
        lambda _: Reply(418),
        "does not answer as it should, but with HTTP 418: is that its address?",
    ),
    "sends on": (elsewhere, "sends on to another address: if you trust that one, set it."),
    "is garbage": (
        garbage,
        "does not answer as it should, but with HTTP 200: is that its address?",
    ),
}


@contextmanager
def between(
    monkeypatch: pytest.MonkeyPatch, variable: str, fault: Callable[[Ask], Reply]
) -> Iterator[None]:
    """Have a server with a fault stand before the store whose address is in a variable."""
    with FaultyServer(os.environ[variable], fault) as server, monkeypatch.context() as meanwhile:
        meanwhile.setenv(variable, server.address)
        yield
