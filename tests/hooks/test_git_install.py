"""git's hooks are installed so that whatever runs there already goes on, and taken out again."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from installing import call
from repositories import commit, repository_with, run_git, write
from token_factory import access_token

from notion_lsp.files import read_write
from notion_lsp.hooks import git_install
from notion_lsp.refused import Refused

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.usefixtures("folder", "older_git"),
    pytest.mark.skipif(os.name == "nt", reason="the hooks of these tests are scripts of a shell"),
]

LEAK = f'x = "{access_token(93)}"\n'


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
    return repository_with(folder, "x = 1\n")


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
    assert "skip the hooks with --no-verify" in said
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


def test_a_hook_that_is_a_link_to_another_goes_on_beside_it(repository: Path) -> None:
    hooks = repository / ".git" / "hooks"
    write(hooks / "pre-commit", "#!/bin/sh\necho ran >> .git/ran\n").chmod(0o755)
    (hooks / "commit-msg").symlink_to("pre-commit")
    before = tree(hooks)
    assert call(repository, "install")[0] == 0
    run_git(repository, "commit", "--quiet", "--allow-empty", "--message", "a change")
    assert (repository / ".git" / "ran").read_text() == "ran\n" * 2
    stage(repository)
    assert refused(repository, "commit", "--message", "a leak")
    assert call(repository, "uninstall")[0] == 0
    assert tree(hooks) == before
    assert (hooks / "commit-msg").is_symlink()


def test_lines_that_somebody_adds_to_the_hook_run_and_stay(repository: Path) -> None:
    hook = repository / ".git" / "hooks" / "pre-commit"
    assert call(repository, "install")[0] == 0
    write(hook, f"{hook.read_text()}exit 3\n")
    assert call(repository, "install")[0] == 0
    with pytest.raises(subprocess.CalledProcessError):
        run_git(repository, "commit", "--allow-empty", "--message", "a change")
    assert call(repository, "uninstall")[0] == 0
    assert hook.read_text() == "#!/bin/sh\nexit 3\n"


def test_lines_that_somebody_adds_are_kept_beside_what_was_there(repository: Path) -> None:
    hook = write(repository / ".git" / "hooks" / "pre-commit", "#!/bin/sh\nexit 0\n")
    hook.chmod(0o755)
    assert call(repository, "install")[0] == 0
    write(hook, f"{hook.read_text()}make lint\n")
    code, said = call(repository, "uninstall")
    assert code == 2
    assert "pre-commit.since-notion-lsp" in said
    assert hook.read_text() == "#!/bin/sh\nexit 0\n"
    assert hook.with_name("pre-commit.since-notion-lsp").read_text() == "#!/bin/sh\nmake lint\n"
    assert not hook.with_name("pre-push").exists()


def test_a_hook_that_has_taken_the_place_of_ours_is_left(repository: Path) -> None:
    hook = write(repository / ".git" / "hooks" / "pre-commit", "#!/bin/sh\nexit 0\n")
    assert call(repository, "install")[0] == 0
    write(hook, "#!/bin/sh\nexit 1\n")
    code, said = call(repository, "uninstall")
    assert (code, hook.read_text()) == (2, "#!/bin/sh\nexit 1\n")
    assert "pre-commit.before-notion-lsp" in said


def test_what_was_there_comes_back_when_ours_has_been_deleted(repository: Path) -> None:
    hook = write(repository / ".git" / "hooks" / "pre-commit", "#!/bin/sh\nexit 0\n")
    assert call(repository, "install")[0] == 0
    hook.unlink()
    assert call(repository, "uninstall")[0] == 0
    assert hook.read_text() == "#!/bin/sh\nexit 0\n"


def test_nothing_is_written_if_one_hook_is_in_the_way(repository: Path) -> None:
    hooks = repository / ".git" / "hooks"
    for name in ("commit-msg", "commit-msg.before-notion-lsp"):
        write(hooks / name, "#!/bin/sh\n")
    before = tree(hooks)
    code, said = call(repository, "install")
    assert code == 2
    assert "commit-msg.before-notion-lsp is there already" in said
    assert tree(hooks) == before


def test_a_folder_of_hooks_that_is_a_file_is_told(repository: Path, tmp_path: Path) -> None:
    hooks = repository / ".git" / "hooks"
    hooks.rename(tmp_path / "hooks")
    write(hooks, "")
    code, said = call(repository, "install")
    assert (code, said) == (2, f"notion-lsp: error: {hooks}: file exists\n")


def test_a_module_of_the_repository_is_not_taken_for_one_of_ours(repository: Path) -> None:
    assert call(repository, "install")[0] == 0
    write(repository / "notion_lsp" / "__init__.py", "raise SystemExit(0)\n")
    stage(repository)
    assert refused(repository, "commit", "--message", "a leak")


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


@pytest.mark.parametrize("path", ["../company", "linked"])
def test_a_path_that_leads_out_of_the_repository_is_left(repository: Path, path: str) -> None:
    company = repository.parent / "company"
    company.mkdir()
    (repository / "linked").symlink_to(company)
    run_git(repository, "config", "core.hooksPath", path)
    assert call(repository, "install")[0] == 2
    assert not list(company.iterdir())


def test_a_linked_work_tree_uses_the_folder_that_its_repository_names(repository: Path) -> None:
    run_git(repository, "config", "core.hooksPath", str(repository / ".git" / "hooks"))
    run_git(repository, "worktree", "add", "--quiet", "tree")
    assert call(repository / "tree", "install")[0] == 0
    stage(repository / "tree")
    assert refused(repository / "tree", "commit", "--message", "a leak")


@pytest.mark.parametrize("name", ["of\u2028us", "of\nus"])
def test_a_folder_of_hooks_may_have_any_name(repository: Path, name: str) -> None:
    run_git(repository, "config", "core.hooksPath", name)
    assert call(repository, "install")[0] == 0
    assert (repository / name / "pre-push").is_file()


def test_after_an_upgrade_of_git_the_hooks_are_moved_and_each_runs_once(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hooks = repository / ".git" / "hooks"
    write(hooks / "pre-commit", "#!/bin/sh\nexit 0\n")
    before = tree(hooks)
    assert git_install.install(repository, everywhere=False) == str(hooks)
    monkeypatch.setattr(git_install, "_version", lambda _: (2, 54))
    assert git_install.install(repository, everywhere=False) == "git's configuration (local)"
    assert tree(hooks) == before


def test_hooks_are_taken_out_wherever_they_would_be_put_today(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hooks = repository / ".git" / "hooks"
    before = tree(hooks)
    assert git_install.install(repository, everywhere=False) == str(hooks)
    monkeypatch.setattr(git_install, "_version", lambda _: (2, 54))
    write(repository / ".husky" / "_" / "husky.sh", "")
    run_git(repository, "config", "core.hooksPath", "/company")
    assert git_install.uninstall(repository, everywhere=False) == [str(hooks)]
    assert tree(hooks) == before
    assert git_install.uninstall(repository, everywhere=False) == []


def test_what_was_moved_aside_comes_back_if_ours_cannot_be_written(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hooks = repository / ".git" / "hooks"
    write(hooks / "pre-commit", "#!/bin/sh\nexit 0\n")
    before = tree(hooks)
    full = read_write.Unreadable(hooks, "no space left on device")
    monkeypatch.setattr(read_write, "write_atomically", lambda *_: full)
    assert isinstance(git_install.install(repository, everywhere=False), Refused)
    assert tree(hooks) == before


def test_hooks_for_all_repositories_need_a_newer_git(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(write(tmp_path / "config", "")))
    code, said = call(repository, "install", "--global")
    assert code == 2
    assert "git has hooks for all repositories from 2.54 on" in said
    assert not (tmp_path / "config").read_text()
