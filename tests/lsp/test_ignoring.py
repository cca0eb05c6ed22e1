"""What a person, or another scanner's file, has said no to, while the document is edited."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest
from lsprotocol import types
from token_factory import access_token, refresh_token

from notion_lsp.detect.finding import fingerprint

if TYPE_CHECKING:
    from pathlib import Path

    from editor import Editor
    from sessions import Start

TOKEN = access_token(81)
OTHER = refresh_token(82)
TEXT = f'a = "{TOKEN}"\n' + "#\n" * 20 + f'b = "{OTHER}"\n'
COMMENT = "# notion-lsp:ignore-file\n"
PUSH_AND_PULL = pytest.mark.parametrize("profile", ["kate", "vscode"])


async def codes(editor: Editor, uri: str) -> list[str]:
    return [str(each.code) for each in await editor.shown(uri)]


async def seen(editor: Editor, uri: str) -> list[tuple[types.Range, str]]:
    return [(each.range, each.message) for each in await editor.shown(uri)]


@PUSH_AND_PULL
async def test_a_comment_for_the_file_counts_from_its_last_letter_until_one_is_deleted(
    start: Start, tmp_path: Path, profile: str
) -> None:
    editor = await start(profile, tmp_path)
    uri = editor.open(tmp_path / "a.py", "\n" + TEXT)
    comment = COMMENT.rstrip()
    for at, character in enumerate(comment):
        assert await codes(editor, uri) != []
        editor.replace(uri, at, at, character)
    assert await codes(editor, uri) == []
    editor.replace(uri, len(comment) - 1, len(comment), "")
    assert await codes(editor, uri) == ["access-token", "refresh-token"]


@PUSH_AND_PULL
async def test_a_comment_for_the_file_that_is_pushed_down_counts_no_longer(
    start: Start, tmp_path: Path, profile: str
) -> None:
    editor = await start(profile, tmp_path)
    uri = editor.open(tmp_path / "a.py", "\n" * 9 + COMMENT + f'a = "{TOKEN}"\n')
    assert await codes(editor, uri) == []
    editor.replace(uri, 0, 0, "\n")
    token, comment = await editor.shown(uri)
    assert (token.code, comment.code) == ("access-token", "unused-ignore")
    assert comment.message.startswith("This comment counts in the first 10 lines of a file")
    editor.replace(uri, 0, 1, "")
    assert await codes(editor, uri) == []


async def test_a_comment_for_the_file_is_unused_once_the_last_token_is_gone(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("eglot", tmp_path)
    uri = editor.open(tmp_path / "a.py", f'{COMMENT}\n\na = "{TOKEN}"\n')
    assert await codes(editor, uri) == []
    editor.replace(uri, editor.buffers[uri].text.index(TOKEN), len(editor.buffers[uri].text), "")
    [found] = await editor.shown(uri)
    assert (found.code, editor.buffers[uri].at(found.range)) == (
        "unused-ignore",
        "notion-lsp:ignore-file",
    )


@PUSH_AND_PULL
async def test_typing_a_switch_of_secretlint_is_what_opening_a_file_with_it_is(
    start: Start, tmp_path: Path, profile: str
) -> None:
    editor = await start(profile, tmp_path)
    uri = editor.open(tmp_path / "a.py", TEXT)
    for number, (at, new) in enumerate(
        [(0, "# secretlint-disable\n"), (90, "# secretlint-enable")]
    ):
        editor.replace(uri, at, at, new)
        fresh = editor.open(f"untitled:{number}", editor.buffers[uri].text)
        assert await seen(editor, uri) == await seen(editor, fresh)
        editor.close(fresh)
    assert await codes(editor, uri) == ["refresh-token"]


async def test_a_file_that_is_ignored_has_no_lightbulb_and_no_hover(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("eglot", tmp_path)
    uri = editor.open(tmp_path / "a.py", COMMENT + TEXT)
    place = editor.buffers[uri].whole()
    assert await editor.actions(uri, place) == []
    assert await editor.hover(uri, types.Position(1, 10)) is None


@PUSH_AND_PULL
async def test_an_entry_that_has_expired_warns_again_and_says_so(
    start: Start, tmp_path: Path, profile: str
) -> None:
    marks = [fingerprint(each) for each in (TOKEN, OTHER)]
    (tmp_path / ".notion-lsp-ignore").write_text(
        f"{marks[0]} expires 2020-01-31 a sample\n{marks[1]} expires 9999-01-31 a sample\n"
    )
    editor = await start(profile, tmp_path)
    uri = editor.open(tmp_path / "a.py", TEXT)
    [found] = await editor.shown(uri)
    assert editor.buffers[uri].at(found.range) == TOKEN
    assert found.message.endswith(" The entry that ignored it expired on 2020-01-31.")


def sha1(token: str) -> str:
    return hashlib.sha1(token.encode(), usedforsecurity=False).hexdigest()


TRIAGE = {
    ".gitleaksignore": "a.py:notion-api-token:1\n",
    ".secretlintignore": "a.py\n",
    ".gitguardian.yaml": "version: 2\nsecret:\n  ignored_paths:\n    - a.py\n",
    ".secrets.baseline": json.dumps({"results": {"a.py": [{"hashed_secret": sha1(TOKEN)}]}}),
}


@PUSH_AND_PULL
@pytest.mark.parametrize(("name", "text"), TRIAGE.items(), ids=TRIAGE)
async def test_a_file_of_another_scanner_is_read_when_it_is_there_and_when_it_changes(
    start: Start, tmp_path: Path, profile: str, name: str, text: str
) -> None:
    editor = await start(profile, tmp_path)
    uri = editor.open(tmp_path / "a.py", f'a = "{TOKEN}"\n')
    assert await codes(editor, uri) == ["access-token"]
    triage = editor.open(tmp_path / name, text, "plaintext")
    editor.save(triage, tmp_path / name)
    assert await codes(editor, uri) == []
    editor.replace(triage, 0, len(text), '{"results": {}}' if name.endswith("baseline") else "#\n")
    editor.save(triage, tmp_path / name)
    assert await codes(editor, uri) == ["access-token"]
    assert editor.messages == []


async def test_a_line_that_gitleaks_ignores_is_a_line_of_the_document_as_it_is(
    start: Start, tmp_path: Path
) -> None:
    (tmp_path / ".gitleaksignore").write_text("a.py:notion-api-token:21\n")
    editor = await start("eglot", tmp_path)
    # The line that moves is far from the one that is typed in.
    lines = "\n" * 20
    uri = editor.open(tmp_path / "a.py", f'{lines}a = "{TOKEN}"\n')
    assert await codes(editor, uri) == []
    editor.replace(uri, 0, 0, "\n")
    assert await codes(editor, uri) == ["access-token"]


async def test_a_line_that_gitleaks_ignores_ends_at_a_line_feed(
    start: Start, tmp_path: Path
) -> None:
    (tmp_path / ".gitleaksignore").write_text("a.log:notion-api-token:2\n")
    editor = await start("eglot", tmp_path)
    uri = editor.open(tmp_path / "a.log", f"1%\r2%\r\na = {TOKEN}\n")
    assert await codes(editor, uri) == []
    editor.replace(uri, 0, 0, "0%\r")
    assert await codes(editor, uri) == []
    editor.replace(uri, 0, 0, "\n")
    assert await codes(editor, uri) == ["access-token"]


async def test_a_bad_file_of_another_scanner_costs_one_warning(
    start: Start, tmp_path: Path
) -> None:
    (tmp_path / ".secrets.baseline").write_text("{")
    editor = await start("eglot", tmp_path)
    uri = editor.open(tmp_path / "a.py", f'a = "{TOKEN}"\n')
    assert await codes(editor, uri) == ["access-token"]
    await editor.until(lambda: editor.messages)
    [message] = editor.messages
    assert ".secrets.baseline: this is not a baseline of detect-secrets." in message
