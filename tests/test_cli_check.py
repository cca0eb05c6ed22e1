from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from repositories import commit, make_repository, run_git, write
from token_factory import access_token, integration_token

from notion_lsp import cli
from notion_lsp.check.reports import formats
from notion_lsp.detect.finding import fingerprint

pytestmark = pytest.mark.usefixtures("folder")

TOKEN = access_token(1)
OTHER = integration_token(1)
LEAK = f'x = "{TOKEN}"\n'
POSIX_ONLY = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
COMMAND = (sys.executable, "-m", "notion_lsp")


def check(*arguments: str) -> int:
    return cli.main(["check", *arguments])


def found(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[tuple[str, int]]:
    check("--output-format", "json", *arguments)
    return [(row["path"], row["line"]) for row in json.loads(capsys.readouterr().out)]


def wrong(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as raised:
        check(*arguments)
    shown = capsys.readouterr()
    assert (raised.value.code, shown.out) == (2, "")
    return shown.err


def type_in(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_a_folder_without_tokens_is_told_to_have_none(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "a.py", "x = 1\n")
    assert check() == 0
    assert capsys.readouterr() == ("No Notion tokens found.\n", "")


@POSIX_ONLY
@pytest.mark.parametrize("command", ["check", "fix", "install"])
def test_a_current_folder_that_is_gone_is_told(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    command: str,
) -> None:
    (folder / "gone").mkdir()
    monkeypatch.chdir(folder / "gone")
    (folder / "gone").rmdir()
    assert cli.main([command]) == 2
    assert capsys.readouterr().err == (
        "notion-lsp: the current folder is gone. Change to one that exists.\n"
    )


def test_an_internal_error_is_no_result(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", None)  # as in a program that was started without one
    assert check("-") == 2
    shown = capsys.readouterr()
    assert (shown.out, shown.err.partition("\n")[0]) == (
        "",
        "notion-lsp: internal error. Please report it with what follows; tokens are masked.",
    )


def test_a_token_is_shown_masked_with_its_place(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "below" / "a.py", LEAK)
    assert check() == 1
    shown = capsys.readouterr().out
    assert shown.startswith("below/a.py:1:6: error[access-token]: Notion access token ntn_…")
    assert f'x = "ntn_…{TOKEN[-4:]}"' in shown
    assert TOKEN not in shown


def test_results_are_sorted_and_each_file_is_read_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("c.py", "a.py", "b/a.py"):
        write(folder / name, LEAK * 2)
    expected = [("a.py", 1), ("a.py", 2), ("b/a.py", 1), ("b/a.py", 2), ("c.py", 1), ("c.py", 2)]
    assert found(capsys, "b", ".", "c.py", "c.py") == expected


def test_a_file_that_is_missing_makes_the_check_fail(capsys: pytest.CaptureFixture[str]) -> None:
    assert check("missing.py") == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "missing.py could not be read: no such file or directory" in shown.err


def test_a_file_that_cannot_be_read_outweighs_a_token(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "a.py", LEAK)
    assert check("a.py", "missing.py") == 2
    assert "a.py:1:6" in capsys.readouterr().out


def test_a_binary_file_without_tokens_matters_only_if_it_was_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "a.bin", "\0ntn_")
    assert check(".") == 0
    assert check("a.bin") == 2
    assert "a.bin could not be read: it is not text" in capsys.readouterr().err


def test_a_dotenv_file_that_git_ignores_is_no_finding(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_repository(folder)
    write(folder / ".env", f"NOTION_TOKEN={TOKEN}\n")
    assert found(capsys, ".env", ".") == [(".env", 1)]
    write(folder / ".gitignore", ".env\n")
    assert check(".env", ".") == 0


def test_another_file_that_git_ignores_is_a_finding_if_it_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_repository(folder)
    write(folder / ".gitignore", "*.log\n")
    write(folder / "a.log", LEAK)
    assert check(".") == 0
    capsys.readouterr()
    assert found(capsys, "a.log") == [("a.log", 1)]


def test_what_a_person_said_no_to_is_no_finding(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "a.py", f'x = "{TOKEN}"  # notion-lsp:ignore\ny = "{OTHER}"\n')
    assert found(capsys, ".") == [("a.py", 2)]
    write(folder / ".notion-lsp-ignore", f"{fingerprint(OTHER)} a sample\n")
    assert check(".") == 0


def test_a_comment_near_the_top_takes_a_file_out(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "a.py", f"#!/usr/bin/python\n# notion-lsp:ignore-file made up\n{LEAK}")
    write(folder / "b.py", LEAK)
    assert found(capsys, ".", "a.py") == [("b.py", 1)]
    assert cli.main(["fix", "a.py"]) == 0
    assert (folder / "a.py").read_text().endswith(LEAK)


@pytest.mark.parametrize("output", formats())
def test_an_entry_that_has_expired_warns_again_and_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str], output: str
) -> None:
    write(folder / "a.py", LEAK)
    mark = fingerprint(TOKEN)
    write(folder / ".notion-lsp-ignore", f"{mark} expires 9999-01-31 a sample\n")
    assert check("--output-format", output, "a.py") == 0
    capsys.readouterr()
    write(folder / ".notion-lsp-ignore", f"{mark} expires 2020-01-31 a sample\n")
    assert check("--output-format", output, "a.py") == 1
    assert "The entry that ignored it expired on 2020-01-31." in capsys.readouterr().out


def test_the_settings_of_the_project_count(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / ".notion-lsp.toml", 'exclude = ["b.py"]\nkinds = {integration-token = "off"}\n')
    write(folder / "a.py", f'x = "{OTHER}"\ny = "{TOKEN}"\n')
    write(folder / "b.py", LEAK)
    assert found(capsys, ".", "b.py") == [("a.py", 2)]


def test_a_file_has_the_same_findings_alone_and_in_its_folder(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "below" / ".notion-lsp.toml", 'kinds = {integration-token = "off"}\n')
    write(folder / "below" / "a.py", f'x = "{OTHER}"\ny = "{TOKEN}"\n')
    assert found(capsys, ".") == found(capsys, "below/a.py") == [("below/a.py", 2)]


def test_a_bad_setting_is_a_warning(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder / ".notion-lsp.toml", "severity = 1\n")
    write(folder / "a.py", "x = 1\n")
    assert check("a.py") == 0
    assert "warning" in capsys.readouterr().err


def test_standard_input_is_checked_under_the_name_it_is_given(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(monkeypatch, LEAK.encode())
    assert found(capsys, "-", "--stdin-filename", "below/a.py") == [("below/a.py", 1)]
    make_repository(folder)
    write(folder / ".gitignore", ".env\n")
    type_in(monkeypatch, LEAK.encode())
    assert check("-", "--stdin-filename", ".env") == 0


def test_standard_input_needs_no_name(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(monkeypatch, LEAK.encode())
    assert found(capsys, "-") == [("<stdin>", 1)]


def test_standard_input_that_is_not_text_makes_the_check_fail(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    type_in(monkeypatch, b"\0")
    assert check("-") == 2


def test_staged_is_what_the_next_commit_would_add(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_repository(folder)
    for name in ("a.py", "below/b.py"):
        write(folder / name, LEAK)
    run_git(folder, "add", ".")
    write(folder / "a.py", "fixed\n")
    write(folder / "c.py", LEAK)
    assert found(capsys, "--staged") == [("a.py", 1), ("below/b.py", 1)]
    assert found(capsys, "--staged", "below") == [("below/b.py", 1)]
    run_git(folder, "commit", "--quiet", "-m", "first")
    assert check("--staged") == 0


def test_a_hook_sees_what_the_commit_takes(folder: Path) -> None:
    make_repository(folder)
    command = " ".join(f"'{part}'" for part in COMMAND)
    hook = write(folder / ".git" / "hooks" / "pre-commit", f"#!/bin/sh\n{command} check --staged\n")
    hook.chmod(0o755)
    write(folder / "a.py", "x = 1\n")
    write(folder / "b.py", LEAK)
    run_git(folder, "add", "a.py", "b.py")
    run_git(folder, "commit", "-m", "only the clean one", "a.py")
    with pytest.raises(subprocess.CalledProcessError) as refused:
        run_git(folder, "commit", "-m", "the other one", "b.py")
    assert b"b.py:1:6" in refused.value.stderr


def test_what_a_partial_clone_has_not_fetched_is_told_with_the_way_to_fetch_it(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = make_repository(folder / "server")
    run_git(server, "config", "uploadpack.allowFilter", "true")
    for text in ("1\n", "2\n"):
        write(server / "a.txt", text)
        run_git(server, "add", ".")
        run_git(server, "commit", "--quiet", "-m", text)
    options = ["--quiet", "--filter=blob:none", "--no-checkout"]
    run_git(folder, "clone", *options, server.as_uri(), "clone")
    monkeypatch.chdir(folder / "clone")
    run_git(folder / "clone", "reset", "--quiet", "--soft", "HEAD~")
    run_git(folder / "clone", "read-tree", "origin/HEAD")
    assert check("--staged") == 2
    assert "git diff --cached --stat fetches it" in capsys.readouterr().err
    run_git(folder / "clone", "diff", "--cached", "--stat")
    assert check("--staged") == 0


def test_a_pushed_token_is_told_with_its_remote(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_repository(folder)
    write(folder / "a.py", LEAK)
    run_git(folder, "add", "a.py")
    run_git(folder, "commit", "--quiet", "--message", "a leak")
    run_git(folder, "init", "--quiet", "--bare", str(tmp_path / "origin"))
    run_git(folder, "remote", "add", "origin", str(tmp_path / "origin"))
    run_git(folder, "push", "--quiet", "origin", "HEAD")
    assert check() == 1
    assert re.search(
        r"It was pushed to origin in [0-9a-f]{7} by A on [0-9-]{10} \(as of the last fetch\): "
        "taking it out of the file does not help, so rotate it",
        capsys.readouterr().out,
    )
    check("--output-format", "json")
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["exposure"], row["remotes"]) == ("pushed", ["origin"])
    check("--output-format", "sarif")
    (result,) = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    assert result["properties"]["exposure"] == "pushed"
    assert result["properties"]["remotes"] == ["origin"]


@pytest.mark.parametrize("arguments", [["--staged"], ["-", "--stdin-filename", "a.py"]])
def test_what_is_no_file_of_the_work_tree_has_no_exposure(
    folder: Path,
    arguments: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_repository(folder)
    write(folder / "a.py", LEAK)
    run_git(folder, "add", "a.py")
    type_in(monkeypatch, LEAK.encode())
    check("--output-format", "json", *arguments)
    (row,) = json.loads(capsys.readouterr().out)
    assert row["exposure"] is None


@pytest.mark.parametrize("sign", ["#", ";", "//"])
def test_what_git_shows_below_the_scissors_is_no_message(folder: Path, sign: str) -> None:
    make_repository(folder)
    shown = f"{sign} {'-' * 24} >8 {'-' * 24}\n-{LEAK}"
    message = write(folder / ".git" / "COMMIT_EDITMSG", f"Take it out\n\n{sign} Changes:\n{shown}")
    assert check(str(message)) == 0
    write(message, f"Take out {TOKEN}\n{shown}")
    assert check(str(message)) == 1


@pytest.mark.parametrize("arguments", [(), ("COMMIT_EDITMSG",), ("--staged",)])
def test_a_file_of_the_project_is_no_message(folder: Path, arguments: tuple[str, ...]) -> None:
    make_repository(folder)
    write(folder / "COMMIT_EDITMSG", f"# {'-' * 24} >8 {'-' * 24}\n{LEAK}")
    run_git(folder, "add", ".")
    assert check(*arguments) == 1


def test_the_message_of_a_linked_work_tree_ends_at_the_scissors(folder: Path) -> None:
    top = make_repository(folder / "top")
    commit(top)
    run_git(top, "worktree", "add", "../linked")
    message = top / ".git" / "worktrees" / "linked" / "COMMIT_EDITMSG"
    write(message, f"Take it out\n# {'-' * 24} >8 {'-' * 24}\n-{LEAK}")
    assert check(str(message)) == 0


def test_staged_outside_a_repository_is_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    assert "needs git and a repository" in wrong(capsys, "--staged")


@pytest.mark.parametrize(
    "arguments",
    [
        ("-", "a.py"),
        ("-", "--staged"),
        ("--stdin-filename", "a.py", "a.py"),
        ("--output-format", "xml"),
        ("--nonsense",),
    ],
)
def test_a_wrong_call_says_what_is_wrong(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    assert "error" in wrong(capsys, *arguments)


def test_a_call_without_a_command_is_a_wrong_call() -> None:
    with pytest.raises(SystemExit) as raised:
        cli.main([])
    assert raised.value.code == 2


@POSIX_ONLY
@pytest.mark.skipif(sys.platform == "darwin", reason="names of any bytes")
def test_a_name_that_is_not_utf_8_is_shown(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(Path(os.fsdecode(os.fsencode(folder) + b"/\xff.py")), LEAK)
    for name in ("text", "json", "sarif", "github", "gitlab"):
        assert check("--output-format", name) == 1
        assert ".py" in capsys.readouterr().out


@pytest.mark.usefixtures("without_git")
def test_a_check_needs_no_git(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder / "a.py", LEAK)
    assert found(capsys, ".") == [("a.py", 1)]


def test_a_reader_that_leaves_early_is_no_error(folder: Path) -> None:
    write(folder / "a.py", LEAK * 5000)
    with subprocess.Popen(
        [*COMMAND, "check"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def test_an_output_that_is_not_a_terminal_has_no_colour(folder: Path) -> None:
    write(folder / "a.py", LEAK)
    done = subprocess.run([*COMMAND, "check"], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 1
    assert b"\x1b" not in done.stdout


def test_a_token_of_one_file_is_found_within_a_word_of_another(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "a.py", f'x = "word{TOKEN}"\n')
    write(folder / "b.py", LEAK)
    write(folder / "c.py", f'{LEAK}y = "{TOKEN}z" + "{OTHER}"\nz = "z{OTHER}"\n')
    assert found(capsys) == [("a.py", 1), ("b.py", 1), *(("c.py", line) for line in (1, 2, 2, 3))]


def test_a_staged_token_is_found_within_a_word_of_another_file(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_repository(folder)
    write(folder / "a.py", f'x = "word{TOKEN}"\n')
    write(folder / "b.py", LEAK)
    run_git(folder, "add", ".")
    assert found(capsys, "--staged") == [("a.py", 1), ("b.py", 1)]


def test_what_is_ignored_in_one_file_is_ignored_within_a_word_of_another(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / ".notion-lsp-ignore", f"{fingerprint(TOKEN)} a fixture\n")
    write(folder / "a.py", f'x = "word{TOKEN}"\n')
    write(folder / "b.py", f'{LEAK}y = "{OTHER}"\n')
    assert found(capsys) == [("b.py", 2)]
