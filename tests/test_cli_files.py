"""The files of `check` and `fix` as they are: bytes, sizes, links, and what is not read."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import psutil
import pytest
from repositories import make_repository, run_git, write
from token_factory import access_token, integration_token

from notion_lsp import cli
from notion_lsp.check import scan
from notion_lsp.commands import check as check_command
from notion_lsp.files import git, read_write, ripgrep

pytestmark = pytest.mark.usefixtures("folder")

TOKEN = access_token(41)
SEARCH = """
import resource, pathlib
from notion_lsp.files import ripgrep
resource.setrlimit(resource.RLIMIT_DATA, (1 << 28, 1 << 28))
found = ripgrep.places(pathlib.Path(), ["ntn_"], ignored=False, left_out=())
print(sorted({path.name for path, _ in found}))
"""
LEAK = f'x = "{TOKEN}"\n'
POSIX_ONLY = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")


@pytest.fixture(params=["with git", "without git"])
def either_way(request: pytest.FixtureRequest) -> None:
    """Run the test where git lists the files, and where it is not installed."""
    if request.param == "without git":
        request.getfixturevalue("without_git")


def check(*arguments: str) -> int:
    return cli.main(["check", *arguments])


def found(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[tuple[str, int, int]]:
    check("--output-format", "json", *arguments)
    rows = json.loads(capsys.readouterr().out)
    return [(row["path"], row["line"], row["column"]) for row in rows]


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        (f"1\n{TOKEN}".encode("utf-8-sig"), 2, 1),
        (f"1\n{TOKEN}".encode("utf-16"), 2, 1),
        (f"1\n{TOKEN}".encode("utf-16-le"), 2, 1),
        (f"1\n{TOKEN}".encode("utf-16-be"), 2, 1),
        (f"é\rü {TOKEN}".encode("latin-1"), 2, 3),
        (b"\xe2\x82 " + TOKEN.encode(), 1, 3),
        (f"1\r\n2\r3\n{TOKEN}".encode(), 4, 1),
        (f"1\0\n{TOKEN}".encode(), 2, 1),
    ],
)
@pytest.mark.usefixtures("either_way")
def test_a_token_is_found_in_whatever_encoding_a_folder_has_it(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    data: bytes,
    line: int,
    column: int,
) -> None:
    (folder / "a.txt").write_bytes(data)
    assert found(capsys, ".") == found(capsys, "a.txt") == [("a.txt", line, column)]


def test_columns_of_utf_16_count_a_broken_character_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.txt").write_bytes("😀".encode() + b"\xf0\x9f\x98 " + TOKEN.encode())
    check("--output-format", "sarif", "a.txt")
    (result,) = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["region"]["startColumn"] == 5


def test_a_token_in_a_binary_file_is_found_and_stays(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = b"\x7fELF\0\0" + TOKEN.encode() + b"\0"
    (folder / "a.so").write_bytes(data)
    assert found(capsys, ".") == [("a.so", 1, 7)]
    assert cli.main(["fix", "."]) == 1
    assert "a.so:1:7: not fixed: A file that is not text" in capsys.readouterr().out
    assert (folder / "a.so").read_bytes() == data


def test_a_file_that_is_too_large_to_hold_is_checked_and_stays(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = f"{' ' * 99}\n"
    lines = read_write.LARGEST // len(line) + 1
    path = write(folder / "a.log", f"{line * lines}é {TOKEN}\n{TOKEN} # notion-lsp:ignore\n")
    size = path.stat().st_size
    assert found(capsys, ".") == [("a.log", lines + 1, 3)]
    assert cli.main(["fix", "."]) == 1
    assert f"a.log:{lines + 1}:3: not fixed: A file that is not text, or larger than 32 MiB" in (
        capsys.readouterr().out
    )
    assert path.stat().st_size == size


def test_a_long_line_is_shown_where_the_token_stands(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "a.js", f"{'f();' * 10**5}'{TOKEN}'{'g();' * 10**5}")
    assert check(".") == 1
    assert len(capsys.readouterr().out) < 1000


@POSIX_ONLY
def test_what_is_no_file_is_never_opened(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    os.mkfifo("pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
        assert check(".") == 0
        for path in ("pipe", "socket", "/dev/zero"):
            assert check(path) == 2
            assert "it is not a regular file" in capsys.readouterr().err


@POSIX_ONLY
def test_a_link_out_of_the_folder_is_followed_only_if_it_was_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder.parent / "outside" / "a.py", LEAK)
    (folder / "link.py").symlink_to(folder.parent / "outside" / "a.py")
    (folder / "deep").symlink_to(folder.parent / "outside")
    assert found(capsys, ".") == []
    assert found(capsys, ".", "link.py") == [("link.py", 1, 6)]


@POSIX_ONLY
def test_a_file_that_is_named_by_a_link_too_is_read_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "b.py", LEAK)
    for name in ("a.py", "c.py"):
        (folder / name).symlink_to("b.py")
    assert found(capsys, "a.py", ".") == [("b.py", 1, 6)]
    assert found(capsys, "a.py", "c.py") == [("a.py", 1, 6)]


@POSIX_ONLY
def test_links_that_lead_to_themselves_are_told_if_they_were_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a").symlink_to("b")
    (folder / "b").symlink_to("a")
    (folder / "gone").symlink_to("nothing")
    assert check(".") == 0
    assert check("a") == 2
    assert "too many levels of symbolic links" in capsys.readouterr().err
    assert check("gone") == 2


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_nobody_may_look_into_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "locked").mkdir(0)
    assert check(".") == 2
    assert "locked could not be read: permission denied" in capsys.readouterr().err


def test_a_file_that_vanishes_while_the_folder_is_read_is_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder / "a.py", LEAK)

    def remove(paths: list[Path]) -> list[Path]:
        for path in paths:
            path.unlink()
        return paths

    monkeypatch.setattr(check_command, "track", remove)
    assert check(".") == 0


def archived(folder: Path) -> None:
    names = ("b.zip", "deep/A.JAR", "c.tar.gz", "d.whl", "e.7z", "f.vsix", "not-archived.py")
    for name in (*names, "ignored.zip"):
        write(folder / name, "PK\3\4")
    write(folder / ".gitignore", "ignored.*\n")


@pytest.mark.usefixtures("either_way")
def test_archives_are_told_not_to_have_been_looked_into(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archived(folder)
    assert check(".") == 0
    assert capsys.readouterr().err == (
        "notion-lsp: warning: 6 archives were not looked into: "
        "b.zip, c.tar.gz, d.whl, deep/A.JAR, e.7z and 1 more\n"
    )


def test_archives_that_the_next_commit_adds_are_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archived(folder)
    make_repository(folder)
    run_git(folder, "add", "b.zip")
    assert check(".") == 0
    assert "6 archives were not looked into: b.zip" in capsys.readouterr().err
    assert check("--staged") == 0
    assert "1 archive was not looked into: b.zip" in capsys.readouterr().err


def test_archives_that_the_settings_exclude_are_not_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archived(folder)
    write(folder / ".notion-lsp.toml", 'exclude = ["*.*"]\n')
    assert check(".") == 0
    assert "archive" not in capsys.readouterr().err


@pytest.mark.usefixtures("either_way")
def test_an_archive_that_is_too_large_to_be_read_whole_is_told_by_its_content(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_write, "LARGEST", 100)
    (folder / "a.plan").write_bytes(b"PK\3\4" + b"\0" * 200)
    assert check(".") == 0
    assert "1 archive was not looked into: a.plan" in capsys.readouterr().err
    assert check("a.plan") == 2


def test_an_archive_that_was_named_makes_the_check_fail(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.zip").write_bytes(b"PK\3\4\0\0")
    assert check("a.zip") == 2
    assert "a.zip could not be read: it is an archive" in capsys.readouterr().err


@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize("before", [b"MZ\0\0", b"#!/bin/sh\nset -e\nexec java -jar $0\n"])
def test_an_archive_behind_the_program_that_unpacks_it_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str], before: bytes
) -> None:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("a.py", "x = 1\n" * 100)
    (folder / "setup").write_bytes(before + packed.getvalue())
    assert check(".") == 0
    assert "1 archive was not looked into: setup\n" in capsys.readouterr().err


@pytest.mark.usefixtures("either_way")
def test_a_text_with_the_name_of_an_archive_is_looked_into(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "a.zip", LEAK)
    write(folder / "empty.tar.gz", "")
    assert check(".") == 1
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("variable", ["GIT_LITERAL_PATHSPECS", "GIT_NOGLOB_PATHSPECS"])
def test_what_has_the_name_of_an_archive_and_no_line_is_told_in_any_hook(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
) -> None:
    make_repository(folder)
    write(folder / "a.zip", "x")
    run_git(folder, "add", ".")
    monkeypatch.setenv(variable, "1")
    for arguments in (".", "--staged"):
        assert check(arguments) == 0
        assert "1 archive was not looked into: a.zip\n" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["BZhang is a name\n", "a\nPK\3\4"])
def test_a_text_that_only_resembles_an_archive_is_none(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    make_repository(folder)
    write(folder / "a.txt", text)
    run_git(folder, "add", ".")
    assert check("--staged") == 0
    assert capsys.readouterr().err == ""


@pytest.mark.skipif(sys.platform == "win32", reason="the shell of Windows is another one")
def test_a_git_without_perls_patterns_is_asked_for_fixed_strings(
    folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(folder / "a.py", f'x = "{integration_token(41)}"\n')
    program = git.program_path(folder)
    poor = write(
        tmp_path / "bin" / "git",
        f'#!/bin/sh\ncase "$*" in *--perl-regexp*) exit 128;; esac\nexec "{program}" "$@"\n',
    )
    poor.chmod(0o755)
    monkeypatch.setenv("PATH", str(poor.parent))
    assert found(capsys, ".") == [("a.py", 1, 6)]


@pytest.mark.parametrize(
    "head",
    [
        *(b"PK\x03\x04", b"#!/usr/bin/env python3\nPK\x03\x04", b"\x1f\x8b\x08"),
        *(b"7z\xbc\xaf\x27\x1c", b"\xfd7zXZ\0", b"BZh91AY&SY", b"\x28\xb5\x2f\xfd"),
    ],
)
def test_an_archive_is_known_by_its_content_too(
    folder: Path, capsys: pytest.CaptureFixture[str], head: bytes
) -> None:
    make_repository(folder)
    (folder / "tfplan").write_bytes(head + bytes(40))
    run_git(folder, "add", ".")
    assert check("--staged") == 0
    assert "1 archive was not looked into: tfplan\n" in capsys.readouterr().err
    assert check("tfplan") == 2
    assert "tfplan could not be read: it is an archive" in capsys.readouterr().err


@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize(
    "head",
    [
        *(b"PK\x03\x04", b"\x1f\x8b\x08", b"\xfd7zXZ\0", b"7z\xbc\xaf\x27\x1c"),
        *(b"BZh91AY&SY", b"BZh11AY&SY"),
    ],
)
def test_the_usual_archives_are_known_in_a_folder_by_their_content(
    folder: Path, capsys: pytest.CaptureFixture[str], head: bytes
) -> None:
    (folder / "backup").write_bytes(head + bytes(40))
    assert check(".") == 0
    assert "1 archive was not looked into: backup\n" in capsys.readouterr().err


@POSIX_ONLY
@pytest.mark.parametrize("tool", ["ripgrep", "git"])
@pytest.mark.parametrize(
    "name",
    [
        *(".gitignore", "deep/.gitignore", ".gitattributes", ".git/index", ".git/info/exclude"),
        *("pyproject.toml", ".notion-lsp.toml", ".notion-lsp-ignore", ".secretlintignore"),
        *(".gitguardian.yaml", ".env", "b.zip"),
    ],
)
def test_a_pipe_keeps_nothing_from_being_found(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
    name: str,
    tool: str,
) -> None:
    if tool == "git":
        request.getfixturevalue("without_ripgrep")
    make_repository(folder)
    write(folder / "deep" / "a.py", f'x = "{integration_token(41)}"\n')
    (folder / name).unlink(missing_ok=True)
    os.mkfifo(folder / name)
    assert found(capsys, ".") == [("deep/a.py", 1, 6)]


@POSIX_ONLY
@pytest.mark.parametrize("name", [".gitignore", ".gitattributes", ".env"])
@pytest.mark.parametrize("is_repository", [True, False])
def test_a_link_to_a_device_keeps_nothing_from_being_found(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, *, is_repository: bool
) -> None:
    if is_repository:
        make_repository(folder)
    write(folder / "a.py", LEAK)
    (folder / name).symlink_to("/dev/zero")
    assert found(capsys, ".") == [("a.py", 1, 6)]


@POSIX_ONLY
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_who_ends_the_command_ends_what_it_has_started(folder: Path, name: str) -> None:
    number = getattr(signal, name)
    make_repository(folder)
    os.mkfifo(folder / ".gitignore")
    with subprocess.Popen([sys.executable, "-m", "notion_lsp", "check", "."]) as process:
        command = psutil.Process(process.pid)
        while not (started := command.children()) and process.poll() is None:
            pass
        process.send_signal(number)
    assert process.returncode == 128 + number
    assert started
    assert psutil.wait_procs(started, 10)[1] == []


@pytest.mark.skipif(not os.access("/proc/kmsg", os.R_OK), reason="only root may read it")
@pytest.mark.parametrize("name", [".gitignore", ".notion-lsp.toml", ".env"])
def test_a_link_to_a_file_that_has_nothing_yet_keeps_nothing_from_being_found(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    write(folder / "a.py", LEAK)
    (folder / name).symlink_to("/proc/kmsg")
    assert found(capsys, ".") == [("a.py", 1, 6)]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no such limit")
@pytest.mark.skipif(ripgrep.program_path(Path.cwd()) is None, reason="git reads a file whole")
def test_a_sparse_file_costs_no_memory(folder: Path) -> None:
    write(folder / "a.py", LEAK)
    with (folder / "image.bin").open("wb") as file:
        file.truncate(1 << 29)
    done = subprocess.run(
        [sys.executable, "-c", SEARCH], capture_output=True, text=True, check=True
    )
    assert done.stdout == "['a.py']\n"


def test_folders_may_lie_deeper_than_pythons_calls(folder: Path) -> None:
    deep = folder.joinpath(*["d"] * sys.getrecursionlimit(), "a.py")
    assert scan.Scan(date.min).project(deep).folder is None


@POSIX_ONLY
@pytest.mark.parametrize("without", ["", "without_ripgrep", "without_git"])
def test_what_lies_too_deep_for_a_path_is_told(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
    without: str,
) -> None:
    for _ in range(30):
        os.mkdir("n" * 200)  # noqa: PTH102, by a path it could not be made
        monkeypatch.chdir("n" * 200)
    write(Path("a.py"), LEAK)
    monkeypatch.chdir(folder)
    if without:
        request.getfixturevalue(without)
    assert check() == 2
    assert "could not be read: file name too long" in capsys.readouterr().err
