"""A key that is typed runs no program, touches no disk, parses nothing and starts no thread."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
import tree_sitter
from in_process import InProcess
from repositories import make_repository
from token_factory import access_token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from in_process import Message

TOKEN = access_token(61)
PYTHON = f'token = "{TOKEN}"\n'
DOTENV = f"NOTION_TOKEN={TOKEN}\n"
PUSH: Message = {"textDocument": {"publishDiagnostics": {"relatedInformation": True}}}
PULL: Message = {"textDocument": {"diagnostic": {}}}
PUSH_AND_PULL = pytest.mark.parametrize("capabilities", [PUSH, PULL], ids=["push", "pull"])
EACH_FILE = pytest.mark.parametrize("file", [("a.py", PYTHON), (".env", DOTENV)], ids=["py", "env"])

# What Python tells an audit hook; a look at a file's status is not among it.
AUDITED = {"open", "subprocess.Popen", "os.scandir", "os.listdir", "os.posix_spawn", "import"}
AUDITED |= {"_thread.start_new_thread", "socket.connect"}


class Watch:
    """What was done of all that a keystroke must not do, while somebody looks."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.looks = False
        sys.addaudithook(self._audit)  # it can never be taken off again

    def _audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.looks and event in AUDITED:
            self.seen.append(f"{event} {arguments[:1]}")

    def noting(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that does the same, and is seen."""

        def called(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401, handed on
            if self.looks:
                self.seen.append(name)
            return function(*arguments, **options)

        return called

    @contextmanager
    def looking(self) -> Iterator[None]:
        self.looks = True
        try:
            yield
        finally:
            self.looks = False


WATCH = Watch()


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    for name in ("stat", "lstat", "access"):
        monkeypatch.setattr(os, name, WATCH.noting(f"os.{name}", getattr(os, name)))
    monkeypatch.setattr(tree_sitter, "Parser", WATCH.noting("a parser", tree_sitter.Parser))
    loop = asyncio.BaseEventLoop
    noting = WATCH.noting("a thread of the pool", loop.run_in_executor)
    monkeypatch.setattr(loop, "run_in_executor", noting)
    WATCH.seen.clear()
    return WATCH


async def typed(client: InProcess, uri: str, watch: Watch) -> list[str]:
    """Type some keys, as they come with or without pulls; return what else was done."""
    before = len(client.notifications)
    for version, key in enumerate("# key", start=2):
        with watch.looking():
            client.type(uri, key, version)
            if client.server.capabilities.pull:
                client.send("textDocument/diagnostic", textDocument={"uri": uri})
    pushed = len(client.notifications) - before
    assert pushed == (0 if client.server.capabilities.pull else 5)
    return watch.seen


def test_what_must_not_be_done_would_be_seen(watch: Watch, tmp_path: Path) -> None:
    with watch.looking():
        (tmp_path / "a").write_text("")
        (tmp_path / "a").stat()
        subprocess.run([sys.executable, "-c", "pass"], check=True)
        tree_sitter.Parser()
    told = " ".join(watch.seen)
    for event in ("open ('", "os.stat", "subprocess.Popen", "a parser"):
        assert event in told


@PUSH_AND_PULL
@EACH_FILE
async def test_after_a_document_is_opened(
    watch: Watch, tmp_path: Path, capabilities: Message, file: tuple[str, str]
) -> None:
    make_repository(tmp_path)
    client = InProcess(tmp_path, capabilities)
    uri = (tmp_path / file[0]).as_uri()
    client.open(uri, file[1])
    assert await typed(client, uri, watch) == []


@PUSH_AND_PULL
@EACH_FILE
async def test_after_a_document_is_saved(
    watch: Watch, tmp_path: Path, capabilities: Message, file: tuple[str, str]
) -> None:
    make_repository(tmp_path)
    client = InProcess(tmp_path, capabilities)
    uri = (tmp_path / file[0]).as_uri()
    client.open(uri, file[1])
    client.notify("textDocument/didSave", textDocument={"uri": uri})
    assert await typed(client, uri, watch) == []


@PUSH_AND_PULL
@EACH_FILE
@pytest.mark.parametrize("asks", [False, True], ids=["sent", "asked for"])
async def test_after_the_settings_change(
    watch: Watch,
    tmp_path: Path,
    capabilities: Message,
    file: tuple[str, str],
    *,
    asks: bool,
) -> None:
    make_repository(tmp_path)
    workspace = {"workspace": {"configuration": asks}}
    client = InProcess(tmp_path, capabilities | workspace)
    uri = (tmp_path / file[0]).as_uri()
    client.open(uri, file[1])
    settings = {"notion-lsp": {"severity": "warning"}}
    client.notify("workspace/didChangeConfiguration", settings=settings)
    await asyncio.sleep(0)  # the answer to a question for settings may still be on its way
    client.notifications.clear()
    assert await typed(client, uri, watch) == []


@PUSH_AND_PULL
async def test_in_a_cell_of_a_notebook_that_is_saved(
    watch: Watch, tmp_path: Path, capabilities: Message
) -> None:
    make_repository(tmp_path)
    synchronized: Message = {"notebookDocument": {"synchronization": {}}}
    client = InProcess(tmp_path, capabilities | synchronized)
    book, uri = (tmp_path / "a.ipynb").as_uri(), f"vscode-notebook-cell:{tmp_path}/a.ipynb#W0"
    cell = {"uri": uri, "languageId": "python", "version": 1, "text": PYTHON}
    cells = [{"kind": 2, "document": uri}]
    document = {"uri": book, "notebookType": "jupyter-notebook", "version": 1, "cells": cells}
    client.notify("notebookDocument/didOpen", notebookDocument=document, cellTextDocuments=[cell])
    client.notify("notebookDocument/didSave", notebookDocument={"uri": book})
    for version, key in enumerate("# key", start=2):
        start = {"line": 0, "character": 0}
        change = {"range": {"start": start, "end": start}, "text": key}
        told = {"document": {"uri": uri, "version": version}, "changes": [change]}
        news = {"cells": {"textContent": [told]}}
        identifier = {"uri": book, "version": version}
        with watch.looking():
            client.notify("notebookDocument/didChange", notebookDocument=identifier, change=news)
    assert watch.seen == []
