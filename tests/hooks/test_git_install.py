"""git's hooks are installed so that whatever runs there already goes on, and taken out again."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from repositories import answer, commit, make_repository, run_git, write
from token_factory import access_token

from notion_lsp.hooks import git_install
from notion_lsp.refused import Refused

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.usefixtures("folder"),
    pytest.mark.skipif(os.name == "nt", reason="the hooks of these tests are scripts of a shell"),
]

LEAK = f'x = "{access_token(93)}"\n'


def call(folder: Path, *arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "notion_lsp", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


def tree(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir() if path.is_file()}


def refused(folder: Path, *arguments: str) -> bool:
    try:
        run_git(folder, *arguments)
    except subprocess.CalledProcessError as error:
        said: bytes = error.stderr
        return b"error[access-token]" in said
    return False


@pytest.fixture
def repository(folder: Path) -> Path:
    make_repository(folder)
    write(folder / "a.py", "x = 1\n")
    commit(folder)
    return folder


def stage(repository: Path) -> None:
    write(repository / "b.py", LEAK)
    run_git(repository, "add", "b.py")


def test_outside_of_a_repository_nothing_is_installed(folder: Path) -> None:
    code, said = call(folder, "install")
    assert code == 2
    assert "there is no repository" in said


def test_hooks_are_installed_and_taken_out_again(repository: Path) -> None:
    hooks = repository / ".git" / "hooks"
    before = tree(hooks)
    code, said = call(repository, "install")
    assert code == 0, said
    assert "Hooks can be skipped by --no-verify" in said
    stage(repository)
    assert refused(repository, "commit", "--message", "a leak")
    assert call(repository, "install")[0] == 0
    assert call(repository, "uninstall")[0] == 0
    assert tree(hooks) == before
    run_git(repository, "commit", "--quiet", "--message", "a leak")


def test_what_was_there_goes_on_and_reads_all_that_git_writes(
    repository: Path, folder: Path
) -> None:
    hooks = repository / ".git" / "hooks"
    written = folder / ".git" / "written"
    for name in ("pre-commit", "pre-push"):
        script = f"#!/bin/sh\necho {name} >> '{written}'\ncat >> '{written}'\n"
        write(hooks / name, script).chmod(0o755)
    before = tree(hooks)
    assert call(repository, "install")[0] == 0
    run_git(folder, "init", "--quiet", "--bare", "server.git")
    write(folder / ".gitignore", "server.git\n")
    commit(repository)
    run_git(repository, "push", "--quiet", "server.git", "HEAD:one", "HEAD:two")
    lines = written.read_text().splitlines()
    assert [lines[0], lines[1], len(lines)] == ["pre-commit", "pre-push", 4]
    stage(repository)
    run_git(repository, "commit", "--quiet", "--no-verify", "--message", "a leak")
    assert refused(repository, "push", "server.git", "HEAD:three")
    assert call(repository, "uninstall")[0] == 0
    assert tree(hooks) == before


def test_what_was_there_and_refuses_is_heard(repository: Path) -> None:
    hook = write(repository / ".git" / "hooks" / "pre-commit", "#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    assert call(repository, "install")[0] == 0
    with pytest.raises(subprocess.CalledProcessError):
        run_git(repository, "commit", "--allow-empty", "--message", "a change")


def test_a_linked_work_tree_has_the_hooks_of_its_repository(repository: Path) -> None:
    run_git(repository, "worktree", "add", "--quiet", "tree")
    assert call(repository / "tree", "install")[0] == 0
    stage(repository / "tree")
    assert refused(repository / "tree", "commit", "--message", "a leak")


def test_a_program_that_is_gone_is_told_with_the_way_on(repository: Path) -> None:
    assert call(repository, "install")[0] == 0
    hook = repository / ".git" / "hooks" / "pre-commit"
    hook.write_text(hook.read_text().replace(sys.executable, "/gone/python"))
    with pytest.raises(subprocess.CalledProcessError) as raised:
        run_git(repository, "commit", "--allow-empty", "--message", "a change")
    assert b"the program of this hook is gone" in raised.value.stderr
    assert b"--no-verify" in raised.value.stderr


def test_a_folder_of_hooks_in_the_repository_is_used(repository: Path) -> None:
    run_git(repository, "config", "core.hooksPath", "tools/hooks")
    assert call(repository, "install")[0] == 0
    assert (repository / "tools" / "hooks" / "pre-push").is_file()


def test_a_folder_of_hooks_that_others_share_is_left(repository: Path, tmp_path: Path) -> None:
    run_git(repository, "config", "core.hooksPath", str(tmp_path / "company"))
    code, said = call(repository, "install")
    assert code == 2
    assert "which is not of this repository" in said
    assert not (tmp_path / "company").exists()


def test_husky_calls_a_line_of_its_file(repository: Path) -> None:
    run_git(repository, "config", "core.hooksPath", ".husky/_")
    script = '#!/bin/sh\nsh -e ".husky/$(basename "$0")" "$@"\n'
    write(repository / ".husky" / "_" / "pre-commit", script).chmod(0o755)
    theirs = write(repository / ".husky" / "pre-commit", "#!/bin/sh\necho theirs")
    assert call(repository, "install")[0] == 0
    first, mark, line, end, last = theirs.read_text().splitlines()
    assert (first, line, last) == ("#!/bin/sh", 'notion-lsp hook pre-commit "$@"', "echo theirs")
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
    assert call(repository, "uninstall")[0] == 0
    write(local, "output: false\n")
    code, said = call(repository, "install")
    assert code == 2
    assert "Add to it:" in said
    assert local.read_text() == "output: false\n"


def test_a_git_with_hooks_in_its_configuration_has_them_there(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(git_install, "_version", lambda _: (2, 54))
    place = git_install.place(repository, everywhere=False)
    assert not isinstance(place, Refused)
    assert place.install() is None
    assert answer(repository, "config", "hook.notion-lsp-pre-push.event") == "pre-push"
    assert place.install() is None
    assert place.uninstall() is None
    assert "notion-lsp" not in (repository / ".git" / "config").read_text()


def test_all_repositories_need_a_git_that_takes_nothing_from_anybody(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(write(tmp_path / "config", "")))
    code, said = call(repository, "install", "--global")
    assert code == 0 or "git has hooks for all repositories from 2.54 on" in said
    assert "hooksPath" not in (tmp_path / "config").read_text()
