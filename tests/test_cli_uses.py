"""`notion-lsp uses`: what it prints, and its exit codes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from repositories import make_repository, run_git, write
from token_factory import access_token

from notion_lsp.cli import main
from notion_lsp.detect.finding import fingerprint

if TYPE_CHECKING:
    from pathlib import Path

TOKEN, OTHER = access_token(1), access_token(2)


@pytest.fixture
def project(folder: Path) -> Path:
    make_repository(folder)
    write(folder / ".gitignore", ".env\n")
    write(folder / ".env", f"NOTION_TOKEN={TOKEN}\n")
    write(folder / "app.py", f'import os\na = os.environ["NOTION_TOKEN"]\nb = "{TOKEN}"\n')
    run_git(folder, "add", "--all")
    run_git(folder, "commit", "--quiet", "--message", "a change")
    return folder


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["uses", *arguments]) == 0
    return capsys.readouterr().out


def data(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:  # noqa: ANN401, any JSON
    return json.loads(printed(capsys, "--output-format", "json", *arguments))


def test_of_a_file_in_a_bare_repository_it_is_not_said_that_no_commit_has_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_git(folder, "init", "--quiet", "--bare")
    write(folder / "hooks" / "update", f"TOKEN={TOKEN}\n")
    assert "not known to be committed" in printed(capsys, "hooks/update:1")
    assert data(capsys, "hooks/update:1")["uses"][0]["limits"] == ["bare"]


@pytest.mark.parametrize("argument", ["app.py:1", "app.py:9", "missing.py:1", "a-b", "app.py:0"])
def test_what_is_neither_a_token_nor_a_variable_is_an_error(
    project: Path, capsys: pytest.CaptureFixture[str], argument: str
) -> None:
    assert project.is_dir()
    assert main(["uses", argument]) == 2
    assert capsys.readouterr().err.startswith("notion-lsp: error: ")


def test_a_line_behind_the_end_is_told_the_last_one(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert project.is_dir()
    assert main(["uses", "app.py:9"]) == 2
    said = 'notion-lsp: error: "app.py:9" is not there: the file ends with line 3.\n'
    assert capsys.readouterr().err == said


def test_a_token_that_is_typed_is_not_looked_for(
    project: Path, capsys: pytest.CaptureFixture[str], started: list[str]
) -> None:
    assert project.is_dir()
    assert main(["uses", TOKEN]) == 2
    assert "typed" in capsys.readouterr().err
    assert started == []


def test_a_variable_that_nothing_has_has_no_uses(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert project.is_dir()
    assert printed(capsys, "NO_SUCH_VARIABLE") == "No uses found.\n"


@pytest.mark.parametrize("argument", ["app.py:3", ".env:1", "app.py:2", "app.py:3:6"])
def test_those_that_stop_working_come_first(
    project: Path, capsys: pytest.CaptureFixture[str], argument: str
) -> None:
    assert project.is_dir()
    assert printed(capsys, argument) == (
        f"Notion access token ntn_…{TOKEN[-4:]}: stands in 2 places, variable NOTION_TOKEN\n"
        "\n"
        "These hold the token, and stop working when it is rotated:\n"
        "  .env:1:14  NOTION_TOKEN, a .env file, ignored by git\n"
        "  app.py:3:6  Python, committed\n"
        "\n"
        "These read a variable, and need the new token in it:\n"
        "  app.py:2:17  NOTION_TOKEN, Python, committed\n"
    )


def test_without_an_argument_all_tokens_are_listed(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(project / "other.py", f'c = "{OTHER}"\n')
    said = printed(capsys)
    assert f"  app.py:3:6  ntn_…{TOKEN[-4:]}, Python, committed\n" in said
    assert f"  other.py:1:6  ntn_…{OTHER[-4:]}, Python, not committed\n" in said


def test_a_program_gets_the_fingerprint_and_never_the_token(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert project.is_dir()
    found = data(capsys, "app.py:3")
    mark = fingerprint(TOKEN)
    assert found["tokens"] == [
        {"kind": "Notion access token", "fingerprint": mark, "variables": ["NOTION_TOKEN"]}
    ]
    assert [(each["path"], each["line"], each["use"], each["role"]) for each in found["uses"]] == [
        (".env", 1, "value", "holds"),
        ("app.py", 3, "value", "holds"),
        (".env", 1, "variable", "sets"),
        ("app.py", 2, "variable", "reads"),
    ]
    assert [each["stops"] for each in found["uses"]] == [True, True, False, False]
    assert [each["fingerprint"] for each in found["uses"]] == [mark, mark, None, None]
    assert [each["ignored"] for each in found["uses"]] == [True, False, True, False]


def test_a_use_that_was_pushed_says_so(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_git(project, "update-ref", "refs/remotes/origin/main", "HEAD")
    assert "  app.py:3:6  Python, pushed to origin\n" in printed(capsys, "app.py:3")


def test_from_a_folder_of_the_repository_all_of_it_is_looked_into(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(project / "deep" / "a.py", 'os.environ["NOTION_TOKEN"]\n')
    monkeypatch.chdir(project / "deep")
    assert f"{project.as_posix()}/.env:1:14" in printed(capsys, "a.py:1")


def test_only_when_asked_the_home_is_looked_into(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    home = project.parent / "home"
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    write(home / ".bash_history", f"curl -H 'Authorization: Bearer {TOKEN}'\n")
    write(home / ".claude" / "projects" / "a" / "b.jsonl", f'{{"text": "{TOKEN}"}}\n')
    write(home / ".zshrc", "export NOTION_TOKEN=\n")
    write(home / ".python_history", "NOTION_TOKEN\n")
    assert "home" not in printed(capsys, "app.py:3")
    said = printed(capsys, "--home", "app.py:3")
    assert f"  {home.as_posix()}/.bash_history:1:32  text, not in a repository\n" in said
    assert f"  {home.as_posix()}/.claude/projects/a/b.jsonl:1:11  " in said
    assert f"  {home.as_posix()}/.zshrc:1:8  NOTION_TOKEN, " in said
    assert ".python_history" not in said


def test_the_name_of_a_file_is_shown_in_one_line_without_its_token(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(project / f"{OTHER}\x1b[31m.py", f'c = "{TOKEN}"\n')
    said = printed(capsys, "app.py:3")
    assert "\x1b" not in said
    assert f"ntn_…{OTHER[-4:]}" in said


def test_a_column_tells_one_of_two_in_a_line(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(project / "two.js", "f(process.env.NOTION_ONE_KEY, process.env.NOTION_TWO_KEY);\n")
    assert data(capsys, "two.js:1")["variables"] == ["NOTION_ONE_KEY", "NOTION_TWO_KEY"]
    assert data(capsys, "two.js:1:50")["variables"] == ["NOTION_TWO_KEY"]
