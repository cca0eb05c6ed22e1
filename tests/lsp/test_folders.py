"""The files that nobody has open: workspace pulls, and the command that scans."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from token_factory import access_token

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from editor import Editor
    from sessions import Start

TOKEN = access_token(1)
LEAK = f'token = "{TOKEN}"\n'

Report = types.WorkspaceDocumentDiagnosticReport


def leaky(folder: Path, *names: str) -> list[str]:
    for name in names:
        (folder / name).write_text(LEAK)
    return [(folder / name).as_uri() for name in names]


def told(reports: Iterable[Report]) -> dict[str, int | None]:
    """Return how many diagnostics each report has, none for an unchanged one."""
    return {
        each.uri: len(each.items)
        if isinstance(each, types.WorkspaceFullDocumentDiagnosticReport)
        else None
        for each in reports
    }


def ids(reports: Iterable[Report]) -> dict[str, str]:
    return {each.uri: str(each.result_id) for each in reports}


async def scanned(editor: Editor) -> dict[str, Any]:
    params = types.ExecuteCommandParams("notion-lsp.scanWorkspace")
    result = await editor.client.workspace_execute_command_async(params)
    assert isinstance(result, dict)
    return result


async def test_the_first_pull_tells_of_every_file_that_is_not_open(
    start: Start, tmp_path: Path
) -> None:
    one, two, opened = leaky(tmp_path, "one.py", "two.txt", "open.py")
    (tmp_path / "clean.py").write_text("x = 1\n")
    editor = await start("vscode", tmp_path)
    editor.open(tmp_path / "open.py")
    assert opened not in (reports := told(await editor.pull_workspace({})))
    assert reports == {one: 1, two: 1}


async def test_the_next_pull_waits_until_there_is_something_new(
    start: Start, tmp_path: Path
) -> None:
    one, two = leaky(tmp_path, "one.py", "two.py")
    editor = await start("vscode", tmp_path)
    first = await editor.pull_workspace({})
    pull = asyncio.create_task(editor.pull_workspace(ids(first)))
    uri = editor.open(tmp_path / "new.py", "x = 1\n")
    editor.save(uri, tmp_path / "new.py")
    await editor.settle()
    assert not pull.done()
    (tmp_path / "one.py").write_text("fixed = True\n")
    editor.save(uri, tmp_path / "new.py")
    assert told(await pull) == {one: 0, two: None}


async def test_a_waiting_pull_tells_of_a_file_that_was_closed(start: Start, tmp_path: Path) -> None:
    one, two = leaky(tmp_path, "one.py", "two.py")
    editor = await start("vscode", tmp_path)
    editor.open(tmp_path / "two.py")
    first = await editor.pull_workspace({})
    pull = asyncio.create_task(editor.pull_workspace(ids(first)))
    editor.close(two)
    assert told(await pull) == {one: None, two: 1}


async def test_a_waiting_pull_tells_of_changed_settings(start: Start, tmp_path: Path) -> None:
    [one] = leaky(tmp_path, "one.py")
    editor = await start("vscode", tmp_path)
    first = await editor.pull_workspace({})
    pull = asyncio.create_task(editor.pull_workspace(ids(first)))
    editor.client.set_configuration({"notion-lsp": {"exclude": ["one.py"]}})
    editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
    assert told(await pull) == {one: 0}


async def test_a_waiting_pull_can_be_cancelled(start: Start, tmp_path: Path) -> None:
    leaky(tmp_path, "one.py")
    editor = await start("vscode", tmp_path)
    first = await editor.pull_workspace({})
    pull = asyncio.create_task(editor.pull_workspace(ids(first), "waiting"))
    await editor.settle()
    editor.client.cancel_request(types.CancelParams("waiting"))
    with pytest.raises(JsonRpcException) as cancelled:
        await pull
    assert cancelled.value.code == types.LSPErrorCodes.RequestCancelled


async def test_a_file_in_a_folder_inside_another_is_told_of_once(
    start: Start, tmp_path: Path
) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    [one] = leaky(inner, "one.py")
    editor = await start("vscode", tmp_path, inner)
    assert [each.uri for each in await editor.pull_workspace({})] == [one]


async def test_a_scan_shows_what_it_finds_in_files_that_are_not_open(
    start: Start, tmp_path: Path
) -> None:
    one, two, opened = leaky(tmp_path, "one.py", "two.py", "open.py")
    editor = await start("eglot", tmp_path)
    editor.open(tmp_path / "open.py", "x = 1\n")
    result = await scanned(editor)
    shown = {uri: len(each[-1].diagnostics) for uri, each in editor.published.items()}
    assert result == {"files": 3, "tokens": 3, "unread": [], "leftOut": [], "cancelled": False}
    assert shown == {one: 1, two: 1, opened: 0}


async def test_a_scan_finds_a_token_of_one_file_within_a_word_of_another(
    start: Start, tmp_path: Path
) -> None:
    [leak] = leaky(tmp_path, "two.py")
    glued = (tmp_path / "two.py").read_text().replace("ntn_", "xntn_")
    (tmp_path / "one.py").write_text(glued)
    editor = await start("eglot", tmp_path)
    assert (await scanned(editor))["files"] == 2
    assert len(editor.published[leak][-1].diagnostics) == 1


async def test_a_scan_says_what_it_leaves_out(tmp_path: Path, start: Start) -> None:
    leaky(tmp_path, "one.py", "two.py")
    (tmp_path / ".notion-lsp.toml").write_text('exclude = ["one.py"]\nseverity = "off"\n')
    result = await scanned(await start("vscode", tmp_path))
    assert [each.split(" left out by ")[0] for each in result["leftOut"]] == ["1 file", "1 token"]


async def test_what_a_scan_shows_is_taken_back_when_the_file_is_opened(
    start: Start, tmp_path: Path
) -> None:
    [one] = leaky(tmp_path, "one.py")
    editor = await start("eglot", tmp_path)
    await scanned(editor)
    editor.open(tmp_path / "one.py")
    assert len(await editor.shown(one)) == 1
    assert [len(each.diagnostics) for each in editor.published[one]] == [1, 0, 1]


async def test_what_a_scan_shows_is_taken_back_by_the_next_one(
    start: Start, tmp_path: Path
) -> None:
    [one] = leaky(tmp_path, "one.py")
    editor = await start("eglot", tmp_path)
    await scanned(editor)
    (tmp_path / "one.py").write_text("fixed = True\n")
    await scanned(editor)
    assert [len(each.diagnostics) for each in editor.published[one]] == [1, 0]


async def test_a_scan_has_an_editor_that_pulls_pull_anew(start: Start, tmp_path: Path) -> None:
    leaky(tmp_path, "one.py")
    editor = await start("vscode", tmp_path)
    await editor.pull_workspace({})
    refreshed = editor.client.diagnostic_refresh_count
    await scanned(editor)
    await editor.until(lambda: editor.client.diagnostic_refresh_count > refreshed)
    assert editor.published == {}


async def test_a_scan_says_how_far_it_is(start: Start, tmp_path: Path) -> None:
    leaky(tmp_path, "one.py", "two.py", "three.py")
    editor = await start("lsp-mode", tmp_path)
    await scanned(editor)
    [reports] = editor.client.progress_reports.values()
    kinds = [getattr(each, "kind", None) for each in reports]
    assert kinds == ["begin", *["report"] * (len(kinds) - 2), "end"]
    assert len(kinds) > 2
    assert (
        getattr(reports[-1], "message", None) == "Tokens found: 3. Files that could not be read: 0."
    )


async def test_an_editor_without_progress_is_shown_none(start: Start, tmp_path: Path) -> None:
    leaky(tmp_path, "one.py")
    editor = await start("minimal", tmp_path)
    await scanned(editor)
    assert editor.client.progress_reports == {}


async def test_a_scan_can_be_cancelled_and_says_so(start: Start, tmp_path: Path) -> None:
    leaky(tmp_path, *(f"{number}.py" for number in range(1000)))
    editor = await start("lsp-mode", tmp_path)
    scan = asyncio.create_task(scanned(editor))
    await editor.until(lambda: any(editor.client.progress_reports.values()))
    [token] = editor.client.progress_reports
    params = types.WorkDoneProgressCancelParams(token)
    editor.client.window_work_done_progress_cancel(params)
    result = await scan
    assert result["cancelled"]
    assert result["files"] < 1000


async def test_a_scan_that_is_cancelled_takes_nothing_back(start: Start, tmp_path: Path) -> None:
    uris = leaky(tmp_path, *(f"{number}.py" for number in range(200)))
    editor = await start("lsp-mode", tmp_path)
    await scanned(editor)
    known = len(editor.client.progress_reports)
    scan = asyncio.create_task(scanned(editor))
    await editor.until(lambda: len(editor.client.progress_reports) > known)
    token = list(editor.client.progress_reports)[-1]
    editor.client.window_work_done_progress_cancel(types.WorkDoneProgressCancelParams(token))
    await scan
    assert [len(editor.published[uri][-1].diagnostics) for uri in uris] == [1] * 200


async def test_a_scan_shows_what_it_finds_to_an_editor_that_pulls_open_documents_alone(
    start: Start, tmp_path: Path
) -> None:
    [one] = leaky(tmp_path, "one.py")
    editor = await start("neovim-0.11", tmp_path)
    await scanned(editor)
    editor.open(tmp_path / "one.py")
    assert len(await editor.shown(one)) == 1
    assert [len(each.diagnostics) for each in editor.published[one]] == [1, 0]


async def test_typing_is_answered_while_a_scan_runs(start: Start, tmp_path: Path) -> None:
    leaky(tmp_path, *(f"{number}.py" for number in range(1000)))
    editor = await start("lsp-mode", tmp_path)
    uri = editor.open("untitled:x", "")
    scan = asyncio.create_task(scanned(editor))
    await editor.until(lambda: any(editor.client.progress_reports.values()))
    editor.type(uri, LEAK)
    assert len(await editor.shown(uri)) == 1
    assert not scan.done()
    assert (await scan)["files"] == 1000


async def gone(editor: Editor, how: str, *uris: str) -> None:
    """Tell the server that files have changed, by one of the ways of the protocol."""
    if how == "deleted":
        deleted = types.DeleteFilesParams([types.FileDelete(uri) for uri in uris])
        editor.client.workspace_did_delete_files(deleted)
        return
    kind = types.FileChangeType.Changed if how == "changed" else types.FileChangeType.Deleted
    events = [types.FileEvent(uri, kind) for uri in uris]
    editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(events))


@pytest.mark.parametrize("how", ["changed", "watched", "deleted"])
async def test_what_a_scan_shows_is_taken_back_when_the_file_is_gone_or_clean(
    start: Start, tmp_path: Path, how: str
) -> None:
    one, two = leaky(tmp_path, "one.py", "two.py")
    editor = await start("eglot", tmp_path)
    await scanned(editor)
    (tmp_path / "one.py").unlink()
    if how == "changed":
        (tmp_path / "one.py").write_text("fixed = True\n")
    await gone(editor, how, one)
    await editor.until(lambda: len(editor.published[one]) > 1)
    assert [len(each.diagnostics) for each in editor.published[one]] == [1, 0]
    assert len(editor.published[two]) == 1


@pytest.mark.parametrize("how", ["watched", "deleted"])
async def test_what_stood_in_a_folder_is_taken_back_with_it(
    start: Start, tmp_path: Path, how: str
) -> None:
    (tmp_path / "below").mkdir()
    [one] = leaky(tmp_path / "below", "one.py")
    editor = await start("neovim-0.11", tmp_path)
    await scanned(editor)
    (tmp_path / "below" / "one.py").unlink()
    await gone(editor, how, (tmp_path / "below").as_uri())
    await editor.until(lambda: len(editor.published[one]) > 1)
    assert list(editor.published[one][-1].diagnostics) == []


async def test_what_a_scan_shows_goes_with_the_folder_that_is_closed(
    start: Start, tmp_path: Path
) -> None:
    folders = tmp_path / "one", tmp_path / "two"
    for folder in folders:
        folder.mkdir()
    [stays], [goes] = (leaky(folder, "a.py") for folder in folders)
    editor = await start("eglot", *folders)
    await scanned(editor)
    closed = [types.WorkspaceFolder(folders[1].as_uri(), "two")]
    params = types.DidChangeWorkspaceFoldersParams(types.WorkspaceFoldersChangeEvent([], closed))
    editor.client.workspace_did_change_workspace_folders(params)
    await editor.until(lambda: len(editor.published[goes]) > 1)
    counts = {uri: len(editor.published[uri][-1].diagnostics) for uri in (stays, goes)}
    assert counts == {stays: 1, goes: 0}


async def test_what_a_scan_shows_is_told_anew_when_the_file_changes(
    start: Start, tmp_path: Path
) -> None:
    [one] = leaky(tmp_path, "one.py")
    editor = await start("eglot", tmp_path)
    await scanned(editor)
    (tmp_path / "one.py").write_text(LEAK * 3)
    await gone(editor, "changed", one)
    await editor.until(lambda: len(editor.published[one]) > 1)
    assert len(editor.published[one][-1].diagnostics) == 3


@pytest.mark.parametrize("how", ["changed", "watched", "deleted"])
async def test_a_waiting_pull_tells_of_a_file_that_is_gone_or_clean(
    start: Start, tmp_path: Path, how: str
) -> None:
    one, two = leaky(tmp_path, "one.py", "two.py")
    editor = await start("vscode", tmp_path)
    first = await editor.pull_workspace({})
    pull = asyncio.create_task(editor.pull_workspace(ids(first)))
    await editor.settle()
    (tmp_path / "one.py").unlink()
    if how == "changed":
        (tmp_path / "one.py").write_text("fixed = True\n")
    await gone(editor, how, one)
    assert told(await pull) == {one: 0, two: None}


async def test_a_change_of_a_file_without_tokens_wakes_no_pull(
    start: Start, tmp_path: Path
) -> None:
    [one] = leaky(tmp_path, "one.py")
    (tmp_path / "clean.py").write_text("x = 1\n")
    editor = await start("vscode", tmp_path)
    first = await editor.pull_workspace({})
    pull = asyncio.create_task(editor.pull_workspace(ids(first)))
    await editor.settle()
    await gone(editor, "changed", (tmp_path / "clean.py").as_uri())
    await editor.settle()
    assert not pull.done()
    (tmp_path / "one.py").unlink()
    await gone(editor, "deleted", one)
    assert told(await pull) == {one: 0}


async def test_a_file_that_is_gone_is_told_even_if_the_client_forgot_its_result(
    start: Start, tmp_path: Path
) -> None:
    [one] = leaky(tmp_path, "one.py")
    editor = await start("vscode", tmp_path)
    editor.open(tmp_path / "one.py", LEAK)
    editor.close(one)
    assert told(await editor.pull_workspace({})) == {one: 1}
    (tmp_path / "one.py").unlink()
    await gone(editor, "watched", one)
    assert told(await editor.pull_workspace({})) == {one: 0}


async def test_a_file_of_no_folder_is_taken_back_when_it_is_closed(
    start: Start, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    [outside] = leaky(tmp_path, "outside.py")
    editor = await start("vscode", tmp_path / "folder")
    editor.open(tmp_path / "outside.py", LEAK)
    editor.close(outside)
    assert told(await editor.pull_workspace({})) == {outside: 0}
