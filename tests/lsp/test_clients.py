"""Every client and every action: an edit that it can make, and the text it leaves, or no offer."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
import test_fixtures
from desk import CHOICES, ELSEWHERE, LEAK, LOOKUP, OTHER, QUICK_FIX
from profiles import PROFILES

from notion_lsp.stores import stores

if TYPE_CHECKING:
    from pathlib import Path

    from editor import Editor
    from sessions import Start

EVERYWHERE = "Replace it in the whole workspace"
FIX_ALL = "Read every Notion token of this file"
AFTER = {
    **CHOICES,
    FIX_ALL: {"app.py": LOOKUP.replace(f'"{OTHER}"', 'os.environ["NOTION_TOKEN_2"]')},
}
MAKES_FILES = {"Move it to .env", "Ignore this token in this project"}
WITHOUT_NEW_FILES = {"ale", "eglot", "jupyterlab-lsp", "kate", "minimal", "sublime-lsp"}
WITHOUT_APPLYING = {"ale", "jupyterlab-lsp", "kate", "minimal"}


def fixture(store: str) -> Path:
    """Return a fixture of one token that a store has a result for."""
    results = sorted((test_fixtures.FIXTURES / "python").glob(f"*.{store}.py"))
    sources = (path.with_name(f"{path.name.split('.')[0]}.py") for path in results)
    return next(path for path in sources if len(test_fixtures.unmarked(text_of(path))[1]) == 1)


def text_of(path: Path) -> str:
    return path.read_bytes().decode()


FIXTURES = {store: fixture(store) for store in stores()}
EVERY_CLIENT = pytest.mark.parametrize("client", PROFILES)


def can_take(client: str, choice: str) -> bool:
    if PROFILES[client].asks_for_all:  # it would take all of them
        return choice in {QUICK_FIX, FIX_ALL}
    lacks_files = choice in MAKES_FILES and client in WITHOUT_NEW_FILES
    return not lacks_files and not (choice == EVERYWHERE and client in WITHOUT_APPLYING)


def project(folder: Path) -> Path:
    (folder / "deep").mkdir(parents=True)
    (folder / "app.py").write_text(LEAK)
    (folder / "deep" / "other.py").write_text(ELSEWHERE)
    (folder / "Pipfile").touch()  # pipenv loads .env.
    subprocess.run(["git", "init", "--quiet", folder], check=True)
    return folder


async def made_of(editor: Editor, folder: Path, choice: str) -> dict[str, str] | None:
    """Return the files after a choice at the first token; nothing where it is not offered."""
    uri = editor.open(folder / "app.py")
    only = ["source.fixAll"] if choice == FIX_ALL else None
    offers = [each for each in await editor.offers(uri, only=only) if each.title.startswith(choice)]
    assert editor.profile.shows_disabled or not any(each.disabled for each in offers)
    if not offers or offers[0].disabled:
        return None
    await editor.take(offers[0])
    on_disk = {name: folder / name for name in AFTER[choice] if name != "app.py"}
    read = {name: path.read_text() for name, path in on_disk.items()}
    return {"app.py": editor.buffers[uri].text, **read}


@EVERY_CLIENT
async def test_each_choice_is_one_that_the_client_can_take_or_is_not_there(
    start: Start, tmp_path: Path, client: str
) -> None:
    choices = {choice: project(tmp_path / choice) for choice in AFTER if choice != EVERYWHERE}
    editor = await start(client, *choices.values())
    made = {choice: await made_of(editor, folder, choice) for choice, folder in choices.items()}
    assert made == {
        choice: AFTER[choice] if can_take(client, choice) else None for choice in choices
    }


@EVERY_CLIENT
async def test_a_token_is_taken_out_of_every_file_where_the_client_applies_edits(
    start: Start, tmp_path: Path, client: str
) -> None:
    editor = await start(client, project(tmp_path / "project"))
    made = await made_of(editor, tmp_path / "project", EVERYWHERE)
    assert made == (AFTER[EVERYWHERE] if can_take(client, EVERYWHERE) else None)


@EVERY_CLIENT
async def test_the_store_that_is_chosen_is_the_one_that_the_quick_fix_reads(
    start: Start, tmp_path: Path, client: str
) -> None:
    for store, path in FIXTURES.items():
        (tmp_path / store).mkdir()
        (tmp_path / store / ".notion-lsp.toml").write_text(f'store = "{store}"\n')
        text, _ = test_fixtures.unmarked(text_of(path))
        (tmp_path / store / path.name).write_bytes(text.encode())
    editor = await start(client, *(tmp_path / store for store in FIXTURES))
    made = {
        store: await editor.fix(editor.open(tmp_path / store / path.name))
        for store, path in FIXTURES.items()
    }
    assert made == {
        store: text_of(test_fixtures.result_file(path, store)) for store, path in FIXTURES.items()
    }


async def test_there_is_no_choice_that_is_not_among_these(start: Start, tmp_path: Path) -> None:
    editor = await start("vscode", project(tmp_path / "project"))
    offers = await editor.offers(editor.open(tmp_path / "project" / "app.py"))
    from_store = tuple(f"Read it from {store.title}" for store in stores().values())
    known = (*AFTER, *from_store, "Ask Notion whether it is live", "My token leaked")
    assert [each.title for each in offers if not each.title.startswith(known)] == []
