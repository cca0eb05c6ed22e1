from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from repositories import commit, make_repository, run_git, write
from token_factory import access_token, integration_token, refresh_token

from notion_lsp import cli
from notion_lsp.detect.finding import fingerprint

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("folder")

TOKEN = access_token(61)
OTHER = integration_token(62)
LEAK = f'x = "{TOKEN}"\n'


def check(*arguments: str) -> int:
    return cli.main(["check", "--baseline", "known.json", *arguments])


def known(folder: Path) -> dict[str, dict[str, str]]:
    data = json.loads((folder / "known.json").read_text())
    assert data["version"] == 1
    findings: dict[str, dict[str, str]] = data["findings"]
    return findings


def known_paths(folder: Path) -> list[str]:
    return list(known(folder))


def test_a_baseline_that_is_not_there_is_written_and_the_check_passes(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "b.py", LEAK)
    write(folder / "a" / "c.py", f'y = "{OTHER}"\n' + LEAK)
    assert check() == 0
    shown = capsys.readouterr()
    assert shown.out == "No new Notion tokens found. The baseline knows 3 tokens more.\n"
    assert shown.err == "notion-lsp: known.json is written, with 3 tokens.\n"
    mark, other = fingerprint(TOKEN), fingerprint(OTHER)
    assert known(folder) == {
        "a/c.py": {mark: "access-token", other: "integration-token"},
        "b.py": {mark: "access-token"},
    }


def test_a_baseline_holds_no_token_and_is_the_same_each_time(folder: Path) -> None:
    for name in ("b.py", "a.py"):
        write(folder / name, LEAK + f'y = "{OTHER}"\n')
    check()
    first = (folder / "known.json").read_text()
    assert TOKEN not in first
    assert TOKEN[-4:] not in first.replace(fingerprint(TOKEN), "")
    (folder / "known.json").unlink()
    check("b.py", "a.py")
    assert (folder / "known.json").read_text() == first


def test_only_what_is_not_in_the_baseline_is_reported(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "a.py", LEAK)
    check()
    write(folder / "a.py", f'\n\ny = "{OTHER}"\n' + LEAK)
    capsys.readouterr()
    assert check("--output-format", "json") == 1
    [row] = json.loads(capsys.readouterr().out)
    assert (row["line"], row["kind"]) == (3, "integration-token")
    assert known(folder) == {"a.py": {fingerprint(TOKEN): "access-token"}}


def test_the_same_token_in_another_file_is_new(folder: Path) -> None:
    write(folder / "a.py", LEAK)
    check()
    write(folder / "b.py", LEAK)
    assert check() == 1
    assert known_paths(folder) == ["a.py"]


def test_what_is_no_longer_found_is_taken_out(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.py", "b.py", "c.py", "d.py"):
        write(folder / name, LEAK)
    check()
    write(folder / "a.py", "x = 1\n")
    write(folder / "b.py", LEAK.rstrip() + "  # notion-lsp:ignore\n")
    (folder / "c.py").unlink()
    capsys.readouterr()
    assert check() == 0
    assert capsys.readouterr().err == (
        "notion-lsp: 1 token left out by comments.\n"
        "notion-lsp: 3 tokens no longer found, and taken out of known.json.\n"
    )
    assert known_paths(folder) == ["d.py"]
    write(folder / "a.py", LEAK)
    assert check() == 1


def test_a_baseline_from_which_nothing_has_gone_is_not_written(folder: Path) -> None:
    write(folder / "a.py", LEAK)
    check()
    before = (folder / "known.json").stat()
    write(folder / "b.py", LEAK)
    assert check() == 1
    after = (folder / "known.json").stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_a_check_of_a_part_takes_out_only_what_it_has_looked_at(folder: Path) -> None:
    for name in ("a.py", "below/b.py", "below/c.py", "beside.py"):
        write(folder / name, LEAK)
    check()
    for name in ("a.py", "below/b.py", "below/c.py"):
        write(folder / name, "x = 1\n")
    assert check("below/c.py") == 0
    assert known_paths(folder) == ["a.py", "below/b.py", "beside.py"]
    assert check("below") == 0
    assert known_paths(folder) == ["a.py", "beside.py"]


def test_a_file_that_is_gone_has_lost_its_tokens_wherever_the_check_looks(folder: Path) -> None:
    write(folder / "a.py", LEAK)
    write(folder / "below" / "b.py", LEAK)
    check()
    (folder / "a.py").unlink()
    assert check("below") == 0
    assert known_paths(folder) == ["below/b.py"]


def test_a_check_of_what_is_staged_takes_out_only_what_is_staged(folder: Path) -> None:
    make_repository(folder)
    for name in ("a.py", "b.py", "c.py"):
        write(folder / name, LEAK)
    run_git(folder, "add", ".")
    run_git(folder, "commit", "--quiet", "-m", "first")
    check()
    for name in ("a.py", "b.py"):
        write(folder / name, "x = 1\n")
    run_git(folder, "add", "a.py")
    assert check("--staged") == 0
    assert known_paths(folder) == ["b.py", "c.py"]


@pytest.mark.parametrize("arguments", [("--staged",), ("--range", "HEAD~1..HEAD")])
def test_what_a_file_had_before_stays_in_the_baseline_and_is_not_told(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    make_repository(folder)
    write(folder / "a.py", LEAK)
    commit(folder)
    check()
    capsys.readouterr()
    write(folder / "a.py", f"{LEAK}y = 1\n")
    run_git(folder, "add", "a.py")
    if "--range" in arguments:
        commit(folder)
    assert check(*arguments) == 0
    assert known_paths(folder) == ["a.py"]
    assert "there before" not in capsys.readouterr().err


def test_a_file_that_git_ignores_keeps_its_entry_while_it_has_the_token(folder: Path) -> None:
    make_repository(folder)
    write(folder / ".gitignore", "*.log\n")
    write(folder / "a.log", LEAK)
    check("a.log")
    assert check() == 0
    assert known_paths(folder) == ["a.log"]
    write(folder / "a.log", "\n")
    assert check() == 0
    assert known_paths(folder) == []


def test_an_excluded_file_keeps_its_entry(folder: Path) -> None:
    write(folder / "a.py", LEAK)
    check()
    write(folder / ".notion-lsp.toml", 'exclude = ["a.py"]\n')
    assert check() == 0
    assert known_paths(folder) == ["a.py"]


def test_a_baseline_is_about_its_own_folder_wherever_the_check_starts(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder / "below" / "a.py", LEAK)
    check()
    monkeypatch.chdir(folder / "below")
    assert cli.main(["check", "--baseline", "../known.json"]) == 0
    write(folder / "below" / "a.py", "x = 1\n")
    assert cli.main(["check", "--baseline", "../known.json"]) == 0
    assert known_paths(folder) == []


def test_a_token_that_is_taken_for_another_kind_is_known_still(folder: Path) -> None:
    write(folder / "a.py", f'x = "{OTHER}"\n')
    check()
    write(folder / "a.py", f'client_secret = "{OTHER}"\n')
    assert check() == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "\0",
        '{"version": 2, "findings": {}}',
        '{"version": 1}',
        '{"version": 1, "findings": []}',
        '{"version": 1, "findings": {"a.py": ["x"]}}',
        '{"version": 1, "findings": {"a.py": {"x": 1}}}',
        "[" * 100_000,
    ],
)
def test_a_baseline_that_cannot_be_read_is_an_error(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    write(folder / "known.json", text)
    write(folder / "a.py", LEAK)
    assert check() == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "known.json: it is not" in shown.err
    assert (folder / "known.json").read_text() == text


def test_a_baseline_that_cannot_be_written_is_an_error(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "a.py", LEAK)
    assert cli.main(["check", "--baseline", "missing/known.json"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "known.json could not be written: no such file or directory" in shown.err


def test_nothing_is_taken_out_where_a_file_could_not_be_read(folder: Path) -> None:
    for name in ("a.py", "b.py"):
        write(folder / name, LEAK)
    check()
    write(folder / "a.py", "x = 1\n")
    assert check(".", "missing.py") == 2
    assert known_paths(folder) == ["a.py", "b.py"]


def test_no_baseline_is_begun_where_a_file_could_not_be_read(folder: Path) -> None:
    write(folder / "a.py", LEAK)
    assert check("a.py", "missing.py") == 2
    assert not (folder / "known.json").exists()


def test_standard_input_has_no_baseline(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        check("-")
    assert raised.value.code == 2
    assert "no baseline" in capsys.readouterr().err


def test_tokens_that_a_person_said_no_to_are_not_in_the_baseline(folder: Path) -> None:
    write(folder / "a.py", f'x = "{TOKEN}"  # notion-lsp:ignore\ny = "{refresh_token(63)}"\n')
    check()
    assert list(known(folder)["a.py"].values()) == ["refresh-token"]


@pytest.mark.parametrize("name", ["known.json", "web/known.json"])
def test_a_file_outside_a_sparse_checkout_keeps_its_entry(folder: Path, name: str) -> None:
    make_repository(folder)
    for path in ("api/b.py", "web/a.py", "web/c.py"):
        write(folder / path, LEAK)
    cli.main(["check", "--baseline", name])
    run_git(folder, "add", ".")
    run_git(folder, "commit", "--quiet", "-m", "first")
    before = (folder / name).read_text()
    run_git(folder, "sparse-checkout", "set", "web")
    assert not (folder / "api").exists()
    for arguments in ([], ["--staged"], ["web"]):
        assert cli.main(["check", "--baseline", name, *arguments]) == 0
        assert (folder / name).read_text() == before


@pytest.mark.parametrize("there", ["", "ci/built.txt"])
def test_a_baseline_outside_a_sparse_checkout_is_not_written_anew(
    folder: Path, capsys: pytest.CaptureFixture[str], there: str
) -> None:
    make_repository(folder)
    write(folder / "web" / "a.py", LEAK)
    (folder / "ci").mkdir()
    cli.main(["check", "--baseline", "ci/known.json"])
    run_git(folder, "add", ".")
    run_git(folder, "commit", "--quiet", "-m", "first")
    run_git(folder, "sparse-checkout", "set", "web")
    if there:
        write(folder / there, "")
    assert cli.main(["check", "--baseline", "ci/known.json"]) == 2
    assert "it is outside of this sparse checkout" in capsys.readouterr().err
    assert not (folder / "ci" / "known.json").exists()


@pytest.mark.parametrize(
    ("value", "arguments"), [("", ["--staged"]), ("true", []), ("1", []), ("True", ["--staged"])]
)
def test_a_hook_or_a_build_begins_no_baseline(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    value: str,
    arguments: list[str],
) -> None:
    make_repository(folder)
    write(folder / "a.py", LEAK)
    run_git(folder, "add", ".")
    monkeypatch.setenv("CI", value)
    assert check(*arguments) == 2
    assert "known.json: there is no such baseline." in capsys.readouterr().err
    assert not (folder / "known.json").exists()


@pytest.mark.parametrize(
    "variable", ["TF_BUILD", "JENKINS_URL", "TEAMCITY_VERSION", "GIT_PREFIX", "GIT_INDEX_FILE"]
)
def test_what_a_host_of_builds_or_git_calls_begins_no_baseline(
    folder: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    write(folder / "a.py", LEAK)
    monkeypatch.setenv(variable, "True")
    assert check() == 2
    assert not (folder / "known.json").exists()


def test_entries_of_a_submodule_that_is_not_checked_out_stay(folder: Path) -> None:
    module = make_repository(folder / "module")
    write(module / "a.py", LEAK)
    commit(module)
    top = make_repository(folder / "top")
    run_git(top, "-c", "protocol.file.allow=always", "submodule", "add", "../module")
    write(top / "b.py", LEAK)
    assert cli.main(["check", "--baseline", "top/known.json", "top"]) == 0
    written = (top / "known.json").read_text()
    run_git(top, "submodule", "deinit", "--force", "module")
    assert cli.main(["check", "--baseline", "top/known.json", "top"]) == 0
    assert (top / "known.json").read_text() == written
    run_git(top, "-c", "protocol.file.allow=always", "submodule", "update", "--init")
    (top / "module" / "a.py").unlink()
    assert cli.main(["check", "--baseline", "top/known.json", "top"]) == 0
    assert list(json.loads((top / "known.json").read_text())["findings"]) == ["b.py"]


@pytest.mark.parametrize("value", ["", "0", "false"])
def test_a_variable_that_denies_a_build_is_none(
    folder: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    write(folder / "a.py", LEAK)
    monkeypatch.setenv("CI", value)
    assert check() == 0


@pytest.mark.parametrize("name", ["a" * 300, "a\ud800", "a\0"])
def test_a_path_that_no_file_can_have_is_gone(folder: Path, name: str) -> None:
    findings = {name: {fingerprint(TOKEN): "access-token"}}
    text = json.dumps({"version": 1, "findings": findings})
    write(folder / "known.json", text)
    assert check() == 0
    assert known(folder) == {}


def test_a_baseline_whose_name_is_too_long_is_not_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "a.py", LEAK)
    assert cli.main(["check", "--baseline", "a" * 300]) == 2
    assert "could not be written: file name too long" in capsys.readouterr().err


def test_a_name_of_long_characters_is_written(folder: Path) -> None:
    write(folder / "a.py", LEAK)
    name = "\N{KEY}" * 62
    assert cli.main(["check", "--baseline", name]) == 0
    assert (folder / name).exists()
