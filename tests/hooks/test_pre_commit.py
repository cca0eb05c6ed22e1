"""The ids that pre-commit offers, as pre-commit itself runs them; prek reads the same files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from repositories import commit, make_repository, refusal, run_git, write
from token_factory import access_token

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(sys.executable).parent
PRE_COMMIT = shutil.which("pre-commit", path=PROGRAMS)

pytestmark = [
    pytest.mark.usefixtures("folder"),
    pytest.mark.skipif(os.name == "nt", reason="the hooks of these tests are scripts of a shell"),
    pytest.mark.skipif(PRE_COMMIT is None, reason="pre-commit is not installed"),
]

TOKEN = access_token(94)
LEAK = f'x = "{TOKEN}"\n'
# What is installed here stands in for an environment with all that the package asks for.
CONFIGURATION = """\
default_install_hook_types: [pre-commit, pre-merge-commit, commit-msg, pre-push]
repos:
  - repo: {ours}
    rev: v1
    hooks:
      - {{id: notion-lsp, language: system}}
      - {{id: notion-lsp-system}}
      - {{id: notion-lsp-message, language: system}}
      - {{id: notion-lsp-push, language: system}}
"""


@pytest.fixture
def repository(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PATH", f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}")
    ours = make_repository(tmp_path / "ours")
    hooks = ".pre-commit-hooks.yaml"
    write(ours / hooks, (ROOT / hooks).read_text("utf-8"))
    commit(ours)
    run_git(ours, "tag", "v1")
    make_repository(folder)
    write(folder / ".pre-commit-config.yaml", CONFIGURATION.format(ours=ours))
    commit(folder)
    subprocess.run([str(PRE_COMMIT), "install"], cwd=folder, check=True, capture_output=True)
    return folder


def test_a_commit_and_its_message_are_refused(repository: Path) -> None:
    write(repository / "a.py", LEAK)
    run_git(repository, "add", "a.py")
    assert refusal(repository, "commit", "--message", "a leak").count("a.py:1:6") == 2
    run_git(repository, "reset", "--quiet", "--hard")
    message = ("commit", "--allow-empty", "--message", f"set {TOKEN}")
    assert "COMMIT_EDITMSG:1:5" in refusal(repository, *message)


def test_the_first_push_of_a_branch_is_refused_for_all_of_its_commits(
    repository: Path, tmp_path: Path
) -> None:
    run_git(tmp_path, "init", "--quiet", "--bare", "server.git")
    run_git(repository, "remote", "add", "origin", str(tmp_path / "server.git"))
    write(repository / "a.py", LEAK)
    run_git(repository, "add", "a.py")
    run_git(repository, "commit", "--quiet", "--no-verify", "--message", "a leak")
    (repository / "a.py").unlink()
    commit(repository)
    assert "a.py:1:6" in refusal(repository, "push", "origin", "HEAD")
