"""The request that asks what may be pasted instead of a token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from lsprotocol import converters, types
from token_factory import access_token
from wire import Wire

if TYPE_CHECKING:
    from pathlib import Path

    from editor import Editor
    from sessions import Start

STRUCTURE = converters.get_converter().structure
TOKEN = access_token(71)
FIXED = 'import os\n\nx = "é😀"; y = f(os.environ["NOTION_TOKEN"])\n'
TEXT = 'x = "é😀"; y = f("")\n'


async def choices(editor: Editor, uri: str, character: int, text: str = TOKEN) -> list[Any]:
    """Return what the server answers to a paste in the first line."""
    at = {"line": 0, "character": character}
    params = {
        "textDocument": {"uri": uri},
        "range": {"start": at, "end": at},
        "text": text,
    }
    editor.tokens.add(TOKEN)
    answer = await editor.client.protocol.send_request_async("notion-lsp/paste", params)  # type: ignore[no-untyped-call] # pytest-lsp's
    return list(answer)


async def paste(editor: Editor, choice: Any) -> None:  # noqa: ANN401, any JSON
    """Make the edit of a choice, as VS Code does instead of the paste."""
    await editor.take(types.CodeAction("", edit=STRUCTURE(choice["edit"], types.WorkspaceEdit)))


async def test_a_lookup_is_pasted_and_no_text_ever_holds_the_token(
    start: Start, tmp_path: Path
) -> None:
    (tmp_path / "Pipfile").touch()  # pipenv loads .env.
    editor = await start("vscode", tmp_path)
    uri = editor.open(tmp_path / "a.py", TEXT)
    choice, _ = await choices(editor, uri, 18)
    assert choice["title"].startswith("Paste as a lookup")
    assert TOKEN not in str(choice)
    await paste(editor, choice)
    assert editor.buffers[uri].text == FIXED


async def test_the_token_goes_into_dotenv_by_the_edit_of_that_file_alone(
    start: Start, tmp_path: Path
) -> None:
    (tmp_path / "Pipfile").touch()  # pipenv loads .env.
    editor = await start("vscode", tmp_path)
    uri = editor.open(tmp_path / "a.py", TEXT)
    _, choice = await choices(editor, uri, 18)
    assert choice["title"] == "Put it into .env and paste the lookup"
    await paste(editor, choice)
    assert editor.buffers[uri].text == FIXED
    assert (tmp_path / ".env").read_text() == f"NOTION_TOKEN={TOKEN}\n"


@pytest.mark.parametrize("text", ["", "x", f"say {TOKEN}", f"NOTION_TOKEN={TOKEN}"])
async def test_for_any_other_text_there_is_nothing(start: Start, tmp_path: Path, text: str) -> None:
    editor = await start("vscode", tmp_path)
    assert await choices(editor, editor.open(tmp_path / "a.py", TEXT), 18, text) == []


async def test_in_a_document_that_is_not_open_there_is_nothing(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("vscode", tmp_path)
    assert await choices(editor, (tmp_path / "b.py").as_uri(), 0) == []


async def test_an_excluded_file_is_left_alone(start: Start, tmp_path: Path) -> None:
    editor = await start("vscode", tmp_path, options={"exclude": ["a.py"]})
    assert await choices(editor, editor.open(tmp_path / "a.py", TEXT), 18) == []


async def test_a_client_that_creates_no_files_is_offered_the_lookup_alone(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("sublime-lsp", tmp_path)
    offered = await choices(editor, editor.open(tmp_path / "a.py", TEXT), 18)
    assert [each["kind"] for each in offered] == ["lookup"]


@pytest.mark.parametrize(
    "params", [None, [], {"textDocument": {}}, {"textDocument": {"uri": 1}, "range": 2, "text": 3}]
)
def test_a_request_that_makes_no_sense_is_answered(tmp_path: Path, params: object) -> None:
    with Wire(tmp_path) as wire:
        wire.open((tmp_path / "1").as_uri(), TEXT)
        wire.send({"jsonrpc": "2.0", "id": "odd", "method": "notion-lsp/paste", "params": params})
        assert wire.answer_to("odd")["error"]["code"] == -32602
        assert wire.request("shutdown")["result"] is None
