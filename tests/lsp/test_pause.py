"""Tokens that are encoded or put together are shown when the typing pauses."""

from __future__ import annotations

import asyncio
import base64
from functools import partial
from typing import TYPE_CHECKING

import pytest
from token_factory import access_token

from notion_lsp.lsp.pause import Pauses

if TYPE_CHECKING:
    from pathlib import Path

    from editor import Editor
    from lsprotocol import types
    from sessions import Start

TOKEN = access_token(1)
HEAD, BODY = TOKEN[:4], TOKEN[4:]
SPLIT = f'token = "{HEAD}" + "{BODY}"\n'
ENCODED = f'token = "{base64.b64encode(TOKEN.encode()).decode()}"\n'

PUSH_AND_PULL = pytest.mark.parametrize("profile", ["eglot", "vscode"])


async def shown_in_the_end(editor: Editor, uri: str) -> list[types.Diagnostic]:
    """Return what is shown once something is, with nothing done for it."""

    def told(before: int) -> int:
        return editor.client.diagnostic_refresh_count + len(editor.published.get(uri, ())) - before

    while True:
        before = told(0)
        if found := await editor.shown(uri):
            return found
        await editor.until(partial(told, before))


@PUSH_AND_PULL
@pytest.mark.parametrize("text", [SPLIT, ENCODED], ids=["split", "encoded"])
async def test_a_hidden_token_is_shown_when_the_file_is_opened(
    start: Start, tmp_path: Path, profile: str, text: str
) -> None:
    editor = await start(profile, tmp_path)
    [found] = await editor.shown(editor.open(tmp_path / "a.py", text))
    assert (found.code, found.range.start.character) == ("access-token", 9)


@PUSH_AND_PULL
async def test_the_same_token_within_a_word_is_shown_beside_it(
    start: Start, tmp_path: Path, profile: str
) -> None:
    editor = await start(profile, tmp_path)
    uri = editor.open(tmp_path / "a.py", f'a = "{TOKEN}"\nb = "x{TOKEN}"\n')
    assert [editor.buffers[uri].at(each.range) for each in await editor.shown(uri)] == [TOKEN] * 2


@PUSH_AND_PULL
async def test_a_hidden_token_is_shown_when_the_typing_pauses(
    start: Start, tmp_path: Path, profile: str
) -> None:
    editor = await start(profile, tmp_path)
    uri = editor.open(tmp_path / "a.py", "")
    editor.type(uri, SPLIT)
    [found] = await shown_in_the_end(editor, uri)
    assert editor.buffers[uri].at(found.range) == HEAD


@PUSH_AND_PULL
async def test_a_hidden_token_goes_with_the_key_that_breaks_it(
    start: Start, tmp_path: Path, profile: str
) -> None:
    editor = await start(profile, tmp_path)
    uri = editor.open(tmp_path / "a.py", SPLIT)
    await editor.shown(uri)
    at = SPLIT.index(BODY)
    editor.replace(uri, at, at + 1, "")
    assert await editor.shown(uri) == []


@PUSH_AND_PULL
async def test_a_hidden_token_moves_with_the_lines_above_it(
    start: Start, tmp_path: Path, profile: str
) -> None:
    editor = await start(profile, tmp_path)
    uri = editor.open(tmp_path / "a.py", f"import os\n{SPLIT}")
    editor.replace(uri, 0, 0, "\n")
    [found] = await editor.shown(uri)
    assert editor.buffers[uri].at(found.range) == HEAD


@PUSH_AND_PULL
async def test_the_other_pieces_are_related_places(
    start: Start, tmp_path: Path, profile: str
) -> None:
    editor = await start(profile, tmp_path)
    uri = editor.open(tmp_path / "a.py", SPLIT)
    [found] = await editor.shown(uri)
    [piece] = found.related_information or []
    assert editor.buffers[uri].at(piece.location.range) == BODY


@PUSH_AND_PULL
async def test_what_a_colour_leaves_of_a_token_is_not_shown_beside_it(
    start: Start, tmp_path: Path, profile: str
) -> None:
    coloured = f"{TOKEN[:-3]}\x1b[1m{TOKEN[-3:]}"
    editor = await start(profile, tmp_path)
    uri = editor.open(tmp_path / "a.log", f"NOTION_TOKEN={coloured}\n")
    assert [editor.buffers[uri].at(each.range) for each in await editor.shown(uri)] == [coloured]


async def test_what_is_closed_before_the_pause_is_not_looked_at(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("eglot", tmp_path)
    uri = editor.open(tmp_path / "a.py", "")
    editor.type(uri, SPLIT)
    editor.close(uri)
    uri = editor.open(tmp_path / "b.py", "")
    editor.type(uri, SPLIT)
    await shown_in_the_end(editor, uri)
    assert editor.published[(tmp_path / "a.py").as_uri()][-1].diagnostics == ()


async def test_the_next_key_puts_off_what_waits() -> None:
    done: list[str] = []
    paused = asyncio.Event()

    def work(name: str) -> None:
        done.append(name)
        paused.set()

    pauses = Pauses()
    for name in ("before the key", "behind it"):
        pauses.put_off("a.py", partial(work, name))
    await paused.wait()
    assert done == ["behind it"]
