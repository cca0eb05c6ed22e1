"""The lightbulb beside the typing: it waits for git, changes nothing, and is for one text."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import tree_sitter
from in_process import InProcess
from lsprotocol import types
from token_factory import access_token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from in_process import Message

TOKEN, OTHER = access_token(71), access_token(72)
LEAK = f'token = "{TOKEN}"\n'
TWICE = f'a = "{TOKEN}"\nb = "{TOKEN}"\n'
CAPABILITIES: Message = {
    "textDocument": {"publishDiagnostics": {}, "codeAction": {"disabledSupport": True}},
    "workspace": {"workspaceEdit": {"documentChanges": True}},
}
CHANGED = types.LSPErrorCodes.ContentModified.value
CODE_ACTION = "textDocument/codeAction"


@pytest.fixture
def git_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Put a git on the path that answers only when what is yielded has been called."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program, go_on = folder / "git", folder / "go-on"
    program.write_text(
        f"#!{sys.executable}\nimport os, time\n"
        f"while not os.path.exists({str(go_on)!r}):\n    time.sleep(0.01)\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    yield go_on.touch
    go_on.touch()


def lightbulb(uri: str, line: int = 0) -> dict[str, Any]:
    start, end = {"line": line, "character": 0}, {"line": line, "character": 99}
    context = {"diagnostics": [], "only": ["quickfix"]}
    return {
        "textDocument": {"uri": uri},
        "range": {"start": start, "end": end},
        "context": context,
    }


@pytest.mark.skipif(os.name == "nt", reason="a script is no program there")
async def test_a_key_does_not_wait_for_git(tmp_path: Path, git_answers: Callable[[], None]) -> None:
    client = InProcess(tmp_path, CAPABILITIES)
    uri = (tmp_path / "a.py").as_uri()
    client.open(uri, LEAK)
    asked = client.send(CODE_ACTION, **lightbulb(uri))
    for _ in range(10):
        await asyncio.sleep(0)  # let the request begin
    shown = len(client.notifications)
    client.type(uri, "#", 2)
    assert len(client.notifications) == shown + 1
    git_answers()
    assert (await client.answer(asked))["error"]["code"] == CHANGED


@pytest.mark.skipif(os.name == "nt", reason="a script is no program there")
async def test_a_lightbulb_whose_text_stays_is_answered_when_git_is(
    tmp_path: Path, git_answers: Callable[[], None]
) -> None:
    client = InProcess(tmp_path, CAPABILITIES)
    uri, other = (tmp_path / "a.py").as_uri(), (tmp_path / "b.py").as_uri()
    client.open(uri, LEAK)
    client.open(other, "")
    asked = client.send(CODE_ACTION, **lightbulb(uri))
    await asyncio.sleep(0)
    client.type(other, "#", 2)
    git_answers()
    titles = [each["title"] for each in (await client.answer(asked))["result"]]
    assert titles[0] == "Read it from the environment variable NOTION_TOKEN"


async def test_a_lightbulb_that_is_opened_leaves_all_names_free(tmp_path: Path) -> None:
    client = InProcess(tmp_path, CAPABILITIES)
    uris = [(tmp_path / name).as_uri() for name in ("a.py", "b.py")]
    client.open(uris[0], LEAK)
    client.open(uris[1], f'# NOTION_TOKEN\nother = "{OTHER}"\n')
    await client.request(CODE_ACTION, **lightbulb(uris[0]))
    [first, *_] = await client.request(CODE_ACTION, **lightbulb(uris[1], 1))
    assert first["title"] == "Read it from the environment variable NOTION_TOKEN"


@pytest.mark.parametrize("whole", [False, True], ids=["a part", "the whole text"])
async def test_a_token_goes_where_an_edit_has_taken_it_already(
    tmp_path: Path, *, whole: bool
) -> None:
    client = InProcess(tmp_path, CAPABILITIES)
    uri = (tmp_path / "a.py").as_uri()
    client.open(uri, TWICE)
    read = 'os.environ["NOTION_WIKI"]'
    value = {"start": {"line": 0, "character": 4}, "end": {"line": 0, "character": len(TOKEN) + 6}}
    change: Message = {"text": f'a = {read}\nb = "{TOKEN}"\n'}
    if not whole:
        change = {"range": value, "text": read}
    document = {"uri": uri, "version": 2}
    client.notify("textDocument/didChange", textDocument=document, contentChanges=[change])
    [first, *_] = await client.request(CODE_ACTION, **lightbulb(uri, 1))
    assert first["title"] == "Read it from the environment variable NOTION_WIKI"


async def test_an_action_names_its_assist(tmp_path: Path) -> None:
    lazy: Message = {
        "codeAction": {"dataSupport": True, "resolveSupport": {"properties": ["edit"]}},
    }
    client = InProcess(tmp_path, {"textDocument": lazy})
    uri = (tmp_path / "a.py").as_uri()
    client.open(uri, LEAK)
    [first, *_] = await client.request(CODE_ACTION, **lightbulb(uri))
    assert first["data"] == {"id": "read-from-env", "uri": uri, "version": 1, "offset": 9}
    resolved = await client.request("codeAction/resolve", **{**first, "title": "Whatever"})
    assert resolved["edit"]["changes"][uri]


async def test_a_lightbulb_over_many_tokens_parses_and_asks_git_as_often_as_over_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def noting(name: str, function: Any) -> Any:  # noqa: ANN401, handed on
        def called(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401, handed on
            done.append(name)
            return function(*arguments, **options)

        return called

    client = InProcess(tmp_path, {**CAPABILITIES, "workspace": {"applyEdit": True}})
    monkeypatch.setattr(tree_sitter, "Parser", noting("parse", tree_sitter.Parser))
    monkeypatch.setattr(subprocess, "Popen", noting("program", subprocess.Popen))
    counts = []
    for number in (2, 40):
        uri = (tmp_path / f"of_{number}.py").as_uri()
        text = "".join(f'print("{access_token(number + each)}")\n' for each in range(number))
        client.open(uri, text)
        asked = lightbulb(uri)
        asked["range"]["end"]["line"] = number
        await client.request(CODE_ACTION, **asked)  # it searches the workspace once
        done.clear()
        titles = [each["title"] for each in await client.request(CODE_ACTION, **asked)]
        assert titles.count("Replace it in the whole workspace: 1 of 1 place") == number
        counts.append((done.count("parse"), done.count("program")))
        client.notify("textDocument/didClose", textDocument={"uri": uri})
    assert counts[0] == counts[1]
