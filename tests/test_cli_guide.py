"""`notion-lsp guide`: what to do after a leak, about one token or about any."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from repositories import commit, make_repository, run_git, write
from token_factory import access_token, integration_token, session_cookie

from notion_lsp.cli import main
from notion_lsp.detect.kinds import TOKEN_KINDS

if TYPE_CHECKING:
    from pathlib import Path

TOKEN, OTHER = access_token(1), access_token(2)
STEPS = ["1", "2", "3", "4", "5", "6", "7", "8"]


@pytest.fixture
def project(folder: Path) -> Path:
    make_repository(folder)
    write(folder / ".gitignore", ".env\n")
    write(folder / ".env", f"NOTION_TOKEN={TOKEN}\n")
    write(folder / "app.py", f'import os\na = os.environ["NOTION_TOKEN"]\nb = "{TOKEN}"\n')
    return folder


def page(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["guide", *arguments]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("place", ["app.py:1", "missing.py:1", "NOTION_TOKEN", "app.py"])
def test_where_no_token_stands_there_is_no_page(
    project: Path, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    assert project.is_dir()
    assert main(["guide", place]) == 2
    assert capsys.readouterr().err.startswith("notion-lsp: error: ")


def test_the_page_goes_from_the_new_token_to_the_history(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert project.is_dir()
    for arguments in ([], ["app.py:3"]):
        said = page(capsys, *arguments)
        assert re.findall(r"(?m)^## (\d)\. ", said) == STEPS
        sections = said.split("\n## ")[1:]
        assert all("- [ ] " in section for section in sections)


def test_the_page_without_a_token_says_how_to_rotate_each_kind(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert folder.is_dir()
    said = page(capsys)
    assert [kind.id for kind in TOKEN_KINDS if kind.rotate not in said] == []


def test_the_uses_of_the_token_are_boxes_to_tick(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert project.is_dir()
    said = page(capsys, "app.py:3")
    assert "- [ ] `.env:1:14` NOTION_TOKEN, a .env file, ignored by git\n" in said
    assert "- [ ] `app.py:2:17` NOTION_TOKEN, Python, not committed\n" in said
    assert "`notion-lsp rotated --old app.py:3 --new env:NAME`" in said


def test_what_git_does_not_have_need_not_be_purged(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "Nothing is to be purged" in page(capsys, "app.py:3")
    run_git(project, "add", "--all")
    assert "git restore --staged" in page(capsys, "app.py:3")


def test_what_stands_in_no_repository_need_not_be_purged(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "a.py", f'b = "{TOKEN}"\n')
    said = page(capsys, "a.py:1")
    assert " The file is in no repository. Go on" in said
    assert "Nothing is to be purged" in said


def test_where_commits_cannot_be_told_it_is_not_said_that_nothing_is_to_be_purged(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_git(folder, "init", "--quiet", "--bare")
    write(folder / "hooks" / "update", f"TOKEN={TOKEN}\n")
    said = page(capsys, "hooks/update:1")
    assert "bare repository" in said
    assert "Nothing is to be purged" not in said
    assert "`notion-lsp check --history`" in said


def test_a_token_that_was_pushed_in_another_file_has_left(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(project)
    run_git(project, "update-ref", "refs/remotes/origin/main", "HEAD")
    write(project / "copy.py", f'c = "{TOKEN}"\n')
    said = page(capsys, "copy.py:1")
    assert "It was pushed to origin in " in said
    assert "git filter-repo" in said


def test_what_is_not_pushed_is_amended(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit(project)
    said = page(capsys, "app.py:3")
    assert "git commit --amend" in said
    assert "filter-repo" not in said


def test_what_was_pushed_is_purged_by_a_pattern_that_matches_the_token(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(project)
    run_git(project, "update-ref", "refs/remotes/origin/main", "HEAD")
    said = page(capsys, "app.py:3")
    assert "It was pushed to origin in " in said
    (pattern,) = re.findall(r"(?m)^regex:(.*)==>ntn_\*{4}$", said)
    assert re.fullmatch(pattern.encode(), TOKEN.encode())


@pytest.mark.parametrize(
    ("token", "said"),
    [
        (integration_token(1), "Refresh it at https://app.notion.com/developers/connections"),
        (session_cookie(1), "The next sign-in makes another one."),
    ],
)
def test_the_page_is_about_the_kind_of_the_token(
    folder: Path, capsys: pytest.CaptureFixture[str], token: str, said: str
) -> None:
    write(folder / "a.py", f'notion = "{token}"\n')
    assert said in page(capsys, "a.py:1")


def test_what_the_workspace_says_is_no_mark_and_no_token(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(project / f"[a](command:b) {OTHER}\x1b`.py", f'c = "{TOKEN}"\n')
    said = page(capsys, "app.py:3")
    assert "\x1b" not in said
    assert "`[a](command:b) ntn_…" in said


def test_no_program_is_told_the_token(
    project: Path, capsys: pytest.CaptureFixture[str], started: list[str]
) -> None:
    commit(project)
    assert page(capsys, "app.py:3")
    assert [text for text in started if TOKEN[8:] in text] == []
