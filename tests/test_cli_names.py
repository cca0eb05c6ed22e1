"""Tokens in the names of files and folders: reported, and shown nowhere."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING

import pytest
from repositories import commit, make_repository, run_git, write
from token_factory import access_token, integration_token

from notion_lsp import cli
from notion_lsp.check.reports import formats
from notion_lsp.detect.finding import fingerprint
from notion_lsp.files import git

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("folder")

TOKEN = access_token(51)
OTHER = integration_token(52)
ENCODED = (
    TOKEN.replace("_", "%5F"),
    "".join(f"%{ord(each):02x}" for each in TOKEN),
    urlsafe_b64encode(TOKEN.encode()).decode().rstrip("="),
    urlsafe_b64encode(f"key={TOKEN}".encode()).decode().rstrip("="),
    TOKEN.encode().hex(),
    TOKEN.encode().hex().upper(),
)
MASK = f"ntn_…{TOKEN[-4:]}"


def found(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[tuple[str, int]]:
    cli.main(["check", "--output-format", "json", *arguments])
    return [(row["path"], row["line"]) for row in json.loads(capsys.readouterr().out)]


@pytest.mark.parametrize("in_git", [True, False])
@pytest.mark.parametrize("name", ["{}.txt", "export-{}.json", "a/{}/b.txt", "a/b_{}", "{}/{}"])
def test_a_token_in_a_name_is_reported_masked(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, *, in_git: bool
) -> None:
    if in_git:
        make_repository(folder)
    write(folder / name.replace("{}", TOKEN), "")
    assert {path for path, _ in found(capsys)} == {name.replace("{}", MASK)}


@pytest.mark.parametrize("in_git", [True, False])
@pytest.mark.parametrize("name", [f"{TOKEN}.txt", f"build/{TOKEN}", f"build/a/{TOKEN}/b.txt"])
def test_a_token_in_the_name_of_what_is_ignored_is_not_reported(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, *, in_git: bool
) -> None:
    if in_git:
        make_repository(folder)
    write(folder / ".gitignore", "build/\n*.txt\n")
    write(folder / name, "")
    assert not found(capsys)


@pytest.mark.parametrize("written", ENCODED)
def test_an_encoded_token_in_a_name_of_a_history_is_reported(
    folder: Path, capsys: pytest.CaptureFixture[str], written: str
) -> None:
    make_repository(folder)
    path = write(folder / f"a {written} b" / "b.py", "x = 1\n")
    commit(folder)
    path.unlink()
    commit(folder)
    assert len(found(capsys, "--history")) == 1


@pytest.mark.parametrize("in_git", [True, False])
@pytest.mark.parametrize("written", ENCODED)
def test_an_encoded_token_in_a_name_is_reported_and_shown_by_no_format(
    folder: Path, capsys: pytest.CaptureFixture[str], written: str, *, in_git: bool
) -> None:
    if in_git:
        make_repository(folder)
    write(folder / f"a {written} b" / "b.py", f'x = "{OTHER}"\n')
    rows = found(capsys)
    assert {path for path, _ in rows} == {f"a {MASK} b/b.py"}
    assert len(rows) == 2
    for output in formats():
        cli.main(["check", "--output-format", output])
        shown = capsys.readouterr()
        assert written not in shown.out + shown.err


def test_a_token_in_codes_may_be_part_of_a_word_of_a_name(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / f"z{TOKEN.replace('_', '%5F')}.zip", "PK\3\4")
    assert {path for path, _ in found(capsys)} == {f"z{MASK}.zip"}
    cli.main(["check"])
    shown = capsys.readouterr()
    assert TOKEN[-20:] not in shown.out + shown.err


@pytest.mark.parametrize("written", ENCODED)
def test_a_baseline_holds_no_encoded_token_of_a_name(folder: Path, written: str) -> None:
    write(folder / f"a {written}.txt", "")
    assert cli.main(["check", "--baseline", "b.json"]) == 0
    assert written not in (folder / "b.json").read_text()
    assert cli.main(["check", "--baseline", "b.json"]) == 0


@pytest.mark.parametrize("in_file", ["", f'x = "{OTHER}"\n', "x = \x00"])
@pytest.mark.parametrize("output", formats())
@pytest.mark.parametrize("name", ["{}.py", "word{}/a.py", "a_{}b.py"])
def test_no_format_shows_a_token_of_a_name(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, output: str, in_file: str
) -> None:
    write(folder / "b.py", f'x = "{OTHER}"\n')
    path = write(folder / name.replace("{}", TOKEN), in_file)
    cli.main(["check", "--output-format", output, str(path), ".", f"{path}.missing"])
    shown = capsys.readouterr()
    assert TOKEN not in shown.out + shown.err


def test_git_is_not_told_a_name_in_its_arguments(
    folder: Path, request: pytest.FixtureRequest
) -> None:
    make_repository(folder)
    path = write(folder / TOKEN / f"{OTHER}.env", "")
    run_git(folder, "add", ".")
    started: list[str] = request.getfixturevalue("started")
    assert (git.is_tracked(path), git.is_ignored(path)) == (True, False)
    assert "check-ignore" in started
    assert not any(token in text for text in started for token in (TOKEN, OTHER))


@pytest.mark.parametrize("name", ["word{}.txt", "{}word.txt", "2{}"])
def test_a_token_in_a_longer_word_of_a_name_is_reported(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    write(folder / name.replace("{}", TOKEN), "")
    assert found(capsys) == [(name.replace("{}", MASK), 1)]


@pytest.mark.parametrize("arguments", [["fix"], ["fix", "--diff"]])
def test_fix_says_that_a_name_is_left_and_does_not_show_it(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    write(folder / f"{TOKEN}.py", f'x = "{OTHER}"\n')
    assert cli.main(arguments) == 1
    shown = capsys.readouterr()
    assert f"{MASK}.py:1:1: not fixed: The token is in the name" in shown.out + shown.err
    assert TOKEN not in shown.out + shown.err


def test_a_folder_with_a_token_in_its_name_is_reported_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.txt", "b.txt", "c/d.txt"):
        write(folder / TOKEN / name, "")
    assert found(capsys) == [(f"{MASK}/a.txt", 1)]


def test_a_staged_name_is_reported(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_repository(folder)
    write(folder / f"{TOKEN}.txt", "a\n")
    run_git(folder, "add", ".")
    assert found(capsys, "--staged") == [(f"{MASK}.txt", 1)]


def test_a_name_whose_token_is_ignored_is_not_reported(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / ".notion-lsp-ignore", f"{fingerprint(TOKEN)} a fixture\n")
    write(folder / f"{TOKEN}.txt", "")
    assert found(capsys) == []


@pytest.mark.parametrize("name", [f"{TOKEN}.txt", f"{TOKEN}/a.txt", f"a/{TOKEN}/{TOKEN}.txt"])
def test_a_baseline_knows_a_name_without_its_token(folder: Path, name: str) -> None:
    write(folder / name, f'x = "{OTHER}"\n')
    assert cli.main(["check", "--baseline", "b.json"]) == 0
    written = (folder / "b.json").read_text()
    assert TOKEN not in written
    write(folder / "other" / "c.py", "")
    assert cli.main(["check", "--baseline", "b.json", "other"]) == 0
    assert cli.main(["check", "--baseline", "b.json"]) == 0
    assert (folder / "b.json").read_text() == written


def test_a_baseline_forgets_a_name_that_is_gone(folder: Path) -> None:
    path = write(folder / f"{TOKEN}.txt", "")
    cli.main(["check", "--baseline", "b.json"])
    path.unlink()
    cli.main(["check", "--baseline", "b.json"])
    assert json.loads((folder / "b.json").read_text())["findings"] == {}


def test_a_name_of_an_old_commit_is_reported(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_repository(folder)
    write(folder / "a" / f"{TOKEN}.txt", "a\n")
    write(folder / f"b-{OTHER}" / "c.txt", "a\n")
    first = commit(folder)
    run_git(folder, "rm", "-r", "--quiet", "a")
    commit(folder)
    cli.main(["check", "--history", "--output-format", "json"])
    shown = capsys.readouterr().out
    rows = {row["path"]: row["past"] for row in json.loads(shown)}
    assert {path: past["in_head"] for path, past in rows.items()} == {
        f"a/{MASK}.txt": False,
        f"b-secret_…{OTHER[-4:]}/c.txt": True,
    }
    assert {past["first"]["commit"] for past in rows.values()} == {first}
    assert TOKEN not in shown
    assert OTHER not in shown


@pytest.mark.parametrize("output", formats())
def test_no_format_shows_a_token_of_a_folder_in_which_several_old_files_were(
    folder: Path, capsys: pytest.CaptureFixture[str], output: str
) -> None:
    make_repository(folder)
    for name in ("a.py", "b.py"):
        write(folder / f"old-{TOKEN}" / name, f'x = "{OTHER}"\n')
    commit(folder)
    cli.main(["check", "--history", "--output-format", output])
    shown = capsys.readouterr()
    assert TOKEN not in shown.out + shown.err


def test_a_name_that_only_a_tree_has_is_reported(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_repository(folder)
    write(folder / f"{TOKEN}.txt", "a\n")
    run_git(folder, "add", ".")
    run_git(folder, "write-tree")
    run_git(folder, "rm", "--cached", "--quiet", f"{TOKEN}.txt")
    assert found(capsys, "--history") == [(f"{MASK}.txt", 1)]


def test_commits_are_asked_for_the_names_that_they_bring(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_repository(folder)
    write(folder / f"{TOKEN}.txt", "a\n")
    write(folder / "b.txt", "a\n")
    commit(folder)
    write(folder / f"{TOKEN}.txt", "b\n")
    run_git(folder, "mv", "b.txt", f"{OTHER}.txt")
    commit(folder)
    mask = f"secret_…{OTHER[-4:]}.txt"
    assert found(capsys, "--range", "HEAD~1..HEAD") == [(mask, 1)]
    assert found(capsys, "--history") == [(f"{MASK}.txt", 1), (mask, 1)]


def test_archives_of_old_commits_are_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_repository(folder)
    for name in ("a/b.zip", "c.TGZ", "left/d.jar", "zip", "e.zip/f.txt"):
        write(folder / name, "a\n")
    commit(folder)
    run_git(folder, "rm", "-r", "--quiet", ".")
    write(folder / ".notion-lsp.toml", 'exclude = ["left/**"]\n')
    commit(folder)
    assert cli.main(["check", "--history"]) == 0
    assert "2 archives were not looked into: a/b.zip, c.TGZ" in capsys.readouterr().err


def test_a_commit_is_not_refused_for_the_name_that_a_file_had_before(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_repository(folder)
    write(folder / f"{TOKEN}.txt", "a\n")
    commit(folder)
    write(folder / f"{TOKEN}.txt", "b\n")
    run_git(folder, "add", ".")
    assert cli.main(["check", "--staged"]) == 0
    shown = capsys.readouterr()
    assert f"{MASK}.txt" in shown.err
    assert TOKEN not in shown.out + shown.err
    assert cli.main(["check", "--staged", "--all"]) == 1
