"""Which variables a project reads its tokens from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repositories import make_repository, run_git, write
from token_factory import access_token

from notion_lsp.detect.finding import fingerprint
from notion_lsp.project.project import load_project
from notion_lsp.project.variables import kept_tokens, usual_names
from notion_lsp.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = access_token(1)


def test_the_usual_name_is_the_one_in_a_dotenv_file(tmp_path: Path) -> None:
    make_repository(tmp_path)
    write(tmp_path / "a.py", "NOTION_KEY NOTION_KEY NOTION_REFRESH_TOKEN")
    write(tmp_path / ".env.example", "A=1\nexport NOTION_API_KEY=\n")
    run_git(tmp_path, "add", ".")
    assert usual_names(load_project(tmp_path)) == {
        "NOTION_TOKEN": "NOTION_API_KEY",
        "NOTION_REFRESH_TOKEN": "NOTION_REFRESH_TOKEN",
    }


def test_the_usual_name_is_the_most_frequent_one_of_the_code(tmp_path: Path) -> None:
    make_repository(tmp_path)
    write(tmp_path / "a.py", "NOTION_TOKEN NOTION_KEY NOTION_KEY MY_NOTION_TOKEN")
    run_git(tmp_path, "add", ".")
    assert usual_names(load_project(tmp_path)) == {"NOTION_TOKEN": "NOTION_KEY"}


def test_a_binary_file_names_no_variable(tmp_path: Path) -> None:
    make_repository(tmp_path)
    write(tmp_path / "a.py", "NOTION_TOKEN")
    write(tmp_path / "a.pyc", "\0 NOTION_KEY NOTION_KEY")
    run_git(tmp_path, "add", ".")
    assert usual_names(load_project(tmp_path)) == {"NOTION_TOKEN": "NOTION_TOKEN"}


def test_a_name_that_was_chosen_wins_over_the_usual_one(tmp_path: Path) -> None:
    write(tmp_path / ".env", "NOTION_API_KEY=\n")
    chosen = Settings(environment_variable="MINE")
    assert usual_names(load_project(tmp_path, chosen)) == {"NOTION_TOKEN": "MINE"}


def test_there_are_no_usual_names_where_nothing_names_one(tmp_path: Path) -> None:
    assert usual_names(load_project(tmp_path)) == {}


def test_the_tokens_of_dotenv_files_are_known_by_their_name(tmp_path: Path) -> None:
    write(tmp_path / ".env", f"A=1\nexport MINE='{TOKEN}'\n")
    assert kept_tokens(load_project(tmp_path)) == {"MINE": fingerprint(TOKEN)}
