"""Tokens taken out of all files of the workspace at once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from editor import named
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from token_factory import access_token

if TYPE_CHECKING:
    from pathlib import Path

    from editor import Editor
    from sessions import Start

TOKEN, OTHER = access_token(1), access_token(2)
LEAK = f'token = "{TOKEN}"\n'
LOOKUP = 'import os\n\ntoken = os.environ["NOTION_TOKEN"]\n'
EVERYWHERE = "Replace it in the whole workspace"


async def fixed(editor: Editor) -> Any:  # noqa: ANN401, any JSON
    return await editor.execute("notion-lsp.fixWorkspace")


@pytest.mark.parametrize("profile", ["vscode", "neovim-0.11"])
async def test_one_token_is_replaced_in_every_file_under_one_name(
    start: Start, tmp_path: Path, profile: str
) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "closed.py").write_text(LEAK)
    (tmp_path / "other.py").write_text(LEAK.replace(TOKEN, OTHER))
    editor = await start(profile, tmp_path)
    uri = editor.open(tmp_path / "open.py", LEAK)
    assert await editor.choose(uri, EVERYWHERE) == LOOKUP
    assert (tmp_path / "deep" / "closed.py").read_text() == LOOKUP
    assert (tmp_path / "other.py").read_text() == LEAK.replace(TOKEN, OTHER)


async def test_the_buffer_counts_where_it_is_not_saved(start: Start, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(LEAK)
    editor = await start("vscode", tmp_path)
    uri = editor.open(tmp_path / "a.py", f"# more\n{LEAK}")
    assert await fixed(editor) == {"tokens": 1, "replaced": 1}
    assert editor.buffers[uri].text == LOOKUP.replace("token =", "# more\ntoken =")
    assert (tmp_path / "a.py").read_text() == LEAK


async def test_a_document_by_a_link_is_the_file_that_it_stands_for(
    start: Start, tmp_path: Path
) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.py").write_text(LEAK)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    editor = await start("vscode", tmp_path)
    uri = editor.open(tmp_path / "link" / "a.py", LEAK)
    assert await fixed(editor) == {"tokens": 1, "replaced": 1}
    assert editor.buffers[uri].text == LOOKUP


async def test_all_tokens_are_replaced_each_under_a_name_of_its_own(
    start: Start, tmp_path: Path
) -> None:
    (tmp_path / "a.py").write_text(LEAK)
    (tmp_path / "b.py").write_text(LEAK.replace(TOKEN, OTHER))
    editor = await start("neovim-0.11", tmp_path)
    assert await fixed(editor) == {"tokens": 2, "replaced": 2}
    assert (tmp_path / "a.py").read_text() == LOOKUP
    assert (tmp_path / "b.py").read_text() == LOOKUP.replace("TOKEN", "TOKEN_2")


async def test_what_is_left_is_said_with_its_reason(start: Start, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(LEAK)
    (tmp_path / "b.json").write_text(f'{{"token": "{TOKEN}"}}\n')
    editor = await start("vscode", tmp_path)
    assert await fixed(editor) == {"tokens": 2, "replaced": 1}
    (message,) = editor.messages
    assert message.startswith("Fixed 1 of 2 tokens.")
    assert "b.json:1: JSON cannot read the environment" in message


async def test_where_the_person_says_no_nothing_is_replaced(start: Start, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(LEAK)
    editor = await start("vscode", tmp_path)
    editor.says_yes = False
    assert await fixed(editor) == {"tokens": 1, "replaced": 0}
    assert (tmp_path / "a.py").read_text() == LEAK
    assert editor.messages == ["No token was replaced: the editor has not made the change."]


async def test_an_editor_that_makes_no_edits_is_not_asked_for_one(
    start: Start, tmp_path: Path
) -> None:
    (tmp_path / "a.py").write_text(LEAK)
    editor = await start("minimal", tmp_path)
    assert await fixed(editor) == {"tokens": 1, "replaced": 0}
    assert editor.messages == ["No token was replaced: the editor has not made the change."]


@pytest.mark.parametrize("how", ["typed in", "closed"])
async def test_a_file_that_changes_after_it_was_read_keeps_all_as_it_is(
    start: Start, tmp_path: Path, how: str
) -> None:
    for number in range(500):
        (tmp_path / f"{number}.py").write_text(LEAK)
    editor = await start("lsp-mode", tmp_path)
    uri = editor.open(tmp_path / "0.py", f"# not saved\n{LEAK}")  # the first one to be read
    replacing = asyncio.create_task(fixed(editor))
    shown = editor.client.progress_reports
    await editor.until(lambda: len([each for some in shown.values() for each in some]) > 2)
    if how == "closed":
        editor.close(uri)
    else:
        editor.replace(uri, 0, 0, "# typed meanwhile\n")
    assert await replacing == {"tokens": 500, "replaced": 0}
    assert editor.messages == ["No token was replaced: 0.py has changed meanwhile."]


async def test_what_is_excluded_or_ignored_stays(start: Start, tmp_path: Path) -> None:
    (tmp_path / ".notion-lsp.toml").write_text('exclude = ["left/"]\n')
    (tmp_path / "left").mkdir()
    (tmp_path / "left" / "a.py").write_text(LEAK)
    (tmp_path / "b.py").write_text(f'token = "{TOKEN}"  # notion-lsp:ignore\n')
    editor = await start("vscode", tmp_path)
    assert await fixed(editor) == {"tokens": 0, "replaced": 0}


async def test_without_a_folder_there_is_nothing_to_replace(start: Start) -> None:
    editor = await start("vscode")
    assert await fixed(editor) == {"tokens": 0, "replaced": 0}
    assert editor.messages == ["notion-lsp: no folder is open."]


async def test_an_action_for_a_text_that_has_changed_is_refused(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("vscode", tmp_path)
    uri = editor.open(tmp_path / "a.py", LEAK)
    action = named(await editor.offers(uri), EVERYWHERE)
    editor.replace(uri, 0, 0, "\n")
    with pytest.raises(JsonRpcException, match="has changed"):
        await editor.take(action)


@pytest.mark.parametrize("argument", [3, "a", {}, {"uri": 3}, {"uri": "file:///nowhere"}])
async def test_a_place_that_is_none_is_refused(
    start: Start, tmp_path: Path, argument: object
) -> None:
    editor = await start("vscode", tmp_path)
    with pytest.raises(JsonRpcException):
        await editor.execute("notion-lsp.fixWorkspace", argument)


async def test_one_that_is_cancelled_replaces_nothing(start: Start, tmp_path: Path) -> None:
    for number in range(500):
        (tmp_path / f"{number}.py").write_text(LEAK)
    editor = await start("vscode", tmp_path)
    replacing = asyncio.create_task(fixed(editor))
    await editor.until(lambda: any(editor.client.progress_reports.values()))
    [shown] = editor.client.progress_reports
    editor.client.window_work_done_progress_cancel(types.WorkDoneProgressCancelParams(shown))
    assert await replacing == {"tokens": 0, "replaced": 0}
    assert (tmp_path / "0.py").read_text() == LEAK


async def test_a_script_is_rewritten_by_its_first_line_or_as_the_editor_knows_it(
    start: Start, tmp_path: Path
) -> None:
    (tmp_path / "deploy").write_text(f"#!/usr/bin/env python3\n{LEAK}")
    (tmp_path / "report").write_text(LEAK)
    editor = await start("vscode", tmp_path)
    uri = editor.open(tmp_path / "report")
    assert await fixed(editor) == {"tokens": 2, "replaced": 2}
    assert (tmp_path / "deploy").read_text() == f"#!/usr/bin/env python3\n\n{LOOKUP}"
    assert editor.buffers[uri].text == LOOKUP


async def everywhere(editor: Editor, uri: str) -> str:
    """Return the title of the action for the whole workspace, with why it is not to be had."""
    action = named(await editor.offers(uri), EVERYWHERE)
    return f"{action.title}: {action.disabled.reason}" if action.disabled else action.title


async def test_the_choice_says_in_how_many_places_it_can(start: Start, tmp_path: Path) -> None:
    (tmp_path / "b.py").write_text(LEAK * 2)
    (tmp_path / "c.json").write_text(f'{{"token": "{TOKEN}"}}\n')
    (tmp_path / "d.py").write_text(LEAK.replace(TOKEN, OTHER))
    editor = await start("vscode", tmp_path)
    uri = editor.open(tmp_path / "a.py", LEAK)
    assert await everywhere(editor, uri) == f"{EVERYWHERE}: 3 of 4 places"
    editor.type(uri, LEAK)
    assert await everywhere(editor, uri) == f"{EVERYWHERE}: 4 of 5 places"
    (tmp_path / "b.py").unlink()
    editor.save(uri, tmp_path / "a.py")
    assert await everywhere(editor, uri) == f"{EVERYWHERE}: 2 of 3 places"


async def test_the_choice_is_not_to_be_had_where_it_can_nothing(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("vscode", tmp_path)
    uri = editor.open(tmp_path / "c.json", f'{{"token": "{TOKEN}"}}\n', "json")
    title = await everywhere(editor, uri)
    assert title == f"{EVERYWHERE}: It can be replaced in no file of the workspace."
