"""A commit is refused for the tokens that it brings, and for no others."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from repositories import answer, commit, repository_with, run_git, write
from token_factory import access_token, integration_token

from notion_lsp import cli

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("folder")

TOKEN = access_token(81)
OTHER = integration_token(82)
LEAK = f'x = "{TOKEN}"\n'


def check(*arguments: str) -> int:
    return cli.main(["check", *arguments])


def found(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[tuple[str, int]]:
    capsys.readouterr()
    check("--output-format", "json", *arguments)
    return [(row["path"], row["line"]) for row in json.loads(capsys.readouterr().out)]


@pytest.fixture
def repository(folder: Path) -> Path:
    """Return a repository whose one commit has a token."""
    return repository_with(folder, LEAK, "the old leak")


def staged(repository: Path) -> None:
    run_git(repository, "add", "--all")


def test_a_token_that_the_file_had_before_is_named_and_not_refused(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(repository / "a.py", f"import os\n{LEAK}")
    staged(repository)
    assert check("--staged") == 0
    said = capsys.readouterr().err
    assert "A token was there before, in a.py:2. Rotate it, or list it in a baseline" in said
    assert found(capsys, "--staged", "--all") == [("a.py", 2)]


def test_a_second_token_in_the_file_is_refused(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(repository / "a.py", f'{LEAK}y = "{OTHER}"\n')
    staged(repository)
    assert found(capsys, "--staged") == [("a.py", 2)]


def test_a_token_in_a_new_file_is_refused_though_another_has_it(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(repository / "b.py", LEAK)
    staged(repository)
    assert found(capsys, "--staged") == [("b.py", 1)]


def test_a_new_token_within_a_word_brings_not_what_the_file_had_before(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(repository / "a.py", f'{LEAK}y = "word{OTHER}"\n')
    write(repository / "b.py", f'y = "{OTHER}"\n')
    staged(repository)
    assert found(capsys, "--staged") == [("a.py", 2), ("b.py", 1)]


def test_a_file_that_has_a_new_name_brings_nothing(repository: Path) -> None:
    (repository / "below").mkdir()
    run_git(repository, "mv", "a.py", "below/b.py")
    write(repository / "below" / "b.py", f"import os\n{LEAK}")
    staged(repository)
    assert check("--staged") == 0


def test_a_token_that_is_encoded_was_there_before_too(repository: Path) -> None:
    write(repository / "a.py", f'{LEAK}h = "{TOKEN.encode().hex()}"\n')
    staged(repository)
    assert check("--staged") == 0


def test_a_commit_that_was_amended_brings_what_the_first_one_brought_not(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(repository / "b.py", f'y = "{OTHER}"\n')
    staged(repository)
    assert found(capsys, "--staged") == [("b.py", 1)]
    run_git(repository, "commit", "--quiet", "--amend", "--no-edit")
    assert check("--staged") == 0


def hooked(repository: Path, *names: str) -> None:
    for name in names:
        command = f"'{sys.executable}' -m notion_lsp check --staged"
        hook = write(repository / ".git" / "hooks" / name, f"#!/bin/sh\n{command}\n")
        hook.chmod(0o755)


def merging(repository: Path, theirs: str, ours: str) -> None:
    """Make a branch `side` that has what the current one has not, and the other way round."""
    branch = answer(repository, "branch", "--show-current")
    run_git(repository, "checkout", "--quiet", "-b", "side")
    write(repository / "b.py", theirs)
    commit(repository)
    run_git(repository, "checkout", "--quiet", branch)
    write(repository / "b.py" if ours else repository / "c.py", ours or "1\n")
    commit(repository)


def test_a_merge_brings_not_what_the_other_side_has(repository: Path) -> None:
    merging(repository, f'y = "{OTHER}"\n', "")
    hooked(repository, "pre-merge-commit", "pre-commit")
    run_git(repository, "merge", "--quiet", "--no-edit", "side")
    assert answer(repository, "rev-parse", "HEAD^2") == answer(repository, "rev-parse", "side")


def test_a_merge_that_was_in_conflict_brings_what_neither_side_has(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    merging(repository, f'y = "{OTHER}"\n', "y = 2\n")
    with pytest.raises(subprocess.CalledProcessError):
        run_git(repository, "merge", "--quiet", "side")
    write(repository / "b.py", f'y = "{OTHER}"\nz = 3\n')
    staged(repository)
    assert check("--staged") == 0
    write(repository / "b.py", f'y = "{integration_token(83)}"\nz = "{OTHER}"\n')
    staged(repository)
    assert found(capsys, "--staged") == [("b.py", 1)]


def test_a_range_brings_what_was_taken_out_again_within_it(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_git(repository, "tag", "base")
    write(repository / "b.py", f'y = "{OTHER}"\n')
    write(repository / "a.py", f"import os\n{LEAK}")
    commit(repository)
    (repository / "b.py").unlink()
    commit(repository)
    assert found(capsys, "--range", "base..HEAD") == [("b.py", 1)]
    assert set(found(capsys, "--range", "base..", "--all")) == {("a.py", 2), ("b.py", 1)}
    assert check("--range", "HEAD..HEAD") == 0


def test_a_range_brings_its_messages(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_git(repository, "tag", "base")
    made = commit(repository, f"set\n\n{OTHER}")
    assert found(capsys, "--range", "base..HEAD") == [(f"message of {made[:10]}", 3)]


@pytest.mark.parametrize("base", ["0" * 40, "0" * 64, "1" * 40, "f" * 64])
def test_a_range_from_an_id_that_is_not_here_has_all_files_checked(
    repository: Path, capsys: pytest.CaptureFixture[str], base: str
) -> None:
    write(repository / "new.py", f"NOTION = '{OTHER}'\n")
    commit(repository)
    assert check("--range", f"{base}..HEAD") == 1
    shown = capsys.readouterr()
    assert "new.py" in shown.out
    assert "the range names no base that is here, so all files are checked" in shown.err


def test_a_range_from_a_name_that_is_not_here_is_an_error(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert repository.is_dir()
    with pytest.raises(SystemExit) as raised:
        check("--range", "v2..HEAD")
    assert raised.value.code == 2
    assert "there is no commit v2 here" in capsys.readouterr().err
