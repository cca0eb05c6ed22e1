"""Settings, from wherever they come, and what happens when they change."""

from __future__ import annotations

import os
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from lsprotocol import types
from token_factory import access_token, refresh_token

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from editor import Editor
    from sessions import Start

TOKEN = access_token(1)
LEAK = f'token = "{TOKEN}"\n'
BOTH = f'a = "{TOKEN}"\nb = "{refresh_token(2)}"\n'
LINKS = pytest.mark.skipif(os.name == "nt", reason="Windows has such links for few")
PUSH_AND_PULL = pytest.mark.parametrize("profile", ["kate", "vscode"])


async def severities(editor: Editor, uri: str) -> list[str]:
    return [each.severity.name for each in await editor.shown(uri) if each.severity]


def times_shown(editor: Editor, uri: str) -> int:
    if editor.profile.pulls:
        return editor.client.diagnostic_refresh_count
    return len(editor.published.get(uri, []))


@asynccontextmanager
async def shown_anew(editor: Editor, uri: str) -> AsyncIterator[None]:
    """On the way out, wait until the server has had the diagnostics shown anew."""
    await editor.settle()
    before = times_shown(editor, uri)
    yield
    await editor.until(lambda: times_shown(editor, uri) > before)


async def started(editor: Editor) -> None:
    """Return when a server that asks for settings at the start has asked."""
    if editor.profile.pulls:
        await editor.until(lambda: editor.client.diagnostic_refresh_count > 0)


def ask_again(editor: Editor) -> None:
    editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"severity": "warning"}, ["Warning", "Warning"]),
        ({"notion-lsp": {"severity": "hint"}}, ["Hint", "Hint"]),
        ({"kinds": {"refresh-token": "information"}}, ["Error", "Information"]),
        ({"kinds": {"access-token": "off"}}, ["Error"]),
        ({"severity": "off"}, []),
        ({"severity": "off", "kinds": {"access-token": "warning"}}, ["Warning"]),
        (None, ["Error", "Error"]),
        ({}, ["Error", "Error"]),
    ],
)
async def test_initialization_options_choose_the_severity(
    start: Start, tmp_path: Path, options: object, expected: list[str]
) -> None:
    editor = await start("minimal", tmp_path, options=options)
    uri = editor.open(tmp_path / "a.py", BOTH)
    assert await severities(editor, uri) == expected


async def test_each_folder_has_the_settings_that_the_editor_has_for_it(
    start: Start, tmp_path: Path
) -> None:
    one, two = tmp_path / "one", tmp_path / "two # 100%25"
    two.mkdir()
    editor = await start("vscode", one, two)
    await started(editor)
    set_configuration = editor.client.set_configuration
    set_configuration({"notion-lsp": {"severity": "warning"}}, scope_uri=one.as_uri())
    set_configuration({"notion-lsp": {"severity": "hint"}}, scope_uri=two.as_uri())
    async with shown_anew(editor, ""):
        ask_again(editor)
    uris = [editor.open(folder / "a.py", LEAK) for folder in (one, two)]
    assert [await severities(editor, uri) for uri in uris] == [["Warning"], ["Hint"]]


async def test_the_innermost_folder_around_a_file_counts(start: Start, tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / ".notion-lsp.toml").write_text('severity = "hint"\n')
    editor = await start("eglot", tmp_path, inner)
    uris = [editor.open(folder / "a.py", LEAK) for folder in (tmp_path, inner)]
    assert [await severities(editor, uri) for uri in uris] == [["Error"], ["Hint"]]


async def test_initialization_options_hold_where_the_editor_says_nothing_later(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("vscode", tmp_path, options={"severity": "warning"})
    await started(editor)
    uri = editor.open(tmp_path / "a.py", LEAK)
    editor.client.set_configuration({"notion-lsp": {"environmentVariable": "KEY"}})
    async with shown_anew(editor, uri):
        ask_again(editor)
    assert await severities(editor, uri) == ["Warning"]


async def test_an_editor_that_cannot_be_asked_sends_its_settings(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("kate", tmp_path)
    uri = editor.open(tmp_path / "a.py", LEAK)
    params = types.DidChangeConfigurationParams({"notion-lsp": {"severity": "hint"}})
    async with shown_anew(editor, uri):
        editor.client.workspace_did_change_configuration(params)
    assert await severities(editor, uri) == ["Hint"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (".notion-lsp.toml", 'severity = "warning"\n'),
        ("pyproject.toml", '[tool.notion-lsp]\nseverity = "warning"\n'),
    ],
)
async def test_the_projects_own_file_wins_over_the_editor(
    start: Start, tmp_path: Path, name: str, text: str
) -> None:
    (tmp_path / name).write_text(text)
    editor = await start("eglot", tmp_path, options={"severity": "hint"})
    uri = editor.open(tmp_path / "a.py", LEAK)
    assert await severities(editor, uri) == ["Warning"]


@pytest.mark.parametrize(
    "options",
    [{"severity": "loud"}, {"severity": 3}, {"colour": "red"}, {"kinds": {"x": "y"}}, 7, []],
)
async def test_a_bad_setting_costs_one_warning_and_keeps_its_default(
    start: Start, tmp_path: Path, options: object
) -> None:
    editor = await start("minimal", tmp_path, options=options)
    uris = [editor.open(tmp_path / name, LEAK) for name in ("a.py", "b.py")]
    assert [await severities(editor, uri) for uri in uris] == [["Error"], ["Error"]]
    [message] = editor.client.messages
    assert message.type is types.MessageType.Warning
    assert message.message.startswith("notion-lsp settings: ")


@pytest.mark.parametrize("text", ["severity = loud\n", "severity = 'loud'\n", "= 1\n"])
async def test_a_bad_project_file_costs_one_warning(
    start: Start, tmp_path: Path, text: str
) -> None:
    (tmp_path / ".notion-lsp.toml").write_text(text)
    editor = await start("eglot", tmp_path)
    uri = editor.open(tmp_path / "a.py", LEAK)
    assert await severities(editor, uri) == ["Error"]
    await editor.until(lambda: editor.messages)
    await editor.settle()
    assert len(editor.messages) == 1


async def test_a_token_in_the_place_of_a_setting_is_not_repeated(
    start: Start, tmp_path: Path
) -> None:
    (tmp_path / ".notion-lsp.toml").write_text(f"{TOKEN} = 1\nexclude = ['{TOKEN}[z-a]']\n")
    editor = await start("minimal", tmp_path, options={TOKEN: 1})
    uri = editor.open(tmp_path / "a.py", LEAK)
    await editor.shown(uri)
    await editor.until(lambda: len(editor.messages) > 1)


@PUSH_AND_PULL
@pytest.mark.parametrize("name", [".notion-lsp.toml", "pyproject.toml", ".notion-lsp-ignore"])
async def test_a_change_of_a_file_that_settings_stand_in_is_shown_at_once(
    start: Start, tmp_path: Path, profile: str, name: str
) -> None:
    editor = await start(profile, tmp_path)
    await started(editor)
    uri = editor.open(tmp_path / "a.py", LEAK)
    (tmp_path / name).write_text("x")
    change = types.FileEvent((tmp_path / name).as_uri(), types.FileChangeType.Created)
    params = types.DidChangeWatchedFilesParams([change])
    async with shown_anew(editor, uri):
        editor.client.workspace_did_change_watched_files(params)


async def test_the_files_that_something_is_known_of_are_watched(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("vscode", tmp_path)
    await editor.until(lambda: bool(editor.registrations))
    [registration] = editor.registrations
    patterns = {each["globPattern"] for each in registration.register_options["watchers"]}  # type: ignore[index] # any JSON
    assert patterns == {
        "**/*",
        "**/.notion-lsp.toml",
        "**/pyproject.toml",
        "**/.notion-lsp-ignore",
        "**/.gitignore",
        "**/.gitleaksignore",
        "**/.secretlintignore",
        "**/.gitguardian.yaml",
        "**/.gitguardian.yml",
        "**/.secrets.baseline",
    }


async def test_an_editor_that_watches_no_files_is_shown_a_change_with_the_next_save(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("kate", tmp_path)
    uri = editor.open(tmp_path / "a.py", LEAK)
    await editor.shown(uri)
    toml = editor.open(tmp_path / ".notion-lsp.toml", 'severity = "hint"\n', "toml")
    editor.save(toml, tmp_path / ".notion-lsp.toml")
    assert await severities(editor, uri) == ["Hint"]


@PUSH_AND_PULL
async def test_a_folder_that_joins_brings_its_settings(
    start: Start, tmp_path: Path, profile: str
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    two.mkdir()
    (two / ".notion-lsp.toml").write_text('severity = "hint"\n')
    editor = await start(profile, one)
    uri = editor.open(two / "a.py", LEAK)
    await started(editor)
    folder = types.WorkspaceFolder(two.as_uri(), "two")
    event = types.WorkspaceFoldersChangeEvent([folder], [])
    params = types.DidChangeWorkspaceFoldersParams(event)
    async with shown_anew(editor, uri):
        editor.client.workspace_did_change_workspace_folders(params)
    assert await severities(editor, uri) == ["Hint"]


@pytest.fixture
def linked(tmp_path: Path) -> tuple[Path, Path]:
    """Return a folder with settings, and a link to it."""
    folder, link = tmp_path / "folder", tmp_path / "link"
    (folder / "old").mkdir(parents=True)
    (folder / ".notion-lsp.toml").write_text('store = "vault"\nexclude = ["old/"]\n')
    for name in ("a.py", "old/b.py"):
        (folder / name).write_text(LEAK)
    link.symlink_to(folder, target_is_directory=True)
    return folder, link


@LINKS
@pytest.mark.parametrize("reverse", [False, True], ids=["folder by link", "file by link"])
async def test_a_file_has_the_settings_of_its_folder_by_either_name(
    start: Start, linked: tuple[Path, Path], *, reverse: bool
) -> None:
    folder, link = linked if reverse else reversed(linked)
    editor = await start("vscode", folder)
    titles = [each.title for each in await editor.offers(editor.open(link / "a.py"))]
    assert titles[0].startswith("Read it from HashiCorp Vault")
    assert await editor.shown(editor.open(link / "old" / "b.py")) == []


@LINKS
@pytest.mark.parametrize("profile", ["lsp-mode", "vscode"])
async def test_an_open_file_is_changed_in_its_buffer_by_either_name(
    start: Start, linked: tuple[Path, Path], profile: str
) -> None:
    folder, link = linked
    editor = await start(profile, link)
    uri = editor.open(folder / "a.py")
    await editor.choose(uri, "Ignore this token in this project")
    assert (folder / ".notion-lsp-ignore").exists() == editor.profile.creates_files
    await editor.execute("notion-lsp.fixWorkspace")
    assert "hvac" in editor.buffers[uri].text
    assert (folder / "a.py").read_text() == LEAK


@LINKS
async def test_a_file_that_is_open_by_another_name_is_told_of_once(
    start: Start, linked: tuple[Path, Path]
) -> None:
    folder, link = linked
    (folder / "c.py").write_text(LEAK)
    editor = await start("vscode", link, folder)
    editor.open(folder / "a.py")
    assert [each.uri for each in await editor.pull_workspace({})] == [(link / "c.py").as_uri()]


@pytest.mark.parametrize("half", ['severity = "hi', ""], ids=["cut", "empty"])
async def test_a_file_that_is_just_being_written_is_read_again_before_anybody_is_told(
    start: Start, tmp_path: Path, half: str
) -> None:
    settings = tmp_path / ".notion-lsp.toml"
    settings.write_text('severity = "hint"\n')
    editor = await start("vscode", tmp_path)
    uri = editor.open(leak(tmp_path))
    assert await severities(editor, uri) == ["Hint"]
    settings.write_text(half)
    told(editor, settings)
    assert await severities(editor, uri) == ["Hint"]
    settings.write_text('severity = "warning"\n')
    told(editor, settings)
    assert await severities(editor, uri) == ["Warning"]
    await editor.settle()
    assert editor.messages == []


async def test_a_file_that_stays_half_written_is_told(start: Start, tmp_path: Path) -> None:
    editor = await start("vscode", tmp_path)
    uri = editor.open(leak(tmp_path))
    settings = tmp_path / ".notion-lsp.toml"
    settings.write_text('severity = "hi')
    told(editor, settings)
    await editor.until(lambda: editor.messages)
    assert ".notion-lsp.toml" in editor.messages[0]
    assert await severities(editor, uri) == ["Error"]


async def test_a_file_that_stays_empty_counts(start: Start, tmp_path: Path) -> None:
    settings = tmp_path / ".notion-lsp.toml"
    settings.write_text('severity = "hint"\n')
    editor = await start("kate", tmp_path)
    uri = editor.open(leak(tmp_path))
    assert await severities(editor, uri) == ["Hint"]
    settings.write_text("")
    told(editor, settings)
    error = types.DiagnosticSeverity.Error
    await editor.until(lambda: editor.published[uri][-1].diagnostics[0].severity == error)


def leak(folder: Path) -> Path:
    path = folder / "a.py"
    path.write_text(LEAK)
    return path


def told(editor: Editor, path: Path) -> None:
    """Tell the server of a file that has changed, as an editor that watches files does."""
    change = types.FileEvent(path.as_uri(), types.FileChangeType.Changed)
    editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([change]))
