"""The text after each action, in each editor: what a person has when the lightbulb is done."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from editor import named
from lsprotocol import types
from token_factory import access_token

from notion_lsp.detect.finding import fingerprint

if TYPE_CHECKING:
    from pathlib import Path

    from sessions import Start

TOKEN = access_token(1)
OTHER = access_token(2)
LEAK = f'token = "{TOKEN}"\n'
LOOKUP = 'import os\n\ntoken = os.environ["NOTION_TOKEN"]\n'

# Each form of an edit: with annotations, with versions, with neither, with files to make besides.
EACH_FORM = pytest.mark.parametrize("profile", ["vscode", "eglot", "minimal", "neovim-0.11"])
NOT_CREATING = pytest.mark.parametrize("profile", ["eglot", "minimal"])


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", folder, *arguments], check=True, capture_output=True)


@EACH_FORM
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
async def test_the_quick_fix_reads_the_token_from_the_environment(
    start: Start, tmp_path: Path, profile: str, ending: str
) -> None:
    editor = await start(profile, tmp_path)
    uri = editor.open(tmp_path / "a.py", f"smile = '😀'\n{LEAK}".replace("\n", ending))
    after = "import os\n\nsmile = '😀'\ntoken = os.environ[\"NOTION_TOKEN\"]\n"
    assert await editor.fix(uri) == after.replace("\n", ending)
    assert await editor.shown(uri) == []


async def test_tokens_of_two_files_get_two_names(start: Start, tmp_path: Path) -> None:
    editor = await start("vscode", tmp_path)
    uris = [
        editor.open(tmp_path / "a.py", LEAK),
        editor.open(tmp_path / "b.py", LEAK.replace(TOKEN, OTHER)),
        editor.open(tmp_path / "c.py", LEAK),
    ]
    second = LOOKUP.replace("NOTION_TOKEN", "NOTION_TOKEN_2")
    assert [await editor.fix(uri) for uri in uris] == [LOOKUP, second, LOOKUP]


@EACH_FORM
async def test_the_quick_fix_is_right_after_characters_of_any_width(
    start: Start, tmp_path: Path, profile: str
) -> None:
    editor = await start(profile, tmp_path)
    uri = editor.open(tmp_path / "a.py", f'import os\n\f\nx = ("é😀", "{TOKEN}", "\u2028")\n')
    after = 'import os\n\f\nx = ("é😀", os.environ["NOTION_TOKEN"], "\u2028")\n'
    assert await editor.fix(uri) == after


async def test_columns_are_counted_as_an_option_says_where_the_editor_cannot(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("minimal", tmp_path, options={"positionEncoding": "utf-8"})
    assert editor.encoding is types.PositionEncodingKind.Utf8
    uri = editor.open(tmp_path / "a.py", f'x = ("é😀", "{TOKEN}")\n')
    assert await editor.fix(uri) == 'import os\n\nx = ("é😀", os.environ["NOTION_TOKEN"])\n'
    assert editor.messages == []


@pytest.mark.parametrize("encoding", ["utf-7", 8, None, ["utf-8"]])
async def test_an_encoding_that_is_none_leaves_the_usual_one(
    start: Start, tmp_path: Path, encoding: object
) -> None:
    editor = await start("minimal", tmp_path, options={"positionEncoding": encoding})
    assert editor.encoding is types.PositionEncodingKind.Utf16


async def test_a_line_is_ignored_by_a_comment(start: Start, tmp_path: Path) -> None:
    editor = await start("eglot", tmp_path)
    uri = editor.open(tmp_path / "a.py", LEAK)
    assert await editor.choose(uri, "Ignore this line") == f"{LEAK[:-1]}  # notion-lsp:ignore\n"
    assert await editor.shown(uri) == []


async def test_a_token_is_ignored_in_the_project_by_its_fingerprint(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("vscode", tmp_path)
    uri = editor.open(tmp_path / "a.py", LEAK)
    await editor.choose(uri, "Ignore this token in this project")
    entry = f"{fingerprint(TOKEN)} a Notion access token in a.py\n"
    assert (tmp_path / ".notion-lsp-ignore").read_text() == entry
    editor.save(uri, tmp_path / "a.py")
    assert await editor.shown(uri) == []


@NOT_CREATING
async def test_an_ignore_file_that_is_there_is_extended_in_any_editor(
    start: Start, tmp_path: Path, profile: str
) -> None:
    (tmp_path / ".notion-lsp-ignore").write_bytes(b"# ours\r\n")
    editor = await start(profile, tmp_path)
    uri = editor.open(tmp_path / "a.py", LEAK)
    await editor.choose(uri, "Ignore this token in this project")
    after = f"# ours\r\n{fingerprint(TOKEN)} a Notion access token in a.py\r\n"
    assert (tmp_path / ".notion-lsp-ignore").read_bytes() == after.encode()


@EACH_FORM
async def test_moving_a_token_extends_files_that_are_there(
    start: Start, tmp_path: Path, profile: str
) -> None:
    git(tmp_path, "init")
    (tmp_path / ".env").write_bytes(b"\xef\xbb\xbfDEBUG=1\r\nPORT=80")
    (tmp_path / ".env.example").write_bytes(b"DEBUG=\n")
    (tmp_path / ".gitignore").write_bytes(b"*.pyc\n")
    (tmp_path / "Pipfile").touch()  # pipenv loads .env.
    editor = await start(profile, tmp_path)
    uri = editor.open(tmp_path / "a.py", LEAK)
    assert await editor.choose(uri, "Move it to .env as NOTION_TOKEN") == LOOKUP
    assert [(tmp_path / name).read_bytes() for name in (".env", ".env.example", ".gitignore")] == [
        f"\ufeffDEBUG=1\r\nPORT=80\r\nNOTION_TOKEN={TOKEN}\r\n".encode(),
        b"DEBUG=\nNOTION_TOKEN=\n",
        b"*.pyc\n.env\n",
    ]


@pytest.mark.parametrize(
    ("kept", "name", "after"),
    [
        (f"KEY={TOKEN}\n", "KEY", f"KEY={TOKEN}\n"),
        (f'export KEY="{TOKEN}" # mine\n', "KEY", f'export KEY="{TOKEN}" # mine\n'),
        (
            f"NOTION_TOKEN={OTHER}\n",
            "NOTION_TOKEN_2",
            f"NOTION_TOKEN={OTHER}\nNOTION_TOKEN_2={TOKEN}\n",
        ),
        ("NOTION_TOKEN=\nA=1\n", "NOTION_TOKEN", f"NOTION_TOKEN={TOKEN}\nA=1\n"),
        ("NOTION_TOKEN='' # to do\n", "NOTION_TOKEN", f"NOTION_TOKEN='{TOKEN}' # to do\n"),
    ],
)
async def test_what_env_holds_already_is_used(
    start: Start, tmp_path: Path, kept: str, name: str, after: str
) -> None:
    (tmp_path / ".env").write_text(kept)
    (tmp_path / ".env.example").write_text(f"{name}=\n")
    (tmp_path / "Pipfile").touch()  # pipenv loads .env.
    editor = await start("eglot", tmp_path)
    uri = editor.open(tmp_path / "a.py", LEAK)
    assert await editor.choose(uri, "Move it") == LOOKUP.replace("NOTION_TOKEN", name)
    assert (tmp_path / ".env").read_text() == after
    assert (tmp_path / ".env.example").read_text() == f"{name}=\n"


async def test_the_quick_fix_knows_the_name_under_which_env_keeps_the_token(
    start: Start, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text(f"WIKI_KEY={TOKEN}\n")
    editor = await start("eglot", tmp_path)
    uri = editor.open(tmp_path / "a.py", LEAK)
    assert await editor.fix(uri) == LOOKUP.replace("NOTION_TOKEN", "WIKI_KEY")


@pytest.mark.parametrize("profile", ["vscode", "eglot", "minimal"])
async def test_an_env_file_that_is_open_and_not_saved_is_extended_as_it_is(
    start: Start, tmp_path: Path, profile: str
) -> None:
    (tmp_path / ".env").write_text("A=1\n")
    (tmp_path / ".env.example").write_text("NOTION_TOKEN=\n")
    (tmp_path / "Pipfile").touch()  # pipenv loads .env.
    editor = await start(profile, tmp_path)
    dotenv = editor.open(tmp_path / ".env", language="dotenv")
    editor.type(dotenv, "B=2\n")
    uri = editor.open(tmp_path / "a.py", LEAK)
    assert await editor.choose(uri, "Move it") == LOOKUP
    assert editor.buffers[dotenv].text == f"A=1\nB=2\nNOTION_TOKEN={TOKEN}\n"
    assert (tmp_path / ".env").read_text() == "A=1\n"


async def test_a_file_that_somebody_makes_before_the_edit_keeps_what_it_has(
    start: Start, tmp_path: Path
) -> None:
    (tmp_path / "Pipfile").touch()  # pipenv loads .env.
    editor = await start("vscode", tmp_path)
    uri = editor.open(tmp_path / "a.py", LEAK)
    move = await editor.resolve(named(await editor.offers(uri), "Move it to .env"))
    (tmp_path / ".env").write_text("PORT=80\n")
    await editor.take(move)
    assert (tmp_path / ".env").read_text() == f"NOTION_TOKEN={TOKEN}\nPORT=80\n"


async def test_a_token_does_not_move_into_a_file_that_git_tracks(
    start: Start, tmp_path: Path
) -> None:
    git(tmp_path, "init")
    (tmp_path / ".env").write_text("A=1\n")
    git(tmp_path, "add", ".env")
    editor = await start("vscode", tmp_path)
    uri = editor.open(tmp_path / "a.py", LEAK)
    disabled = named(await editor.offers(uri), "Move it").disabled
    assert disabled
    assert "git tracks .env" in disabled.reason


@pytest.mark.parametrize("what", ["folder", "binary"])
async def test_a_token_does_not_move_into_what_is_no_text(
    start: Start, tmp_path: Path, what: str
) -> None:
    if what == "folder":
        (tmp_path / ".env").mkdir()
    else:
        (tmp_path / ".env").write_bytes(b"\0\1")
    editor = await start("vscode", tmp_path)
    uri = editor.open(tmp_path / "a.py", LEAK)
    disabled = named(await editor.offers(uri), "Move it").disabled
    assert disabled
    assert ".env cannot be read" in disabled.reason


@NOT_CREATING
async def test_a_token_does_not_move_into_a_new_file_where_the_editor_makes_none(
    start: Start, tmp_path: Path, profile: str
) -> None:
    editor = await start(profile, tmp_path)
    uri = editor.open(tmp_path / "a.py", LEAK)
    assert not [each for each in await editor.offers(uri) if each.title.startswith("Move")]


async def test_the_files_beside_the_code_wait_for_a_yes_where_the_editor_can_ask(
    start: Start, tmp_path: Path
) -> None:
    (tmp_path / "Pipfile").touch()  # pipenv loads .env.
    editor = await start("vscode", tmp_path)
    uri = editor.open(tmp_path / "a.py", LEAK)
    edit = (await editor.resolve(named(await editor.offers(uri), "Move it"))).edit
    assert edit
    assert [each.needs_confirmation for each in (edit.change_annotations or {}).values()] == [True]


@pytest.mark.parametrize("profile", ["eglot", "vscode"])
async def test_an_env_file_that_git_ignores_is_where_tokens_belong(
    start: Start, tmp_path: Path, profile: str
) -> None:
    git(tmp_path, "init")
    (tmp_path / ".gitignore").write_text(".env\n")
    editor = await start(profile, tmp_path)
    ignored = editor.open(tmp_path / ".env", f"NOTION_TOKEN={TOKEN}\n", "dotenv")
    other = editor.open(tmp_path / "b.env", f"NOTION_TOKEN={TOKEN}\n", "dotenv")
    assert [len(await editor.shown(uri)) for uri in (ignored, other)] == [0, 1]


async def test_ignoring_env_is_noticed_when_the_gitignore_file_is_saved(
    start: Start, tmp_path: Path
) -> None:
    git(tmp_path, "init")
    editor = await start("kate", tmp_path)
    dotenv = editor.open(tmp_path / ".env", f"NOTION_TOKEN={TOKEN}\n", "dotenv")
    assert len(await editor.shown(dotenv)) == 1
    gitignore = editor.open(tmp_path / ".gitignore", ".env\n", "ignore")
    editor.save(gitignore, tmp_path / ".gitignore")
    assert await editor.shown(dotenv) == []


async def test_two_tokens_in_one_string_do_not_travel_with_each_other(
    start: Start, tmp_path: Path
) -> None:
    editor = await start("eglot", tmp_path)
    uri = editor.open(tmp_path / "a.py", f'x = "{TOKEN} {OTHER}"\n')
    assert TOKEN not in await editor.fix(uri)
