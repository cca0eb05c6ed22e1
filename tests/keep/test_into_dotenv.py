"""`fix --keep` where code reads the environment: the token goes into `.env`, and nowhere else."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from repositories import make_repository, run_git, write
from token_factory import access_token

from notion_lsp import cli

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

TOKEN, OTHER = access_token(101), access_token(102)
PROGRAM = f'NOTION_TOKEN = "{TOKEN}"\n'
FIXED = 'import os\n\nNOTION_TOKEN = os.environ["NOTION_TOKEN"]\n'


def fix() -> int:
    return cli.main(["fix", "--store", "env", "--keep"])


def test_the_token_goes_into_a_file_that_git_ignores_and_the_code_reads_it(folder: Path) -> None:
    write(make_repository(folder) / "app.py", PROGRAM)
    assert fix() == 0
    assert (folder / "app.py").read_text() == FIXED
    assert (folder / ".env").read_text() == f"NOTION_TOKEN={TOKEN}\n"
    assert (folder / ".env.example").read_text() == "NOTION_TOKEN=\n"
    assert (folder / ".gitignore").read_text() == ".env\n"
    assert stat.S_IMODE((folder / ".env").stat().st_mode) == 0o600


def test_each_of_two_tokens_has_a_variable_of_its_own(folder: Path) -> None:
    write(folder / "app.py", f'a = "{TOKEN}"\nb = "{OTHER}"\n')
    assert fix() == 0
    first, second = sorted((folder / ".env").read_text().splitlines())
    assert (first, second) == (f"NOTION_TOKEN={TOKEN}", f"NOTION_TOKEN_2={OTHER}")


def test_what_stands_in_the_file_stays(folder: Path) -> None:
    write(folder / "app.py", PROGRAM)
    write(folder / ".env", "# mine\nA=1\r\nNOTION_TOKEN=\nB=2")
    assert fix() == 0
    assert (folder / ".env").read_bytes() == (f"# mine\nA=1\r\nNOTION_TOKEN={TOKEN}\nB=2".encode())


def test_another_value_is_left(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder / "app.py", PROGRAM)
    write(folder / ".env", "NOTION_TOKEN=of-mine\n")
    assert fix() == 1
    assert (folder / "app.py").read_text() == PROGRAM
    assert (folder / ".env").read_text() == "NOTION_TOKEN=of-mine\n"
    said = ".env has another value for NOTION_TOKEN, which is left as it is: take it out"
    assert said in capsys.readouterr().out


def test_a_file_that_git_tracks_gets_no_token(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(make_repository(folder) / "app.py", PROGRAM)
    write(folder / ".env", "A=1\n")
    run_git(folder, "add", ".env")
    assert fix() == 1
    assert (folder / "app.py").read_text() == PROGRAM
    assert (folder / ".env").read_text() == "A=1\n"
    assert 'git tracks .env: run "git rm --cached .env" first.' in capsys.readouterr().out


def test_a_file_that_cannot_be_written_leaves_the_code(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "app.py", PROGRAM)
    write(folder / ".env", "A=1\n")
    (folder / "link").hardlink_to(folder / ".env")
    assert fix() == 1
    assert (folder / "app.py").read_text() == PROGRAM
    assert ".env could not be written" in capsys.readouterr().out
