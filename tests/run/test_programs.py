"""Programs with a token in them, put into the stores by `fix --keep` and run against them.

Each sends its token to a server of the test, which has to get the one that the store keeps. The
server's quick fix makes the same program, which is built once.
"""

from __future__ import annotations

import os
import re
import subprocess
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any, NamedTuple

import kits
import pytest
from backends import STORES
from conjur_server import API_KEY
from programs import Program, programs
from repositories import write
from serving import Serving
from token_factory import access_token
from toolchains import required
from wire import Wire

from notion_lsp import cli
from notion_lsp.languages import languages
from notion_lsp.lookup import Lookup
from notion_lsp.positions import LineIndex
from notion_lsp.settings import parse
from notion_lsp.stores import stores as all_stores

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from backends import Backend

TOKEN = access_token(1)
WITH_KEY = {"awsSecretId": "notion", "awsJsonKey": "api_key"}

BY_ID = {id_: language for language in languages() for id_ in language.recognition.editor_ids}


def cells() -> Iterator[tuple[Program, str, dict[str, str]]]:
    """Yield each program with each store that its language can read from, and the settings."""
    chosen = [(store, dict[str, str]()) for store in STORES]
    for program in programs().values():
        for store, settings in [*chosen, ("aws-secrets-manager", WITH_KEY)]:
            language = BY_ID[program.language]
            if store not in program.lacking and isinstance(
                all_stores()[store].lookup(language, parse(settings)[0]), Lookup
            ):
                yield program, store, settings


class Receiver(Serving):
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
        yield server


@pytest.fixture(scope="module")
def stores() -> Iterator[dict[str, Backend]]:
    with ExitStack() as stack:
        yield {id_: stack.enter_context(run(kits.python())) for id_, run in STORES.items()}


class Cell(NamedTuple):
    """A rewritten program that is ready to run, its store, and the settings that name it."""

    settings: Mapping[str, str]
    store: Backend
    folder: Path
    program: Program
    text: str

    def run(
        self, receiver: Receiver, variables: Mapping[str, str]
    ) -> subprocess.CompletedProcess[str]:
        """Run the program where these variables are set beside those of the store's client."""
        path = os.pathsep.join([str(kits.python()), os.environ["PATH"]])
        about = {"HOME": str(self.folder), "PATH": path, "RECEIVER": receiver.url}
        return subprocess.run(
            self.program.run(self.folder),
            env={**about, **self.store.environment, **variables},
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


def rewritten(folder: Path, program: Program, settings: dict[str, str]) -> str:
    """Return the program's text after the preferred quick fix, as an editor would have it."""
    text = program.text.replace("TOKEN", TOKEN)
    uri = (folder / program.file).as_uri()
    with Wire(folder, initializationOptions=settings) as wire:
        wire.open(uri, text, program.language)
        line, column = LineIndex(text).position(text.index(TOKEN), "utf-16")
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
    params=cells(),
    ids=lambda cell: "-".join([cell[0].name, cell[1], *(["key"] if cell[2] else [])]),
)
def cell(
    request: pytest.FixtureRequest,
    stores: dict[str, Backend],
    tmp_path_factory: pytest.TempPathFactory,
) -> Cell:
    program, store, settings = request.param
    for needed in program.needs:
        required(needed)
    folder = tmp_path_factory.mktemp("program")
    settings = {"store": store, **settings}
    text = rewritten(folder, program, settings)
    (folder / program.file).write_text(text)
    program.prepare(folder)
    return Cell(settings, stores[store], folder, program, text)


def test_a_program_sends_the_token_that_fix_put_into_its_store(
    cell: Cell, receiver: Receiver, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    cell.store.clear()
    cell.store.ready()
    source = write(folder / cell.program.file, cell.program.text.replace("TOKEN", TOKEN))
    lines = (f'{name} = "{value}"\n' for name, value in cell.settings.items())
    write(folder / ".notion-lsp.toml", "".join(lines))
    for name, value in cell.store.environment.items():
        monkeypatch.setenv(name, value)
    if not cell.program.is_kept:
        cell.store.put(TOKEN)
    assert cli.main(["fix", *(["--keep"] if cell.program.is_kept else [])]) == 0
    assert source.read_text("utf-8") == cell.text
    done = cell.run(receiver, dotenv(folder))
    assert receiver.received == [f"Bearer {TOKEN}"], done.stderr
    assert done.returncode == 0


def test_a_program_whose_store_has_no_token_fails_and_sends_none(
    cell: Cell, receiver: Receiver
) -> None:
    cell.store.clear()
    done = cell.run(receiver, {})
    assert done.returncode != 0
    assert receiver.received == []
    assert re.search("notion|NOTION_|ResourceNotFoundException", done.stderr)
    assert API_KEY not in done.stderr + done.stdout


def dotenv(folder: Path) -> dict[str, str]:
    """Return what the folder's `.env` sets, as whatever runs a program from there would."""
    file = folder / ".env"
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    return dict(line.split("=", 1) for line in lines)
