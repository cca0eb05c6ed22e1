"""Programs with a token in them, rewritten by the server and run against the stores.

Each sends its token to a server of the test, which has to get the one that the store keeps.
"""

from __future__ import annotations

import os
import re
import subprocess
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple

import backends
import kits
import pytest
from conjur_server import API_KEY, ConjurServer
from token_factory import access_token
from toolchains import required
from wire import Wire

from notion_lsp.text import LineIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from backends import Backend

TYPED_IN, KEPT = access_token(1), access_token(2)
STORES = {"aws-secrets-manager": backends.aws, "conjur": backends.conjur, "vault": backends.vault}
WITH_KEY = {"awsSecretId": "notion", "awsJsonKey": "api_key"}

PYTHON = """
import os
import urllib.request

HEADERS = {"Authorization": "Bearer TOKEN"}
urllib.request.urlopen(urllib.request.Request(os.environ["RECEIVER"], headers=HEADERS))
"""
PYTHON_ASYNC = """
import asyncio
import os
import urllib.request


async def main():
    request = urllib.request.Request(os.environ["RECEIVER"])
    request.add_header("Authorization", "Bearer " + "TOKEN")
    urllib.request.urlopen(request)


asyncio.run(main())
"""
MODULE = """
const headers = { Authorization: "Bearer TOKEN" };
await fetch(process.env.RECEIVER, { headers });
"""
COMMONJS = """
async function main() {
  await fetch(process.env.RECEIVER, { headers: { Authorization: `Bearer ${"TOKEN".trim()}` } });
}

main();
"""
TYPESCRIPT = """
const token: string = "TOKEN";
await fetch(process.env["RECEIVER"] as string, { headers: { Authorization: `Bearer ${token}` } });
export {};
"""
GO = """package main

import (
\t"net/http"
\t"os"
)

const token = "TOKEN"

func main() {
\trequest, err := http.NewRequest("GET", os.Getenv("RECEIVER"), nil)
\tif err != nil {
\t\tpanic(err)
\t}
\trequest.Header.Set("Authorization", "Bearer "+token)
\tif _, err := http.DefaultClient.Do(request); err != nil {
\t\tpanic(err)
\t}
}
"""
SHELL = """#!/bin/sh
set -eu
curl -fsS -H 'Authorization: Bearer TOKEN' "$RECEIVER"
"""


class Program(NamedTuple):
    """A program, and what is to be done before it runs and to run it."""

    file: str
    language: str
    text: str
    run: Callable[[Path], Sequence[str | Path]]
    prepare: Callable[[Path], None]


def run_python(folder: Path) -> Sequence[str | Path]:
    return [kits.python() / "python", folder / "program.py"]


def link_packages(folder: Path) -> None:
    (folder / "node_modules").symlink_to(kits.node())


def compile_typescript(folder: Path) -> None:
    link_packages(folder)
    (folder / "package.json").write_text('{"type": "module"}')
    file = next(folder.glob("program.*"))
    strict = ["--strict", "--noUncheckedIndexedAccess", "--noUnusedLocals", "--types", "node"]
    target = ["--module", "nodenext", "--target", "es2022", "--jsx", "react", "--skipLibCheck"]
    compiler = kits.node() / ".bin" / "tsc"
    done = subprocess.run(
        [compiler, *strict, *target, file], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def build_go(folder: Path) -> None:
    for file in kits.go():
        (folder / file.name).write_bytes(file.read_bytes())
    program = folder / "program.go"
    formatted = subprocess.run(["gofmt", "-l", program], capture_output=True, check=True)
    assert formatted.stdout == b""
    subprocess.run(["go", "build", "-mod=mod", "-o", "program", program], cwd=folder, check=True)


def nothing(_folder: Path) -> None:
    pass


PROGRAMS = {
    "python": Program("program.py", "python", PYTHON, run_python, nothing),
    "python-async": Program("program.py", "python", PYTHON_ASYNC, run_python, nothing),
    "javascript": Program(
        "program.mjs", "javascript", MODULE, lambda at: ["node", at / "program.mjs"], link_packages
    ),
    "commonjs": Program(
        "program.cjs",
        "javascript",
        COMMONJS,
        lambda at: ["node", at / "program.cjs"],
        link_packages,
    ),
    "typescript": Program(
        "program.mts",
        "typescript",
        TYPESCRIPT,
        lambda at: ["node", at / "program.mjs"],
        compile_typescript,
    ),
    "tsx": Program(
        "program.tsx",
        "typescriptreact",
        TYPESCRIPT,
        lambda at: ["node", at / "program.js"],
        compile_typescript,
    ),
    "go": Program("program.go", "go", GO, lambda at: [at / "program"], build_go),
    "shell": Program(
        "program.sh", "shellscript", SHELL, lambda at: ["sh", at / "program.sh"], nothing
    ),
}
CELLS: list[tuple[str, str, dict[str, str]]] = [
    (program, store, {}) for program in PROGRAMS for store in STORES
]
CELLS += [
    (program, "aws-secrets-manager", WITH_KEY)
    for program in ("python", "javascript", "typescript", "go", "shell")
]


class Receiver(ThreadingHTTPServer):
    """Keeps what the programs send."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.received: list[str | None] = []
        self.url = f"http://127.0.0.1:{self.server_port}/"


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_GET(self) -> None:
        self.server.received.append(self.headers.get("Authorization"))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def stores() -> Iterator[dict[str, Backend]]:
    with ExitStack() as stack:
        yield {id_: stack.enter_context(run(kits.python())) for id_, run in STORES.items()}


class Cell(NamedTuple):
    """A rewritten program that is ready to run, and its store."""

    store: Backend
    folder: Path
    program: Program

    def run(self, receiver: Receiver) -> subprocess.CompletedProcess[str]:
        path = os.pathsep.join([str(kits.python()), os.environ["PATH"]])
        about = {"HOME": str(self.folder), "PATH": path, "RECEIVER": receiver.url}
        return subprocess.run(
            self.program.run(self.folder),
            env={**about, **self.store.environment},
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


def rewritten(folder: Path, program: Program, settings: dict[str, str]) -> str:
    """Return the program's text after the preferred quick fix, as an editor would have it."""
    text = program.text.replace("TOKEN", TYPED_IN)
    uri = (folder / program.file).as_uri()
    with Wire(folder, initializationOptions=settings) as wire:
        wire.open(uri, text, program.language)
        line, column = LineIndex(text).position(text.index(TYPED_IN), "utf-16")
        place = {"line": line, "character": column}
        answer = wire.request(
            "textDocument/codeAction",
            textDocument={"uri": uri},
            range={"start": place, "end": place},
            context={"diagnostics": [], "only": ["quickfix"]},
        )
    (preferred,) = (each for each in answer["result"] if each.get("isPreferred"))
    return applied(text, preferred["edit"]["changes"][uri])


def applied(text: str, edits: list[dict[str, Any]]) -> str:
    """Return the text with the edits made; of several at one place the first comes first."""
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    pieces, done = [], 0
    for edit in sorted(edits, key=lambda edit: tuple(edit["range"]["start"].values())):
        start, end = (
            starts[edit["range"][key]["line"]] + edit["range"][key]["character"]
            for key in ("start", "end")
        )
        pieces += [text[done:start], edit["newText"]]
        done = end
    return "".join(pieces) + text[done:]


@pytest.fixture(
    scope="module",
    params=CELLS,
    ids=lambda cell: "-".join([*cell[:2], *(["key"] if cell[2] else [])]),
)
def cell(
    request: pytest.FixtureRequest,
    stores: dict[str, Backend],
    tmp_path_factory: pytest.TempPathFactory,
) -> Cell:
    name, store, settings = request.param
    program = PROGRAMS[name]
    for needed in {"go": ("go",), "shell": ("sh", "curl"), "python": ()}.get(
        program.language, ("node",)
    ):
        required(needed)
    if settings and name == "shell":
        required("jq")
    folder = tmp_path_factory.mktemp("program")
    text = rewritten(folder, program, {"store": store, **settings})
    (folder / program.file).write_text(text)
    program.prepare(folder)
    return Cell(stores[store], folder, program)


def test_a_program_sends_the_token_that_the_store_keeps(cell: Cell, receiver: Receiver) -> None:
    cell.store.put(KEPT)
    done = cell.run(receiver)
    assert receiver.received == [f"Bearer {KEPT}"], done.stderr
    assert done.returncode == 0


def test_a_program_whose_store_has_no_token_fails_and_sends_none(
    cell: Cell, receiver: Receiver
) -> None:
    cell.store.clear()
    done = cell.run(receiver)
    assert done.returncode != 0
    assert receiver.received == []
    assert "notion" in done.stderr or "ResourceNotFoundException" in done.stderr
    assert API_KEY not in done.stderr + done.stdout


def test_the_official_client_sets_and_gets_a_variable_of_the_stand_in(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        """
import os
from conjur_api import Client
from conjur_api.models import ConjurConnectionInfo, CredentialsData
from conjur_api.providers import AuthnAuthenticationStrategy, SimpleCredentialsProvider

url = os.environ["CONJUR_APPLIANCE_URL"]
credentials = SimpleCredentialsProvider()
login, key = os.environ["CONJUR_AUTHN_LOGIN"], os.environ["CONJUR_AUTHN_API_KEY"]
credentials.save(CredentialsData(machine=url, username=login, api_key=key))
client = Client(
    ConjurConnectionInfo(conjur_url=url, account=os.environ["CONJUR_ACCOUNT"]),
    authn_strategy=AuthnAuthenticationStrategy(credentials),
    async_mode=False,
)
client.set("notion/api-token", "first")
print(client.get("notion/api-token").decode())
"""
    )
    with ConjurServer() as server:
        server.variables["notion/api-token"] = None
        done = subprocess.run(
            [kits.python() / "python", program],
            env={"HOME": str(tmp_path), **server.environment},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.stdout == "first\n", done.stderr
