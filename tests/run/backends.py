"""Secret stores on this machine: each one real, or a stand-in that official clients accept."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from conjur_server import ConjurServer

from notion_lsp.settings import ACCESS_TOKEN_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

SECONDS = 60
SECRET = "notion/api-token"  # noqa: S105, the name of one


def nothing() -> None:
    """Do what most stores need to be ready."""


@dataclass(frozen=True)
class Backend:
    """A store that runs: what its clients read from the environment, and what it is told.

    What is cleared can take a secret again only when it is `ready`.
    """

    environment: Mapping[str, str]
    put: Callable[[str], None]
    clear: Callable[[], None]
    ready: Callable[[], None] = nothing


@contextmanager
def env(_programs: Path) -> Iterator[Backend]:
    """Keep the secret in the environment itself, under whatever name a program gives it."""
    environment: dict[str, str] = {}

    def put(value: str) -> None:
        environment.update(dict.fromkeys(ACCESS_TOKEN_NAMES, value))

    yield Backend(environment, put, environment.clear)


@contextmanager
def vault(programs: Path) -> Iterator[Backend]:
    """Run OpenBao in memory."""
    port = free_port()
    address, token = f"http://127.0.0.1:{port}", "root"
    options = ["-dev", f"-dev-root-token-id={token}", "-dev-no-store-token"]
    listen = f"-dev-listen-address=127.0.0.1:{port}"
    command = [str(programs / "bao"), "server", *options, listen]

    def call(method: str, path: str, body: object = None) -> None:
        ask(method, f"{address}/v1/secret/{path}", body, {"X-Vault-Token": token})

    with running(command, f"{address}/v1/sys/health"):
        yield Backend(
            {"VAULT_ADDR": address, "VAULT_TOKEN": token},
            put=lambda value: call("POST", "data/notion", {"data": {"api_key": value}}),
            clear=lambda: call("DELETE", "metadata/notion"),
        )


@contextmanager
def aws(programs: Path) -> Iterator[Backend]:
    """Run moto's Secrets Manager."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environment = {
        "AWS_ENDPOINT_URL": address,
        "AWS_ACCESS_KEY_ID": "made-up",
        "AWS_SECRET_ACCESS_KEY": "made-up",
        "AWS_REGION": "eu-west-1",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }

    def put(value: str) -> None:
        clear()
        call("CreateSecret", {"Name": SECRET, "SecretString": value})
        call("CreateSecret", {"Name": "notion", "SecretString": json.dumps({"api_key": value})})

    def call(target: str, body: object) -> None:
        credential = "Credential=made-up/20260101/eu-west-1/secretsmanager/aws4_request"
        headers = {
            "X-Amz-Target": f"secretsmanager.{target}",
            "Content-Type": "application/x-amz-json-1.1",
            "Authorization": f"AWS4-HMAC-SHA256 {credential}, SignedHeaders=host, Signature=0",
        }
        ask("POST", address, body, headers)

    def clear() -> None:
        ask("POST", f"{address}/moto-api/reset")

    command = [str(programs / "moto_server"), "-H", "127.0.0.1", "-p", str(port)]
    with running(command, f"{address}/moto-api/"):
        yield Backend(environment, put, clear)


@contextmanager
def conjur(_programs: Path) -> Iterator[Backend]:
    """Run the stand-in."""
    with ConjurServer() as server:

        def put(value: str) -> None:
            server.variables[SECRET] = value.encode()

        def declare() -> None:
            server.variables[SECRET] = None

        yield Backend(server.environment, put, server.variables.clear, declare)


def free_port() -> int:
    """Return a port that nobody listens on, nor on the next one, which OpenBao takes too."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port: int = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


@contextmanager
def running(command: list[str], ready: str) -> Iterator[None]:
    """Run a server that answers at an address when it is ready."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + SECONDS
        while not _answers(ready):
            assert process.poll() is None, command[0]
            assert time.monotonic() < end, command[0]
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(SECONDS)


def ask(
    method: str, address: str, body: object = None, headers: Mapping[str, str] | None = None
) -> Any:  # noqa: ANN401, what a store answers
    """Send a request, with a body in JSON, that has to succeed; `None` where nothing is there."""
    assert re.match(r"http://127\.0\.0\.1:", address)
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(address, data, dict(headers or {}), method=method)  # noqa: S310, asserted above
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310, as above
            content = answer.read()
    except urllib.error.HTTPError as error:
        error.close()
        if error.status != HTTPStatus.NOT_FOUND:
            raise
        return None
    is_json = "json" in answer.headers.get_content_type()
    return json.loads(content) if content and is_json else None


def _answers(address: str) -> bool:
    try:
        ask("GET", address)
    except (urllib.error.URLError, ConnectionError):
        return False
    return True


STORES = {
    "aws-secrets-manager": aws,
    "conjur": conjur,
    "env": env,
    "vault": vault,
}
