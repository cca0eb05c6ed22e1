"""The managers of git's hooks themselves, with ours installed beside what they run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from kits import kit, make_node, make_python
from repositories import commit, make_repository, refusal, run_git, write
from token_factory import access_token
from toolchains import required

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(sys.executable).parent
TOKEN = access_token(96)
LEAK = f'x = "{TOKEN}"\n'

# lefthook's own script would install it in the repository that the tests are in.
NODE = ("--ignore-scripts", "husky@9.1.7", "lefthook@2.2.2")
PREK = ("prek==0.5.11",)
OURS = """\
repos:
  - repo: {ours}
    rev: v1
    hooks:
      - {{id: notion-lsp, language: system}}
      - {{id: notion-lsp-message, language: system}}
      - {{id: notion-lsp-push, language: system}}
  - repo: local
    hooks:
      - {{id: theirs, name: theirs, language: system, entry: sh -c 'echo >> theirs',
          always_run: true, pass_filenames: false, stages: [pre-commit]}}
"""


def programs() -> Path:
    required("npm")
    return kit("hook-managers", NODE, lambda folder: make_node(folder, NODE)) / "node_modules/.bin"


def run(folder: Path, *command: str | Path) -> None:
    subprocess.run(list(map(str, command)), cwd=folder, check=True, capture_output=True)


def notion_lsp(folder: Path, command: str) -> None:
    run(folder, PROGRAMS / "notion-lsp", command)


def husky(folder: Path) -> None:
    run(folder, programs() / "husky")
    write(folder / ".husky" / "pre-commit", "echo >> theirs\n")
    notion_lsp(folder, "install")


def lefthook(folder: Path) -> None:
    write(folder / "lefthook.yml", "pre-commit:\n  jobs:\n    - run: echo >> theirs\n")
    notion_lsp(folder, "install")
    run(folder, programs() / "lefthook", "install")


def prek(folder: Path) -> None:
    made = kit("prek", PREK, lambda kept: make_python(kept, PREK))
    ours = make_repository(folder.parent / "ours")
    hooks = ".pre-commit-hooks.yaml"
    write(ours / hooks, (ROOT / hooks).read_text("utf-8"))
    commit(ours)
    run_git(ours, "tag", "v1")
    write(folder / ".pre-commit-config.yaml", OURS.format(ours=ours))
    run_git(folder, "add", ".pre-commit-config.yaml")
    each = (f"--hook-type={name}" for name in ("pre-commit", "commit-msg", "pre-push"))
    run(folder, made / "bin" / "prek", "install", *each)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PREK_HOME", str(tmp_path / "prek"))
    monkeypatch.delenv("CI", raising=False)
    folder = make_repository(tmp_path / "work")
    run_git(tmp_path, "init", "--quiet", "--bare", "server.git")
    run_git(folder, "remote", "add", "origin", str(tmp_path / "server.git"))
    write(folder / ".gitignore", "theirs\n")
    commit(folder)
    run_git(folder, "push", "--quiet", "origin", "HEAD:main")
    return folder


MANAGERS = [husky, lefthook, prek]


@pytest.mark.parametrize("manager", MANAGERS)
def test_a_commit_and_its_message_are_refused(
    manager: Callable[[Path], None], repository: Path
) -> None:
    manager(repository)
    write(repository / "a.py", LEAK)
    run_git(repository, "add", ".")
    assert "a.py:1:6" in refusal(repository, "commit", "--message", "a leak")
    write(repository / "a.py", "x = 1\n")
    run_git(repository, "add", ".")
    assert "COMMIT_EDITMSG:1:5" in refusal(repository, "commit", "--message", f"set {TOKEN}")
    run_git(repository, "commit", "--message", "clean")
    assert (repository / "theirs").read_text()


@pytest.mark.parametrize("manager", MANAGERS)
def test_a_push_is_refused_for_a_commit_that_the_next_one_mends(
    manager: Callable[[Path], None], repository: Path
) -> None:
    manager(repository)
    for text in (LEAK, "x = 1\n"):
        write(repository / "a.py", text)
        run_git(repository, "add", ".")
        run_git(repository, "commit", "--no-verify", "--message", "a change")
    assert "a.py:1:6" in refusal(repository, "push", "origin", "HEAD:one")


# What follows the framework of pre-commit hands on the first ref of a push, and no tag.
@pytest.mark.parametrize("manager", [husky, lefthook])
def test_every_ref_of_a_push_is_looked_at_and_the_message_of_a_tag(
    manager: Callable[[Path], None], repository: Path
) -> None:
    manager(repository)
    run_git(repository, "branch", "clean")
    write(repository / "a.py", LEAK)
    run_git(repository, "add", ".")
    run_git(repository, "commit", "--no-verify", "--message", "a leak")
    assert "a.py:1:6" in refusal(repository, "push", "origin", "clean", "HEAD:two")
    run_git(repository, "tag", "--annotate", "v1", "clean", "--message", f"it was {TOKEN}")
    assert ":1:8" in refusal(repository, "push", "origin", "v1")
    run_git(repository, "push", "origin", "clean")


@pytest.mark.parametrize("manager", [husky, lefthook])
def test_the_manager_goes_on_when_ours_is_taken_out(
    manager: Callable[[Path], None], repository: Path
) -> None:
    manager(repository)
    notion_lsp(repository, "uninstall")
    write(repository / "a.py", LEAK)
    run_git(repository, "add", ".")
    run_git(repository, "commit", "--message", "a leak")
    assert (repository / "theirs").read_text()
