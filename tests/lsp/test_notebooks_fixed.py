"""Tokens in the cells of an open notebook are fixed, with what the other cells have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from notebook import counts, notebook_in
from profiles import WITH_NOTEBOOKS
from token_factory import access_token

if TYPE_CHECKING:
    from pathlib import Path

    from sessions import Start

TOKEN, OTHER = access_token(1), access_token(2)
LEAK, ANOTHER = f'token = "{TOKEN}"\n', f'other = "{OTHER}"\n'
READ = 'token = os.environ["NOTION_TOKEN"]\n'

PUSH_AND_PULL = pytest.mark.parametrize("profile", WITH_NOTEBOOKS)


@PUSH_AND_PULL
async def test_a_fix_uses_what_a_cell_above_imports(
    start: Start, tmp_path: Path, profile: str
) -> None:
    editor = await start(profile, tmp_path)
    notebook = notebook_in(editor, tmp_path, "import os\n", ("# text\n", "markdown"), LEAK)
    assert await editor.fix(notebook.cells[2]) == READ
    assert notebook.texts == ["import os\n", "# text\n", READ]
    assert await counts(notebook) == [0, 0, 0]


@PUSH_AND_PULL
async def test_a_cell_does_not_see_what_one_below_imports(
    start: Start, tmp_path: Path, profile: str
) -> None:
    editor = await start(profile, tmp_path)
    notebook = notebook_in(editor, tmp_path, LEAK, "import os\n")
    assert await editor.fix(notebook.cells[0]) == f"import os\n\n{READ}"


async def test_a_fix_does_not_take_a_name_that_a_cell_above_uses(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("vscode", tmp_path)
    notebook = notebook_in(editor, tmp_path, "os = 1\n", LEAK)
    title = (await editor.offers(notebook.cells[1]))[0].title
    assert title == "Why no rewrite? The name os stands for something else above."


@PUSH_AND_PULL
async def test_two_tokens_of_a_notebook_get_two_names(
    start: Start, tmp_path: Path, profile: str
) -> None:
    editor = await start(profile, tmp_path)
    notebook = notebook_in(editor, tmp_path, LEAK, ANOTHER)
    await editor.fix(notebook.cells[1])
    await editor.fix(notebook.cells[0])
    names = ["NOTION_TOKEN_2", "NOTION_TOKEN"]
    assert [name in text for name, text in zip(names, notebook.texts, strict=True)] == [True, True]


@PUSH_AND_PULL
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
async def test_the_fix_keeps_the_magic_and_the_line_breaks_of_a_cell(
    start: Start, tmp_path: Path, profile: str, ending: str
) -> None:
    editor = await start(profile, tmp_path)
    cell = f"%%time\n!ls -l\n{LEAK}".replace("\n", ending)
    notebook = notebook_in(editor, tmp_path, "x = 1\n", cell)
    fixed = f"%%time\nimport os\n\n!ls -l\n{READ}".replace("\n", ending)
    assert await editor.fix(notebook.cells[1]) == fixed


async def test_a_token_in_a_command_of_the_notebook_is_refused(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("vscode", tmp_path)
    notebook = notebook_in(editor, tmp_path, f"!curl -H 'Authorization: Bearer {TOKEN}' x.org\n")
    title = (await editor.offers(notebook.cells[0]))[0].title
    assert title.startswith("Why no rewrite? A command of IPython is not Python")


@PUSH_AND_PULL
async def test_fix_all_fixes_the_cell_it_is_asked_for(
    start: Start, tmp_path: Path, profile: str
) -> None:
    editor = await start(profile, tmp_path)
    notebook = notebook_in(editor, tmp_path, "import os\n", f"{LEAK}{ANOTHER}", LEAK)
    uri = notebook.cells[1]
    [action] = await editor.actions(uri, editor.buffers[uri].whole(), only=["source.fixAll"])
    await editor.take(action)
    fixed = f'{READ}other = os.environ["NOTION_TOKEN_2"]\n'
    assert notebook.texts == ["import os\n", fixed, LEAK]


@PUSH_AND_PULL
async def test_a_token_in_pieces_in_a_cell_is_fixed_with_what_stands_below_it(
    start: Start, tmp_path: Path, profile: str
) -> None:
    editor = await start(profile, tmp_path)
    pieces = f'token = "{TOKEN[:9]}" + "{TOKEN[9:]}"\n'
    texts = ("import os\n", f"{pieces}{ANOTHER}", LEAK)
    notebook = notebook_in(editor, tmp_path, *texts)
    assert await editor.fix(notebook.cells[1]) == f"{READ}{ANOTHER}"
    notebook.close()
    notebook = notebook_in(editor, tmp_path, *texts)
    whole = editor.buffers[notebook.cells[1]].whole()
    [action] = await editor.actions(notebook.cells[1], whole, only=["source.fixAll"])
    await editor.take(action)
    fixed = f'{READ}other = os.environ["NOTION_TOKEN_2"]\n'
    assert notebook.texts == ["import os\n", fixed, LEAK]


@PUSH_AND_PULL
async def test_a_token_in_a_markdown_cell_is_redacted(
    start: Start, tmp_path: Path, profile: str
) -> None:
    editor = await start(profile, tmp_path)
    notebook = notebook_in(editor, tmp_path, LEAK, (f"Use `{TOKEN}`.\n", "markdown"))
    assert await editor.fix(notebook.cells[1]) == "Use `ntn_****`.\n"


@PUSH_AND_PULL
async def test_a_line_of_a_cell_is_ignored_by_a_comment(
    start: Start, tmp_path: Path, profile: str
) -> None:
    editor = await start(profile, tmp_path)
    notebook = notebook_in(editor, tmp_path, 's = """\n', LEAK)
    text = await editor.choose(notebook.cells[1], "Ignore this line")
    assert text == f"{LEAK.strip()}  # notion-lsp:ignore\n"
    assert await counts(notebook) == [0, 0]


async def test_a_token_of_a_cell_moves_to_the_dotenv_of_its_notebook(
    start: Start, tmp_path: Path
) -> None:
    (tmp_path / "Pipfile").touch()  # pipenv loads .env.
    editor = await start("vscode", tmp_path)
    notebook = notebook_in(editor, tmp_path, LEAK)
    await editor.choose(notebook.cells[0], "Move it to .env")
    assert (tmp_path / ".env").read_text() == f"NOTION_TOKEN={TOKEN}\n"
