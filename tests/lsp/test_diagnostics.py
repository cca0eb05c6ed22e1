"""What is underlined, when, and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lsprotocol import types
from profiles import PROFILES
from token_factory import access_token, refresh_token

from notion_lsp.detect.kinds import DOCUMENTATION

if TYPE_CHECKING:
    from pathlib import Path

    from sessions import Start

TOKEN = access_token(1)
LEAK = f'token = "{TOKEN}"\n'

EVERY_EDITOR = pytest.mark.parametrize("profile", PROFILES)
PUSH_AND_PULL = pytest.mark.parametrize("profile", ["eglot", "vscode"])


@EVERY_EDITOR
async def test_a_token_is_underlined_when_the_file_is_opened(
    start: Start, tmp_path: Path, profile: str
) -> None:
    editor = await start(profile, tmp_path)
    uri = editor.open(tmp_path / "a.py", LEAK)
    [found] = await editor.shown(uri)
    assert editor.buffers[uri].at(found.range) == TOKEN
    assert (found.code, found.source) == ("access-token", "notion-lsp")
    assert found.severity is types.DiagnosticSeverity.Error
    assert found.code_description == types.CodeDescription(f"{DOCUMENTATION}#access-token")
    assert f"ntn_…{TOKEN[-4:]} (exact form) is hardcoded" in found.message


@EVERY_EDITOR
async def test_diagnostics_are_pushed_or_pulled_but_never_both(
    start: Start, tmp_path: Path, profile: str
) -> None:
    editor = await start(profile, tmp_path)
    uri = editor.open(tmp_path / "a.py", LEAK)
    await editor.shown(uri)
    offered = editor.result.capabilities.diagnostic_provider is not None
    assert (offered, uri in editor.published) == (editor.profile.pulls, not editor.profile.pulls)


@PUSH_AND_PULL
async def test_a_token_is_underlined_with_its_last_character_and_not_before(
    start: Start, tmp_path: Path, profile: str
) -> None:
    editor = await start(profile, tmp_path)
    uri = editor.open(tmp_path / "a.py", 'token = "')
    counts = []
    for character in f'{TOKEN}"':
        editor.type(uri, character)
        counts.append(len(await editor.shown(uri)))
    assert counts == [0] * (len(TOKEN) - 1) + [1, 1]


@PUSH_AND_PULL
async def test_a_token_is_not_underlined_once_a_character_of_it_is_deleted(
    start: Start, tmp_path: Path, profile: str
) -> None:
    editor = await start(profile, tmp_path)
    uri = editor.open(tmp_path / "a.py", LEAK)
    at = LEAK.index(TOKEN) + 9
    editor.replace(uri, at, at + 1, "")
    assert await editor.shown(uri) == []


@PUSH_AND_PULL
async def test_an_emptied_document_has_no_diagnostics(
    start: Start, tmp_path: Path, profile: str
) -> None:
    editor = await start(profile, tmp_path)
    uri = editor.open(tmp_path / "a.py", LEAK)
    editor.replace(uri, 0, len(LEAK), "")
    assert await editor.shown(uri) == []


async def test_what_was_pushed_is_taken_back_when_the_document_is_closed(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("eglot", tmp_path)
    uri = editor.open(tmp_path / "a.py", LEAK)
    await editor.shown(uri)
    editor.close(uri)
    await editor.settle()
    assert list(editor.published[uri][-1].diagnostics) == []


async def test_a_push_says_which_version_it_is_about(start: Start, tmp_path: Path) -> None:
    editor = await start("eglot", tmp_path)
    uri = editor.open(tmp_path / "a.py", LEAK)
    editor.type(uri, "x")
    editor.type(uri, "y")
    await editor.settle()
    assert {each.version: len(each.diagnostics) for each in editor.published[uri]} == {
        1: 1,
        2: 1,
        3: 1,
    }


async def test_a_pull_with_nothing_new_is_answered_unchanged(start: Start, tmp_path: Path) -> None:
    editor = await start("vscode", tmp_path)
    uri = editor.open(tmp_path / "a.py", LEAK)
    first = await editor.pull(uri)
    editor.type(uri, "x = 1\n")
    second = await editor.pull(uri, first.result_id)
    assert second == types.RelatedUnchangedDocumentDiagnosticReport(str(first.result_id))


async def test_a_pull_with_something_new_is_answered_in_full(start: Start, tmp_path: Path) -> None:
    editor = await start("vscode", tmp_path)
    uri = editor.open(tmp_path / "a.py", LEAK)
    first = await editor.pull(uri)
    editor.replace(uri, 0, 0, "\n")
    second = await editor.pull(uri, first.result_id)
    assert isinstance(second, types.RelatedFullDocumentDiagnosticReport)
    assert second.items[0].range.start.line == 1


async def test_what_only_may_be_a_token_is_a_hint(start: Start, tmp_path: Path) -> None:
    editor = await start("eglot", tmp_path)
    uri = editor.open(tmp_path / "a.py", f'notion = "{TOKEN[:-3]}"\n')
    [found] = await editor.shown(uri)
    assert found.severity is types.DiagnosticSeverity.Hint
    assert found.message.startswith("This may be a Notion access token")


async def test_a_comment_of_ours_that_silences_nothing_is_a_hint(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("eglot", tmp_path)
    uri = editor.open(tmp_path / "a.py", "x = 1  # notion-lsp:ignore\n")
    [found] = await editor.shown(uri)
    assert editor.buffers[uri].at(found.range) == "notion-lsp:ignore"
    assert (found.severity, found.code) == (types.DiagnosticSeverity.Hint, "unused-ignore")
    assert list(found.tags or ()) == [types.DiagnosticTag.Unnecessary]


async def test_a_line_with_an_ignore_comment_is_left_alone(start: Start, tmp_path: Path) -> None:
    editor = await start("eglot", tmp_path)
    uri = editor.open(tmp_path / "a.py", f"{LEAK.strip()}  # notion-lsp:ignore a sample\n")
    assert await editor.shown(uri) == []


@pytest.mark.parametrize(
    "uri", ["untitled:Untitled-1", "vscode-notebook-cell:/home/a.ipynb#W0sZmlsZQ%3D%3D"]
)
@PUSH_AND_PULL
async def test_a_document_that_is_no_file_has_diagnostics_and_a_fix(
    start: Start, tmp_path: Path, profile: str, uri: str
) -> None:
    editor = await start(profile, tmp_path)
    editor.open(uri, LEAK)
    assert await editor.fix(uri) == 'import os\n\ntoken = os.environ["NOTION_TOKEN"]\n'


@pytest.mark.parametrize("profile", ["neovim-0.11", "vscode", "eglot"])
@pytest.mark.parametrize(
    "before",
    [
        "😀",
        "é😀\t",
        "a = 1\r\nb = 2\r\n😀",
        "a = 1\rb = 2\r",
        "a\u2028b\u2029c",
        "def f():\n\x0c\n    pass\n",
        "a = '\x0b\x1c\x85'\n",
        "\ufeff",
    ],
)
async def test_a_range_is_right_whatever_stands_before_it(
    start: Start, tmp_path: Path, profile: str, before: str
) -> None:
    editor = await start(profile, tmp_path)
    uri = editor.open(tmp_path / "a.txt", f"{before} '{TOKEN}'\n", "plaintext")
    editor.replace(uri, 0, 0, before)
    [found] = await editor.shown(uri)
    assert editor.buffers[uri].at(found.range) == TOKEN


async def test_the_same_token_elsewhere_in_open_files_is_named(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("kate", tmp_path)
    one = editor.open(tmp_path / "one.py", LEAK)
    two = editor.open(tmp_path / "two.py", f"\n{LEAK}")
    [found] = await editor.shown(one)
    [related] = found.related_information or ()
    assert related.location.uri == two
    assert editor.buffers[two].at(related.location.range) == TOKEN


@pytest.mark.parametrize("order", [("one.py", "two.py"), ("two.py", "one.py")])
async def test_a_token_of_another_open_file_is_found_within_a_word(
    start: Start, tmp_path: Path, order: tuple[str, str]
) -> None:
    texts = {"one.py": LEAK, "two.py": f'name = "x{TOKEN}y"\n'}
    editor = await start("kate", tmp_path)
    uris = {name: editor.open(tmp_path / name, texts[name]) for name in order}
    told = editor.published.setdefault(uris["two.py"], [])
    await editor.until(lambda: told and told[-1].diagnostics)
    [found] = told[-1].diagnostics
    assert editor.buffers[uris["two.py"]].at(found.range) == TOKEN


async def test_a_token_within_a_word_goes_with_the_one_that_it_was_found_by(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("kate", tmp_path)
    uri = editor.open(tmp_path / "a.py", f'{LEAK}name = "x{TOKEN}y"\n')
    told = editor.published.setdefault(uri, [])
    await editor.until(lambda: told and len(told[-1].diagnostics) == 2)
    editor.replace(uri, 0, LEAK.index("\n"), "")
    await editor.until(lambda: not told[-1].diagnostics)


@pytest.mark.parametrize("how", ["edited", "closed"])
async def test_a_related_place_goes_when_its_token_is_gone(
    start: Start, tmp_path: Path, how: str
) -> None:
    editor = await start("kate", tmp_path)
    one = editor.open(tmp_path / "one.py", LEAK)
    two = editor.open(tmp_path / "two.py", LEAK)
    await editor.shown(two)
    if how == "closed":
        editor.close(two)
    else:
        editor.replace(two, 0, len(LEAK), "x = 1\n")
    await editor.settle()
    assert [each.related_information for each in editor.published[one][-1].diagnostics] == [None]


async def test_a_related_place_is_seen_by_the_next_pull(start: Start, tmp_path: Path) -> None:
    editor = await start("vscode", tmp_path)
    one = editor.open(tmp_path / "one.py", LEAK)
    before = await editor.pull(one)
    editor.open(tmp_path / "two.py", LEAK)
    after = await editor.pull(one, before.result_id)
    assert isinstance(after, types.RelatedFullDocumentDiagnosticReport)
    assert after.items[0].related_information


async def test_no_related_place_is_sent_to_who_cannot_show_one(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("eglot", tmp_path)
    one = editor.open(tmp_path / "one.py", LEAK)
    editor.open(tmp_path / "two.py", LEAK)
    [found] = await editor.shown(one)
    assert found.related_information is None


async def test_of_many_tokens_the_worst_are_shown_and_the_last_says_how_many_more(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("vscode", tmp_path)
    (tmp_path / ".notion-lsp.toml").write_text('kinds = { refresh-token = "hint" }\n')
    hint = f'a = "{refresh_token(1)}"\n'
    uri = editor.open(tmp_path / "a.py", hint + LEAK * 1001)
    pulled = await editor.pull(uri)
    assert isinstance(pulled, types.RelatedFullDocumentDiagnosticReport)
    assert len(pulled.items) == 1000
    assert [each.range.start.line for each in pulled.items[:2]] == [1, 2]
    assert pulled.items[-1].message.endswith(" Not shown: 2 more in this file.")
    assert "Not shown" not in pulled.items[-2].message
