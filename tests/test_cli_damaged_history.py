"""A history that cannot be read in full is never one without tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from repositories import answer, commit, repository_with, run_git, write
from token_factory import access_token

from notion_lsp import cli

if TYPE_CHECKING:
    from pathlib import Path

LEAK = f'x = "{access_token(71)}"\n'


def check_history() -> int:
    return cli.main(["check", "--history"])


@pytest.fixture
def repository(folder: Path) -> Path:
    return repository_with(folder, "x = 1\n")


def test_a_clone_that_is_not_complete_is_told(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(repository)
    run_git(repository, "clone", "--quiet", "--depth=1", repository.as_uri(), "shallow")
    monkeypatch.chdir(repository / "shallow")
    assert check_history() == 2
    assert "the clone is shallow; git fetch --unshallow" in capsys.readouterr().err
    run_git(repository, "config", "uploadpack.allowFilter", "true")
    run_git(repository, "clone", "--quiet", "--filter=blob:none", repository.as_uri(), "partial")
    monkeypatch.chdir(repository / "partial")
    assert check_history() == 2
    assert "the clone is partial" in capsys.readouterr().err


def test_a_range_whose_contents_were_not_fetched_says_what_fetches_them(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(repository / "b.py", "b\n")
    commit(repository)
    run_git(repository, "config", "uploadpack.allowFilter", "true")
    arguments = ["clone", "--quiet", "--no-checkout", "--filter=blob:none"]
    run_git(repository, *arguments, repository.as_uri(), "partial")
    monkeypatch.chdir(repository / "partial")
    assert cli.main(["check", "--range", "HEAD~1..HEAD"]) == 2
    assert "git fetch --refetch --filter=blob:limit=1t" in capsys.readouterr().err


def test_a_repository_that_git_cannot_read_is_no_clean_one(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blob = answer(repository, "rev-parse", "HEAD:a.py")
    stored = repository / ".git" / "objects" / blob[:2] / blob[2:]
    stored.chmod(0o644)
    stored.write_bytes(b"broken")
    assert check_history() == 2
    assert "could not be read" in capsys.readouterr().err


def test_what_can_be_read_beside_a_damaged_object_is_told(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(repository / "b.py", LEAK)
    write(repository / "c.py", "z = 1\n")
    commit(repository)
    damaged = answer(repository, "rev-parse", "HEAD:c.py")
    path = repository / ".git" / "objects" / damaged[:2] / damaged[2:]
    path.chmod(0o644)
    path.write_bytes(b"nothing")
    assert check_history() == 2
    shown = capsys.readouterr()
    assert "b.py:1:6: error[access-token]" in shown.out
    assert "git fsck says what is wrong" in shown.err


def test_a_repository_without_its_pack_is_damaged_and_not_missing(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_git(repository, "gc", "--quiet")
    for pack in (repository / ".git" / "objects" / "pack").glob("*.pack"):
        pack.unlink()
    with pytest.raises(SystemExit, match="2"):
        check_history()
    assert "git fsck says what is wrong" in capsys.readouterr().err


@pytest.mark.parametrize("gone", ["HEAD~1", "HEAD~1^{tree}", "HEAD~1:a.py", "stash:b.py"])
def test_a_history_that_lacks_an_object_is_no_clean_one(
    repository: Path, capsys: pytest.CaptureFixture[str], gone: str
) -> None:
    write(repository / "b.py", "b = 1\n")
    commit(repository)
    write(repository / "b.py", "b = 2\n")
    run_git(repository, "stash")
    write(repository / "a.py", "a = 1\n")
    commit(repository)
    lost = answer(repository, "rev-parse", gone)
    (repository / ".git" / "objects" / lost[:2] / lost[2:]).unlink()
    assert check_history() == 2
    assert "git fsck says what is wrong" in capsys.readouterr().err


def test_a_file_that_git_has_of_all_commits_does_not_vouch_for_them(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(repository)
    run_git(repository, "commit-graph", "write", "--reachable")
    lost = answer(repository, "rev-parse", "HEAD~1")
    (repository / ".git" / "objects" / lost[:2] / lost[2:]).unlink()
    assert check_history() == 2
    assert "git fsck says what is wrong" in capsys.readouterr().err
