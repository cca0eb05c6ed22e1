"""The page on what to do after a leak, opened from the lightbulb and by its command."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from editor import named
from lsprotocol import types
from token_factory import access_token

from notion_lsp.files.uris import uri_to_path
from notion_lsp.lsp.ids import LEAKED

if TYPE_CHECKING:
    from editor import Editor
    from sessions import Start

TOKEN = access_token(1)
TEXT = f'\na = "{TOKEN}"\n'
TITLE = "My token leaked: what now?"


def opened(editor: Editor) -> str:
    """Return the text of the page that the client was asked to show last."""
    return text_of(editor, editor.pages[-1])


def text_of(editor: Editor, uri: str) -> str:
    """Return the text of a file that stands in no folder of the workspace."""
    path = uri_to_path(uri)
    assert path
    assert not any(path.is_relative_to(folder) for folder in editor.folders)
    return Path(path).read_text("utf-8")


async def test_the_lightbulb_opens_the_page_on_its_token(start: Start, tmp_path: Path) -> None:
    editor = await start("neovim-0.11", tmp_path)
    uri = editor.open(tmp_path / "a.py", TEXT)
    await editor.take(named(await editor.offers(uri), TITLE))
    page = opened(editor)
    assert page.startswith(f"# Notion access token `ntn_…{TOKEN[-4:]}` leaked: what now?\n")
    assert "- [ ] `a.py:2:6` Python, not in a repository\n" in page


async def test_the_command_takes_a_position(start: Start, tmp_path: Path) -> None:
    editor = await start("vscode", tmp_path)
    uri = editor.open(tmp_path / "a.py", TEXT)
    await editor.execute(LEAKED, {"uri": uri, "position": {"line": 1, "character": 9}})
    assert "Notion access token" in opened(editor)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        [None],
        ["a"],
        [{"uri": "file:///nowhere.py"}],
        [{"uri": 1, "position": {"line": "a"}}],
    ],
)
async def test_without_a_token_the_page_is_about_any(
    start: Start, tmp_path: Path, arguments: list[object]
) -> None:
    editor = await start("vscode", tmp_path)
    await editor.execute(LEAKED, *arguments)
    assert opened(editor).startswith("# A token leaked: what now?\n")


async def test_a_client_that_shows_the_page_itself_is_told_its_file(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("vscode", tmp_path)
    answer = await editor.execute(LEAKED, {"shows": True})
    assert text_of(editor, answer["uri"]).startswith("# A token leaked")
    assert editor.pages == []


async def test_where_no_page_can_be_shown_the_command_is_named(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("neovim-0.11", tmp_path)
    editor.opens_pages = False
    await editor.execute(LEAKED)
    assert editor.messages[-1] == '"notion-lsp guide PATH:LINE" prints what to do after a leak.'
    assert editor.client.messages[-1].type is types.MessageType.Info
