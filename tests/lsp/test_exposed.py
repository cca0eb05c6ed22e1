"""The list of problems says how far a token has got, once git was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from in_process import InProcess
from lsprotocol import types
from repositories import make_repository, run_git, write
from token_factory import access_token

if TYPE_CHECKING:
    from pathlib import Path

    from editor import Editor
    from sessions import Start

TOKEN = access_token(1)
LEAK = f'a = "{TOKEN}"\n'
PUSHED = "It was pushed to origin in "


@pytest.fixture
def leak(tmp_path: Path) -> Path:
    """Return a file with a token that was pushed."""
    repository = make_repository(tmp_path)
    path = write(repository / "a.py", LEAK)
    run_git(repository, "add", "--all")
    run_git(repository, "commit", "--quiet", "--message", "a leak")
    run_git(repository, "update-ref", "refs/remotes/origin/main", "HEAD")
    return path


def said(editor: Editor, uri: str) -> str:
    """Return what the last published diagnostics of a document say."""
    published = editor.published.get(uri)
    return " ".join(each.message for each in published[-1].diagnostics) if published else ""


async def test_an_opened_file_says_it_without_being_typed_in(start: Start, leak: Path) -> None:
    editor = await start("eglot", leak.parent)
    uri = editor.open(leak)
    await editor.until(lambda: PUSHED in said(editor, uri))
    assert " by A on " in said(editor, uri)
    assert "(as of the last fetch)" in said(editor, uri)


async def test_a_client_that_pulls_is_asked_to_pull_again(start: Start, leak: Path) -> None:
    editor = await start("vscode", leak.parent)
    features = editor.client.protocol.fm.features
    refreshed = features[types.WORKSPACE_DIAGNOSTIC_REFRESH]
    asked: list[object] = []

    def note(params: object) -> object:
        asked.append(params)
        return refreshed(params)

    features[types.WORKSPACE_DIAGNOSTIC_REFRESH] = note
    uri = editor.open(leak)
    while PUSHED not in (await editor.shown(uri))[0].message:
        await editor.until(lambda: bool(asked))
        asked.clear()


async def test_a_token_that_is_typed_is_asked_about_after_a_pause(start: Start, leak: Path) -> None:
    editor = await start("eglot", leak.parent)
    uri = editor.open(leak.parent / "b.py", "")
    write(leak.parent / "b.py", "")
    run_git(leak.parent, "add", "--all")
    editor.replace(uri, 0, 0, LEAK)
    await editor.until(lambda: "hardcoded" in said(editor, uri))
    assert PUSHED not in said(editor, uri)


async def test_a_saved_file_is_asked_about_again(start: Start, leak: Path) -> None:
    editor = await start("eglot", leak.parent)
    other = write(leak.parent / "b.py", LEAK)
    uri = editor.open(other)
    await editor.shown(uri)
    run_git(leak.parent, "add", "--all")
    editor.save(uri, other)
    await editor.until(lambda: "It is staged" in said(editor, uri))


async def test_many_files_are_asked_about_at_once(leak: Path, started: list[str]) -> None:
    repository = leak.parent
    names = [write(repository / f"{number}.py", LEAK) for number in range(25)]
    run_git(repository, "add", "--all")
    run_git(repository, "commit", "--quiet", "--message", "more leaks")
    client = InProcess(repository, {})
    for path in names:
        client.open(path.as_uri(), LEAK)
    started.clear()
    await client.until(lambda: len(committed(client)) == len(names))
    # The branches that are near are listed once, and so are all of them, and the tags.
    assert (started.count("@{upstream}"), started.count("for-each-ref")) == (1, 2)


def committed(client: InProcess) -> set[str]:
    """Return the documents whose last diagnostics say that a token is committed."""
    published = [
        each["params"]
        for each in client.notifications
        if each["method"] == "textDocument/publishDiagnostics"
    ]
    last = {each["uri"]: each["diagnostics"] for each in published}
    return {
        uri for uri, found in last.items() if any("committed" in row["message"] for row in found)
    }
