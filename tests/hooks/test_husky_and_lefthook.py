"""Husky and Lefthook, which own the hooks of a repository, have ours in their own files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from installing import call
from repositories import repository_with, run_git, write

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(
    os.name == "nt", reason="the hooks of these tests are scripts of a shell"
)


@pytest.fixture
def repository(folder: Path) -> Path:
    return repository_with(folder, "x = 1\n")


@pytest.mark.parametrize(
    "theirs", [b"#!/usr/bin/env node\nrun();\n", b"echo \0\n"], ids=["node", "no text"]
)
def test_a_file_of_husky_that_is_no_script_of_a_shell_is_left(
    repository: Path, theirs: bytes
) -> None:
    hook = write(repository / ".husky" / "_" / "husky.sh", "").parents[1] / "commit-msg"
    hook.write_bytes(theirs)
    code, said = call(repository, "install")
    assert code == 2
    assert str(hook) in said
    assert hook.read_bytes() == theirs
    assert not (repository / ".husky" / "pre-commit").exists()


@pytest.mark.parametrize("theirs", [b"", b"\xef\xbb\xbfecho a\n", b"echo a\r\n", b"# \xfc"])
def test_each_byte_of_a_file_of_husky_stays(repository: Path, theirs: bytes) -> None:
    hook = write(repository / ".husky" / "_" / "husky.sh", "").parents[1] / "pre-commit"
    hook.write_bytes(theirs)
    assert call(repository, "install")[0] == 0
    assert b"notion-lsp hook pre-commit" in hook.read_bytes()
    assert call(repository, "uninstall")[0] == 0
    assert hook.read_bytes() == theirs


def test_lines_are_taken_out_whose_endings_git_has_changed(repository: Path) -> None:
    hook = write(repository / ".husky" / "_" / "husky.sh", "").parents[1] / "pre-commit"
    write(hook, "echo a\n")
    assert call(repository, "install")[0] == 0
    hook.write_bytes(hook.read_bytes().replace(b"\n", b"\r\n"))
    assert call(repository, "uninstall")[0] == 0
    assert hook.read_bytes() == b"echo a\r\n"


def test_husky_calls_a_line_of_its_file(repository: Path) -> None:
    run_git(repository, "config", "core.hooksPath", ".husky/_")
    script = '#!/bin/sh\nsh -e ".husky/$(basename "$0")" "$@"\n'
    write(repository / ".husky" / "_" / "pre-commit", script).chmod(0o755)
    theirs = write(repository / ".husky" / "pre-commit", "#!/bin/sh\necho theirs")
    assert call(repository, "install")[0] == 0
    first, mark, line, end, last = theirs.read_text().splitlines()
    assert (first, last) == ("#!/bin/sh", "echo theirs")
    assert line == 'notion-lsp hook pre-commit "$@" || exit'
    assert call(repository, "install")[0] == 0
    assert theirs.read_text().splitlines() == [first, mark, line, end, last]
    assert (repository / ".husky" / "pre-push").is_file()
    assert call(repository, "uninstall")[0] == 0
    assert theirs.read_text() == "#!/bin/sh\necho theirs"
    assert not (repository / ".husky" / "pre-push").exists()


def test_what_husky_calls_too_reads_all_that_git_writes(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_git(repository, "config", "core.hooksPath", ".husky/_")
    script = '#!/bin/sh\nsh -e ".husky/$(basename "$0")" "$@"\n'
    write(repository / ".husky" / "_" / "pre-push", script).chmod(0o755)
    write(repository / ".husky" / "pre-push", f"cat > '{tmp_path}/theirs'\n")
    ours = write(tmp_path / "bin" / "notion-lsp", f"#!/bin/sh\ncat > '{tmp_path}/ours'\n")
    ours.chmod(0o755)
    assert call(repository, "install")[0] == 0
    monkeypatch.setenv("PATH", f"{ours.parent}{os.pathsep}{os.environ['PATH']}")
    run_git(tmp_path, "init", "--quiet", "--bare", "server.git")
    run_git(repository, "push", "--quiet", str(tmp_path / "server.git"), "HEAD:one", "HEAD:two")
    assert len((tmp_path / "ours").read_text().splitlines()) == 2
    assert (tmp_path / "ours").read_text() == (tmp_path / "theirs").read_text()


def test_lefthook_has_jobs_in_its_local_file(repository: Path) -> None:
    write(repository / "lefthook.yml", "pre-commit:\n  jobs:\n    - run: make lint\n")
    assert call(repository, "install")[0] == 0
    local = repository / "lefthook-local.yml"
    assert "use_stdin: true" in local.read_text()
    write(local, f"{local.read_text()}output: false\n")
    assert call(repository, "install")[0] == 0
    assert call(repository, "uninstall")[0] == 0
    assert local.read_text() == "output: false\n"
    local.unlink()
    write(local, "output: false\n")
    code, said = call(repository, "install")
    assert code == 2
    assert "Add to it:" in said
    assert local.read_text() == "output: false\n"


def test_husky_in_a_folder_of_the_repository_has_lines_in_its_own_files(repository: Path) -> None:
    write(repository / "front" / ".husky" / "_" / "pre-commit", "")
    run_git(repository, "config", "core.hooksPath", "front/.husky/_")
    assert call(repository, "install")[0] == 0
    assert (repository / "front" / ".husky" / "pre-commit").is_file()
    assert [path.name for path in (repository / "front" / ".husky" / "_").iterdir()] == [
        "pre-commit"
    ]
    assert call(repository, "uninstall")[0] == 0
    assert not (repository / "front" / ".husky" / "pre-commit").exists()


@pytest.mark.usefixtures("older_git")
def test_husky_that_git_does_not_ask_is_not_told(repository: Path, tmp_path: Path) -> None:
    write(repository / ".husky" / "_" / "husky.sh", "")
    run_git(repository, "config", "core.hooksPath", str(tmp_path / "company"))
    code, said = call(repository, "install")
    assert code == 2
    assert "which is not of this repository" in said


@pytest.mark.parametrize(
    ("name", "local"),
    [
        (".lefthook.yml", ".lefthook-local.yml"),
        (".config/lefthook.toml", "lefthook-local.yml"),
        ("lefthook.json", "lefthook-local.yml"),
    ],
)
def test_each_name_of_lefthooks_settings_is_known(repository: Path, name: str, local: str) -> None:
    write(repository / name, "")
    assert call(repository, "install")[0] == 0
    assert "notion-lsp" in (repository / local).read_text()


def test_settings_of_ones_own_for_lefthook_are_shown_what_to_add(repository: Path) -> None:
    write(repository / "lefthook.yml", "")
    write(repository / "lefthook-local.toml", "")
    code, said = call(repository, "install")
    assert code == 2
    assert "lefthook-local.toml is there already. Add to it:" in said
    assert not (repository / "lefthook-local.yml").exists()
