"""What an editor shows of the reason for a diagnostic, and of the settings for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lsprotocol import types
from test_pause import shown_in_the_end
from token_factory import access_token, refresh_token

if TYPE_CHECKING:
    from pathlib import Path

    from sessions import Start

TOKEN = access_token(51)
REFRESH = refresh_token(52)
SLOW = "(.*)*x(.*)*y(.*)*z"

PUSH_AND_PULL = pytest.mark.parametrize("profile", ["eglot", "vscode"])


@PUSH_AND_PULL
async def test_a_diagnostic_names_what_was_copied_together(
    start: Start, tmp_path: Path, profile: str
) -> None:
    editor = await start(profile, tmp_path)
    text = f"{'x' * 5000}\na = '{TOKEN}'\n\n\nb = '{REFRESH}'\n"
    first, second = await editor.shown(editor.open(tmp_path / "a.py", text))
    assert "(exact form, beside its refresh token)" in first.message
    assert "(exact form, beside its access token)" in second.message


@PUSH_AND_PULL
async def test_a_token_in_an_example_is_a_hint(start: Start, tmp_path: Path, profile: str) -> None:
    editor = await start(profile, tmp_path)
    uri = editor.open(tmp_path / "tests" / "a.py", f"a = '{TOKEN}'\n")
    (found,) = await editor.shown(uri)
    assert found.severity is types.DiagnosticSeverity.Hint
    assert "in a test or example path" in found.message
    hover = await editor.hover(uri, types.Position(0, 10))
    assert hover
    assert isinstance(hover.contents, types.MarkupContent)
    assert "in a test or example path, so it is shown as a hint" in hover.contents.value


async def test_hovering_a_piece_says_where_the_others_stand(start: Start, tmp_path: Path) -> None:
    editor = await start("vscode", tmp_path)
    uri = editor.open(tmp_path / "a.py", f'\n\nhead = "{TOKEN[:9]}"\n\nx = head + "{TOKEN[9:]}"\n')
    await editor.shown(uri)
    hover = await editor.hover(uri, types.Position(4, 20))
    assert hover
    assert isinstance(hover.contents, types.MarkupContent)
    assert "put together from 2 pieces, on lines 3 and 5" in hover.contents.value


@PUSH_AND_PULL
async def test_what_a_pattern_finds_is_shown_when_the_typing_pauses(
    start: Start, tmp_path: Path, profile: str
) -> None:
    options = {"patterns": {"acme-key": "acme_[0-9]+"}}
    editor = await start(profile, tmp_path, options=options)
    uri = editor.open(tmp_path / "a.py", "")
    editor.type(uri, "x = 'acme_123'\n")
    (found,) = await shown_in_the_end(editor, uri)
    assert (found.code, editor.buffers[uri].at(found.range)) == ("acme-key", "acme_123")


async def test_a_pattern_that_takes_too_long_costs_one_message(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("eglot", tmp_path, options={"patterns": {"slow": SLOW}})
    for name in ("a.txt", "b.txt"):
        await editor.shown(editor.open(tmp_path / name, "abc x" * 5000))
    told = [message for message in editor.messages if "slow" in message]
    assert told == ["notion-lsp settings: patterns: slow: it took too long, and is switched off."]


async def test_a_pattern_that_is_new_is_looked_for_in_what_is_open(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("eglot", tmp_path)
    uri = editor.open(tmp_path / "a.py", "x = 'acme_123'\n")
    assert await editor.shown(uri) == []
    editor.client.set_configuration({"notion-lsp": {"patterns": {"acme-key": "acme_[0-9]+"}}})
    editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
    (found,) = await shown_in_the_end(editor, uri)
    assert found.code == "acme-key"
