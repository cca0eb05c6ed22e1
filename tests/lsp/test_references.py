"""Find All References and highlights, on a token and on its variable, over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lsprotocol import types
from repositories import make_repository, write
from token_factory import access_token

if TYPE_CHECKING:
    from pathlib import Path

    from editor import Editor
    from sessions import Start

TOKEN = access_token(1)
READING = 'import os\na = os.environ["NOTION_TOKEN"]\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    make_repository(tmp_path)
    write(tmp_path / ".gitignore", ".env\n")
    write(tmp_path / ".env", f"NOTION_TOKEN={TOKEN}\n")
    write(tmp_path / "compose.yml", "services:\n a:\n  environment:\n   - NOTION_TOKEN\n")
    write(tmp_path / "split.js", f'const a = "{TOKEN[:20]}" + "{TOKEN[20:]}";\n')
    write(tmp_path / "app.py", READING)
    return tmp_path


async def references(editor: Editor, uri: str, line: int, character: int) -> list[str]:
    """Return the uses of what is at a position, as `name:line:character`."""
    params = types.ReferenceParams(
        types.ReferenceContext(include_declaration=True),
        types.TextDocumentIdentifier(uri),
        types.Position(line, character),
    )
    found = await editor.client.text_document_references_async(params)
    return sorted(
        f"{each.uri.rpartition('/')[2]}:{each.range.start.line}:{each.range.start.character}"
        for each in found or []
    )


async def highlights(
    editor: Editor, uri: str, line: int, character: int
) -> list[tuple[int, int, str]]:
    params = types.DocumentHighlightParams(
        types.TextDocumentIdentifier(uri), types.Position(line, character)
    )
    found = await editor.client.text_document_document_highlight_async(params)
    return [
        (each.range.start.line, each.range.start.character, each.kind.name if each.kind else "")
        for each in found or []
    ]


ALL = [".env:0:0", ".env:0:13", "app.py:1:16", "compose.yml:3:5", "split.js:0:11"]


async def test_a_word_that_is_no_variable_has_no_references(start: Start, project: Path) -> None:
    editor = await start("vscode", project)
    uri = editor.open(project / "app.py")
    assert await references(editor, uri, 0, 8) == []
    assert await highlights(editor, uri, 0, 8) == []


async def test_the_variable_of_a_lookup_has_its_uses_and_the_values(
    start: Start, project: Path
) -> None:
    editor = await start("vscode", project)
    uri = editor.open(project / "app.py")
    assert await references(editor, uri, 1, 20) == ALL


async def test_a_token_has_its_places_and_its_variable(start: Start, project: Path) -> None:
    editor = await start("neovim-0.11", project)
    uri = editor.open(project / "split.js", language="javascript")
    assert await references(editor, uri, 0, 15) == ALL


async def test_what_is_typed_and_not_saved_counts(start: Start, project: Path) -> None:
    editor = await start("vscode", project)
    uri = editor.open(project / "app.py")
    editor.replace(uri, 0, len(READING), f'\n\nü = "é𝕏", "{TOKEN}"\n')
    found = await references(editor, uri, 2, 14)
    assert found == [".env:0:0", ".env:0:13", "app.py:2:12", "compose.yml:3:5", "split.js:0:11"]


async def test_a_document_that_is_in_no_file_counts(start: Start, project: Path) -> None:
    editor = await start("vscode", project)
    uri = editor.open("untitled:Untitled-1", f'a = "{TOKEN}"\n')
    assert await references(editor, uri, 0, 8) == [*ALL, "untitled:Untitled-1:0:5"]


async def test_without_a_folder_the_open_documents_are_looked_into(
    start: Start, project: Path
) -> None:
    editor = await start("vscode")
    uri = editor.open(project / "app.py")
    editor.open(project / ".env", language="dotenv")
    assert await references(editor, uri, 1, 20) == [".env:0:0", ".env:0:13", "app.py:1:16"]


async def test_a_highlight_says_what_is_read_and_what_is_written(
    start: Start, project: Path
) -> None:
    editor = await start("vscode", project)
    text = f'os.environ["NOTION_TOKEN"] = "{TOKEN}"\na = os.environ["NOTION_TOKEN"]\n'
    uri = editor.open(project / "new.py", text)
    every = [(0, 12, "Write"), (0, 30, "Text"), (1, 16, "Read")]
    assert await highlights(editor, uri, 0, 35) == every
    assert await highlights(editor, uri, 1, 20) == every
