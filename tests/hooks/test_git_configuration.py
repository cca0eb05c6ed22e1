"""From 2.54 on, git has hooks in its configuration, beside those of anybody else."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from installing import call
from repositories import answer, refusal, repository_with, run_git, write
from token_factory import access_token

from notion_lsp.hooks import git_install

if TYPE_CHECKING:
    from pathlib import Path

LEAK = f'x = "{access_token(93)}"\n'


def _is_older() -> bool:
    said = subprocess.check_output(["git", "--version"], text=True)
    return tuple(map(int, re.findall(r"\d+", said)[:2])) < (2, 54)


needs_newer = pytest.mark.skipif(_is_older(), reason="git is older than 2.54")


@pytest.fixture
def repository(folder: Path) -> Path:
    return repository_with(folder, "x = 1\n")


def test_a_git_with_hooks_in_its_configuration_has_them_there(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(git_install, "_version", lambda _: (2, 54))
    where = "git's configuration (local)"
    assert git_install.install(repository, everywhere=False) == where
    assert answer(repository, "config", "hook.notion-lsp-pre-push.event") == "pre-push"
    assert git_install.install(repository, everywhere=False) == where
    assert git_install.uninstall(repository, everywhere=False) == [where]
    assert "notion-lsp" not in (repository / ".git" / "config").read_text()


@needs_newer
def test_a_commit_is_refused_beside_the_hooks_of_others_until_ours_are_taken_out(
    repository: Path,
) -> None:
    hook = write(repository / "others" / "pre-commit", "#!/bin/sh\n: > ran\n")
    hook.chmod(0o700)
    run_git(repository, "config", "core.hooksPath", "others")
    assert call(repository, "install")[0] == 0
    run_git(repository, "commit", "--allow-empty", "--message", "nothing")
    assert (repository / "ran").exists()
    write(repository / "b.py", LEAK)
    run_git(repository, "add", "b.py")
    assert "error[access-token]" in refusal(repository, "commit", "--message", "a leak")
    assert call(repository, "uninstall")[0] == 0
    run_git(repository, "commit", "--message", "a leak")


@needs_newer
def test_a_push_is_refused(repository: Path, tmp_path: Path) -> None:
    assert call(repository, "install")[0] == 0
    write(repository / "b.py", LEAK)
    run_git(repository, "add", "b.py")
    run_git(repository, "commit", "--no-verify", "--message", "a leak")
    run_git(tmp_path, "init", "--quiet", "--bare", "server.git")
    pushed = ("push", str(tmp_path / "server.git"), "HEAD:refs/heads/main")
    assert "error[access-token]" in refusal(repository, *pushed)


@needs_newer
def test_hooks_of_all_repositories_take_the_folder_of_hooks_from_nobody(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = write(tmp_path / "config", "[user]\n\tname = A\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(own))
    assert call(folder, "install", "--global")[0] == 0
    assert "hooksPath" not in own.read_text()
    assert call(folder, "uninstall", "--global")[0] == 0
    assert own.read_text() == "[user]\n\tname = A\n"
