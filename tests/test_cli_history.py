"""What a repository has ever held is checked, wherever git keeps it."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING, Any, cast

import pytest
from repositories import answer, commit, repository_with, run_git, write
from token_factory import access_token, integration_token

from notion_lsp import cli
from notion_lsp.detect.finding import fingerprint
from notion_lsp.files import git_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("folder")

TOKEN = access_token(71)
OTHER = integration_token(72)
LEAK = f'x = "{TOKEN}"\n'
CLEAN = 'x = os.environ["X"]\n'


def check(*arguments: str) -> int:
    return cli.main(["check", "--history", *arguments])


def rows(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    check("--output-format", "json", *arguments)
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


@pytest.fixture
def repository(folder: Path) -> Path:
    return repository_with(folder, CLEAN, "clean")


def test_a_history_without_tokens_is_told_to_have_none(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check() == 0
    assert capsys.readouterr() == ("No Notion tokens found.\n", "")
    run_git(repository, "checkout", "--quiet", "--orphan", "empty")
    assert check() == 0


def test_a_token_is_told_once_with_the_commits_that_brought_it(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(repository / "a.py", LEAK)
    first = commit(repository, "the leak")
    for number in range(3):
        write(repository / "a.py", f"{LEAK}y = {number}\n")
        last = commit(repository)
    write(repository / "a.py", CLEAN)
    commit(repository, "taken out")
    (row,) = rows(capsys)
    assert (row["path"], row["line"], row["exposure"]) == ("a.py", 1, None)
    past = row["past"]
    assert (past["first"]["commit"], past["last"]["commit"]) == (first, last)
    assert past["first"]["author"] == "A"
    assert (past["paths"], past["in_head"]) == (["a.py"], False)
    assert past["refs"] == [answer(repository, "branch", "--show-current")]


def test_each_token_that_one_file_has_had_is_told(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for text in (LEAK, f'y = "{OTHER}"\n', f'z = "{access_token(73)}"\n', CLEAN):
        write(repository / "a.py", text)
        commit(repository)
    assert [row["path"] for row in rows(capsys)] == ["a.py"] * 3
    found = rows(capsys, "--since", "HEAD~3")
    assert [row["path"] for row in found] == ["a.py"] * 2


def test_a_sentence_says_where_in_the_history_it_is(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(repository / "a.py", LEAK)
    first = commit(repository)
    branch = answer(repository, "branch", "--show-current")
    day = answer(repository, "log", "-1", "--format=%ad", "--date=short")
    assert check() == 1
    shown = capsys.readouterr().out
    said = f"It came with commit {first[:10]} (A, {day}). It is still in HEAD, and in {branch}."
    assert said in shown
    assert TOKEN not in shown


def amended(folder: Path) -> None:
    write(folder / "a.py", LEAK)
    commit(folder)
    write(folder / "a.py", CLEAN + "\n")
    run_git(folder, "commit", "--quiet", "--all", "--amend", "--message", "again")


def in_a_stash(folder: Path) -> None:
    write(folder / "a.py", LEAK)
    run_git(folder, "stash")


def in_a_dropped_stash(folder: Path) -> None:
    in_a_stash(folder)
    run_git(folder, "stash", "drop")


def in_the_name_of_an_author(folder: Path) -> None:
    run_git(folder, "commit", "--allow-empty", "--message=a", f"--author={TOKEN} <a@b>")


def in_the_name_of_a_branch(folder: Path) -> None:
    run_git(folder, "branch", f"a-{TOKEN}")


def untracked_in_a_stash(folder: Path) -> None:
    write(folder / "b.py", LEAK)
    run_git(folder, "stash", "--include-untracked")


def by_a_merge_alone(folder: Path) -> None:
    branch = answer(folder, "branch", "--show-current")
    run_git(folder, "checkout", "--quiet", "-b", "side")
    write(folder / "b.py", "1\n")
    commit(folder)
    run_git(folder, "checkout", "--quiet", branch)
    write(folder / "c.py", "1\n")
    commit(folder)
    run_git(folder, "merge", "--quiet", "--no-commit", "side")
    write(folder / "d.py", LEAK)
    commit(folder, "merged")
    (folder / "d.py").unlink()
    commit(folder)


def staged_once(folder: Path) -> None:
    write(folder / "b.py", LEAK)
    run_git(folder, "add", "b.py")
    run_git(folder, "reset", "--quiet")
    (folder / "b.py").unlink()


def in_a_message(folder: Path) -> None:
    commit(folder, f"Set it\n\nto {TOKEN}")


def in_the_message_of_a_tag(folder: Path) -> None:
    run_git(folder, "tag", "--annotate", "v1", "--message", f"with {TOKEN}")


def in_a_note(folder: Path) -> None:
    run_git(folder, "notes", "add", "--message", f"see {TOKEN}")


def in_utf_16(folder: Path) -> None:
    (folder / "u.txt").write_bytes(LEAK.encode("utf-16"))
    commit(folder)


def on_a_branch_that_is_gone(folder: Path) -> None:
    branch = answer(folder, "branch", "--show-current")
    run_git(folder, "checkout", "--quiet", "-b", "side")
    write(folder / "a.py", LEAK)
    commit(folder)
    run_git(folder, "checkout", "--quiet", branch)
    run_git(folder, "branch", "-D", "side")


@pytest.mark.parametrize(
    "leaks",
    [
        amended,
        in_a_stash,
        in_a_dropped_stash,
        untracked_in_a_stash,
        by_a_merge_alone,
        staged_once,
        in_a_message,
        in_the_message_of_a_tag,
        in_a_note,
        in_the_name_of_an_author,
        in_the_name_of_a_branch,
        in_utf_16,
        on_a_branch_that_is_gone,
    ],
)
@pytest.mark.parametrize("packed", [False, True], ids=["loose", "packed"])
def test_a_token_is_found_wherever_git_keeps_it(
    repository: Path,
    leaks: Callable[[Path], None],
    capsys: pytest.CaptureFixture[str],
    *,
    packed: bool,
) -> None:
    leaks(repository)
    if packed:
        run_git(repository, "repack", "-a", "-d", "-k", "--quiet")
    (row,) = rows(capsys)
    assert row["fingerprint"] == fingerprint(TOKEN)


def test_what_no_commit_has_any_more_is_told_so(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    staged_once(repository)
    assert check() == 1
    assert (
        "It is in no commit any more, or never was, but git still keeps it."
        in capsys.readouterr().out
    )


def test_what_no_branch_has_any_more_is_told_with_its_commit(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    amended(repository)
    assert check() == 1
    assert "It is not in HEAD, a branch or a tag." in capsys.readouterr().out


def test_what_is_too_large_for_the_memory_is_searched_in_each_place(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(git_store, "LARGEST", 2**12)
    filler = "# a comment\n" * 2**9
    write(repository / "a.py", filler + LEAK)
    run_git(repository, "add", "a.py")
    write(repository / "a.py", filler + f'y = "{OTHER}"\n')
    commit(repository, f"{filler}{access_token(73)}")
    found = {(row["path"].split()[0], row["line"]) for row in rows(capsys)}
    lines = len(filler.splitlines()) + 1
    assert {("a.py", lines), ("object", lines)} < found
    assert len(found) == 3, "the message"


def test_what_a_person_said_no_to_is_no_finding(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(repository / "a.py", LEAK)
    write(repository / "old" / "b.py", f'y = "{OTHER}"\n')
    commit(repository)
    write(repository / ".notion-lsp-ignore", f"{fingerprint(TOKEN)} a sample\n")
    write(repository / ".notion-lsp.toml", 'exclude = ["old"]\n')
    assert check() == 0
    assert "left out by" in capsys.readouterr().err


def test_a_baseline_knows_the_tokens_of_a_history(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(repository / "a.py", LEAK)
    commit(repository)
    assert check("--baseline", "known.json") == 0
    before = (repository / "known.json").read_text()
    assert check("--baseline", "known.json") == 0
    write(repository / "b.py", f'y = "{OTHER}"\n')
    commit(repository)
    capsys.readouterr()
    (row,) = rows(capsys, "--baseline", "known.json")
    assert row["path"] == "b.py"
    assert (repository / "known.json").read_text() == before


def test_since_leaves_out_what_a_commit_has(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(repository / "a.py", LEAK)
    commit(repository)
    run_git(repository, "tag", "v1")
    write(repository / "b.py", f'y = "{OTHER}"\n')
    commit(repository)
    assert [row["path"] for row in rows(capsys, "--since", "v1")] == ["b.py"]
    with pytest.raises(SystemExit) as raised:
        check("--since", "v2")
    assert raised.value.code == 2
    assert "there is no commit v2 here" in capsys.readouterr().err


def test_a_bare_repository_has_a_history_too(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(repository / "a.py", LEAK)
    commit(repository)
    run_git(repository, "clone", "--quiet", "--bare", ".", "bare.git")
    monkeypatch.chdir(repository / "bare.git")
    assert [row["path"] for row in rows(capsys)] == ["a.py"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
@pytest.mark.parametrize("name", ["packed-refs", "objects/info/alternates", "shallow"])
def test_a_pipe_among_the_files_of_git_does_not_hold_up_a_check(
    repository: Path, name: str
) -> None:
    os.mkfifo(repository / ".git" / name)
    with pytest.raises(SystemExit) as raised:
        check()
    assert raised.value.code == 2


def test_a_history_outside_of_a_repository_is_a_wrong_call(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as raised:
        check()
    assert raised.value.code == 2
    assert "needs git and a repository" in capsys.readouterr().err


def test_git_is_told_no_token(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    start = subprocess.Popen.__init__

    def listening(self: subprocess.Popen[bytes], command: list[str], **options: object) -> None:
        told.extend(command)
        start(self, command, **cast("Any", options))

    write(repository / "a.py", LEAK)
    commit(repository, f"with {TOKEN}")
    monkeypatch.setattr(subprocess.Popen, "__init__", listening)
    assert len(rows(capsys)) == 1
    assert told
    assert not any(TOKEN in each for each in told)


def test_what_a_branch_has_had_is_told_so(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for text in (LEAK, CLEAN):
        write(repository / "a.py", text)
        commit(repository)
    check()
    branch = answer(repository, "branch", "--show-current")
    assert f"It is not in HEAD, but in the history of {branch}." in capsys.readouterr().out
