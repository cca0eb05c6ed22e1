"""What a hover over a token says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from lsprotocol import types
from repositories import make_repository, run_git, write
from token_factory import access_token

if TYPE_CHECKING:
    from pathlib import Path

    from editor import Editor
    from sessions import Start

TOKEN = access_token(1)
LEAK = f'token = "{TOKEN}"\n'


async def test_hovering_a_token_says_what_it_opens_and_what_to_do(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("eglot", tmp_path)
    uri = editor.open(tmp_path / "a.py", f"x = 1\n{LEAK}")
    hover = await editor.hover(uri, types.Position(1, 20))
    assert hover
    assert hover.range
    assert isinstance(hover.contents, types.MarkupContent)
    assert editor.buffers[uri].at(hover.range) == TOKEN
    for word in (f"`ntn_…{TOKEN[-4:]}`", "It opens", "Rotate it", "#access-token"):
        assert word in hover.contents.value


@pytest.mark.parametrize("place", [(0, 2), (1, 3), (1, 60), (2, 0), (9, 9)])
async def test_hovering_anything_else_says_nothing(
    start: Start, tmp_path: Path, place: tuple[int, int]
) -> None:
    editor = await start("eglot", tmp_path)
    uri = editor.open(tmp_path / "a.py", f"x = 1\n{LEAK}")
    assert await editor.hover(uri, types.Position(*place)) is None


async def hovered(editor: Editor, uri: str, line: int, column: int) -> list[str]:
    """Return the lines of a hover."""
    hover = await editor.hover(uri, types.Position(line, column))
    assert hover
    assert isinstance(hover.contents, types.MarkupContent)
    return hover.contents.value.split("  \n")


async def test_a_hover_of_six_lines_says_what_the_quick_fix_does(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("vscode", tmp_path, options={"store": "vault"})
    lines = await hovered(editor, editor.open(tmp_path / "a.py", LEAK), 0, 20)
    assert len(lines) == 6
    assert lines[2] == (
        "Quick fix: Read it from HashiCorp Vault: api_key of secret/notion (needs hvac)."
    )
    assert lines[-1] == "Found by: exact form."


async def test_a_hover_says_how_far_the_token_has_got(start: Start, tmp_path: Path) -> None:
    repository = make_repository(tmp_path)
    write(repository / "a.py", LEAK)
    run_git(repository, "add", "a.py")
    run_git(repository, "commit", "--quiet", "--message", "a leak")
    editor = await start("vscode", tmp_path)
    lines = await hovered(editor, editor.open(tmp_path / "a.py", LEAK), 0, 20)
    assert re.search(
        r" It was committed in [0-9a-f]{7} by A on \d{4}-\d\d-\d\d: "
        r"taking it out of the file does not take it out of the history\.$",
        lines[1],
    )


async def test_a_hover_says_why_there_is_no_rewrite(start: Start, tmp_path: Path) -> None:
    editor = await start("neovim-0.11", tmp_path)
    text = f'package a\n\ntype A struct {{\n\tB string `auth:"{TOKEN}"`\n}}\n'
    lines = await hovered(editor, editor.open(tmp_path / "a.go", text, "go"), 3, 30)
    assert lines[2] == "No rewrite here: A field's tag must be a literal."
