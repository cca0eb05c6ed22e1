"""git's hooks, as git calls them: what is brought is refused, whatever way it comes."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from repositories import answer, commit, make_repository, run_git, write
from token_factory import access_token, integration_token

from notion_lsp import cli
from notion_lsp.files import read_write
from notion_lsp.hooks.git._updates import received
from notion_lsp.hooks.git.pre_push import pushed

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.usefixtures("folder"),
    pytest.mark.skipif(os.name == "nt", reason="the hooks of these tests are scripts of a shell"),
]

TOKEN = access_token(91)
OTHER = integration_token(92)
LEAK = f'x = "{TOKEN}"\n'


def hook(repository: Path, name: str) -> None:
    script = f'#!/bin/sh\nexec "{sys.executable}" -m notion_lsp hook {name} "$@"\n'
    folder = answer(repository, "rev-parse", "--git-path", "hooks")
    write(repository / folder / name, script).chmod(0o755)


def refusal(folder: Path, *arguments: str) -> str:
    """Return what git says when a hook refuses what it was told to do."""
    with pytest.raises(subprocess.CalledProcessError) as refused:
        run_git(folder, *arguments)
    said: bytes = refused.value.stderr
    assert TOKEN not in said.decode()
    return said.decode()


@pytest.fixture
def clone(folder: Path) -> Path:
    """Return a repository with a commit that its remote has, and a hook before each push."""
    run_git(folder, "init", "--quiet", "--bare", "server.git")
    clone = make_repository(folder / "clone")
    run_git(clone, "remote", "add", "origin", str(folder / "server.git"))
    write(clone / "a.py", "x = 1\n")
    commit(clone)
    run_git(clone, "push", "--quiet", "--set-upstream", "origin", "HEAD")
    hook(clone, "pre-push")
    return clone


def leak(clone: Path, branch: str, text: str = LEAK) -> str:
    run_git(clone, "checkout", "--quiet", "-B", branch)
    write(clone / f"{branch}.py", text)
    return commit(clone)


def test_every_ref_of_a_push_is_looked_at(clone: Path) -> None:
    run_git(clone, "branch", "clean")
    made = leak(clone, "leaky")
    said = refusal(clone, "push", "origin", "clean", "leaky")
    assert "leaky.py:1:6: error[access-token]" in said
    assert f"It came with commit {made[:10]} (A, " in said
    assert "to go on without this check: git push --no-verify" in said
    run_git(clone, "push", "--quiet", "origin", "clean")


def test_what_was_taken_out_again_is_pushed_all_the_same(clone: Path) -> None:
    leak(clone, "leaky")
    (clone / "leaky.py").unlink()
    commit(clone)
    assert "leaky.py:1:6" in refusal(clone, "push", "origin", "leaky")


def test_what_one_commit_brings_and_the_next_one_keeps_is_new_and_in_head(clone: Path) -> None:
    leak(clone, "leaky")
    last = leak(clone, "leaky", f"{LEAK}y = 1\n")
    said = refusal(clone, "push", "origin", "leaky")
    assert f"and last with {last[:10]} (A, " in said
    assert "It is still in HEAD" in said
    assert "was there before" not in said


def test_what_the_remote_has_is_not_refused_again(clone: Path) -> None:
    leak(clone, "leaky")
    run_git(clone, "push", "--quiet", "--no-verify", "origin", "leaky")
    write(clone / "leaky.py", f"import os\n{LEAK}")
    commit(clone)
    run_git(clone, "push", "--quiet", "origin", "leaky", "leaky:another")


def test_a_remote_that_is_new_gets_all_of_the_history(clone: Path, folder: Path) -> None:
    leak(clone, "leaky")
    run_git(clone, "push", "--quiet", "--no-verify", "origin", "leaky")
    run_git(folder, "init", "--quiet", "--bare", "other.git")
    run_git(clone, "remote", "add", "other", str(folder / "other.git"))
    assert "leaky.py:1:6" in refusal(clone, "push", "other", "leaky")


def test_a_push_over_commits_that_are_not_here_is_looked_at(clone: Path, folder: Path) -> None:
    run_git(folder, "clone", "--quiet", str(folder / "server.git"), "colleague")
    write(folder / "colleague" / "b.py", "1\n")
    commit(folder / "colleague")
    run_git(folder / "colleague", "push", "--quiet")
    branch = answer(clone, "branch", "--show-current")
    write(clone / "c.py", "1\n")
    commit(clone)
    run_git(clone, "push", "--quiet", "--force", "origin", branch)
    write(clone / "d.py", LEAK)
    run_git(clone, "add", "d.py")
    run_git(clone, "commit", "--quiet", "--amend", "--no-edit")
    assert "d.py:1:6" in refusal(clone, "push", "--force", "origin", branch)


def test_a_branch_that_is_deleted_brings_nothing(clone: Path) -> None:
    run_git(clone, "push", "--quiet", "origin", "HEAD:gone")
    run_git(clone, "push", "--quiet", "origin", "--delete", "gone")
    run_git(clone, "push", "--quiet", "origin", "HEAD")


def test_the_message_of_a_tag_is_looked_at(clone: Path) -> None:
    run_git(clone, "tag", "--annotate", "v1", "--message", f"with {TOKEN}")
    assert "message of " in refusal(clone, "push", "origin", "v1")


def test_a_push_to_an_address_is_looked_at(clone: Path, folder: Path) -> None:
    leak(clone, "leaky")
    address = str(folder / "server.git")
    assert "leaky.py:1:6" in refusal(clone, "push", address, "HEAD:refs/heads/new")


def test_ids_may_be_of_sha_256(folder: Path) -> None:
    run_git(folder, "init", "--quiet", "--bare", "--object-format=sha256", "server.git")
    run_git(folder, "init", "--quiet", "--object-format=sha256", "clone")
    clone = folder / "clone"
    run_git(clone, "remote", "add", "origin", str(folder / "server.git"))
    hook(clone, "pre-push")
    write(clone / "a.py", "1\n")
    commit(clone)
    run_git(clone, "push", "--quiet", "origin", "HEAD:one")
    run_git(clone, "push", "--quiet", "origin", "--delete", "one")
    leak(clone, "leaky")
    assert "leaky.py:1:6" in refusal(clone, "push", "origin", "leaky")


def test_the_lines_of_a_push_are_read_as_git_writes_them() -> None:
    zeros, one, two = "0" * 64, "1" * 64, "2" * 40
    given = f"HEAD@{{2 days ago}} {one} refs/heads/a {zeros}\n(delete) {zeros} refs/heads/b {two}\n"
    assert pushed(given.encode()) == [(zeros, one, "refs/heads/a")]
    assert pushed(b"") == []
    given = f"{zeros} {one} refs/heads/a b\n{two} {zeros} refs/x\n"
    assert received(given.encode()) == [(zeros, one, "refs/heads/a b")]


@pytest.mark.parametrize("character", ["\x85", "\u2028", "\u2029"])
def test_no_name_of_a_ref_hides_what_is_pushed(clone: Path, folder: Path, character: str) -> None:
    leak(clone, f"lea{character}ky")
    assert "error[access-token]" in refusal(clone, "push", "origin", "HEAD")
    (clone / ".git" / "hooks" / "pre-push").unlink()
    hook(folder / "server.git", "pre-receive")
    assert "error[access-token]" in refusal(clone, "push", "origin", "HEAD")


def test_the_name_of_a_new_branch_is_looked_at(clone: Path) -> None:
    run_git(clone, "branch", f"a-{TOKEN}")
    assert "names of branches and tags:1:" in refusal(clone, "push", "origin", f"a-{TOKEN}")


def test_the_name_of_a_branch_that_the_remote_has_stops_no_push(clone: Path) -> None:
    run_git(clone, "push", "--no-verify", "origin", f"HEAD:refs/heads/a-{TOKEN}")
    write(clone / "clean.py", "x = 2\n")
    commit(clone)
    run_git(clone, "push", "origin", f"HEAD:a-{TOKEN}")


def test_who_wrote_a_commit_is_looked_at(clone: Path) -> None:
    run_git(clone, "commit", "--quiet", "--allow-empty", "--message=a", f"--author={TOKEN} <a@b>")
    assert "header of " in refusal(clone, "push", "origin", "HEAD")


def test_a_server_refuses_what_is_pushed_whichever_ref_brings_it(clone: Path, folder: Path) -> None:
    (clone / ".git" / "hooks" / "pre-push").unlink()
    hook(folder / "server.git", "pre-receive")
    run_git(clone, "branch", "clean")
    leak(clone, "leaky")
    said = refusal(clone, "push", "origin", "clean", "leaky")
    assert "leaky.py:1:6: error[access-token]" in said
    assert answer(folder / "server.git", "branch", "--list", "leaky") == ""
    run_git(clone, "push", "--quiet", "origin", "clean")


def test_a_server_may_refuse_each_ref_for_itself(clone: Path, folder: Path) -> None:
    (clone / ".git" / "hooks" / "pre-push").unlink()
    hook(folder / "server.git", "update")
    run_git(clone, "branch", "clean")
    leak(clone, "leaky")
    run_git(clone, "branch", "same")
    assert "leaky.py:1:6" in refusal(clone, "push", "origin", "clean", "leaky", "same")
    assert answer(folder / "server.git", "branch", "--list", "leaky", "same") == ""
    assert answer(folder / "server.git", "branch", "--list", "clean")


def test_a_server_that_has_taken_a_push_tells_what_it_brought(clone: Path, folder: Path) -> None:
    (clone / ".git" / "hooks" / "pre-push").unlink()
    leak(clone, "leaky")
    run_git(clone, "push", "--quiet", "origin", "leaky")
    hook(folder / "server.git", "post-receive")
    assert "notion-lsp" not in said_of(clone, "push", "origin", "leaky:other")
    write(clone / "b.py", f'y = "{OTHER}"\n')
    commit(clone)
    said = said_of(clone, "push", "origin", "leaky", "leaky:third")
    assert "b.py:1:6" in said
    assert "leaky.py" not in said
    assert "the push is taken" in said
    assert "--no-verify" not in said
    assert "notion-lsp" not in said_of(clone, "push", "origin", "--delete", "third")


def said_of(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stderr


def test_where_a_link_leads_to_is_looked_at(clone: Path) -> None:
    hook(clone, "pre-commit")
    (clone / "link").symlink_to(TOKEN)
    run_git(clone, "add", "link")
    assert "link:1:1: error[access-token]" in refusal(clone, "commit", "--message", "a link")
    run_git(clone, "commit", "--quiet", "--no-verify", "--message", "a link")
    assert "link:1:1: error[access-token]" in refusal(clone, "push", "origin", "HEAD")


def test_what_is_staged_and_too_large_for_the_memory_is_looked_at(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_repository(folder)
    monkeypatch.setattr(read_write, "LARGEST", 2**12)
    write(folder / "a.py", "# a comment\n" * 2**9 + LEAK)
    run_git(folder, "add", "a.py")
    assert cli.main(["hook", "pre-commit"]) == 1
    assert "a.py:513:6: error[access-token]" in capsys.readouterr().err


def test_a_message_is_refused_up_to_the_scissors(folder: Path) -> None:
    make_repository(folder)
    hook(folder, "commit-msg")
    write(folder / "a.py", LEAK)
    run_git(folder, "add", "a.py")
    assert "COMMIT_EDITMSG:1:5" in refusal(folder, "commit", "--message", f"set {TOKEN}")
    editor = "GIT_EDITOR=sed -i 1s/^/set/"
    done = subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@b", "commit", "--verbose"],
        cwd=folder,
        env=os.environ | dict([editor.split("=", 1)]),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("way", ["all", "path", "below", "worktree", "short path"])
def test_a_commit_is_looked_at_whichever_way_it_is_made(
    folder: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    make_repository(folder)
    write(folder / "below" / "a.py", "x = 1\n")
    write(folder / "b.py", "x = 1\n")
    commit(folder)
    hook(folder, "pre-commit")
    here = folder
    if way == "worktree":
        run_git(folder, "worktree", "add", "--quiet", "../tree")
        here = folder.parent / "tree"
    write(here / "below" / "a.py", LEAK)
    if way in {"worktree", "short path"}:
        run_git(here, "add", "--all")
    if way == "short path":
        monkeypatch.setenv("PATH", "/usr/bin:/bin")
    options = {"all": ["-a"], "path": ["below/a.py"], "below": ["-a"]}.get(way, [])
    cwd = here / "below" if way == "below" else here
    said = refusal(cwd, "commit", "--message", "a change", *options)
    assert "a.py:1:6" in said
    assert "to go on without this check: git commit --no-verify" in said


def test_a_hook_heeds_the_baseline_of_the_project(folder: Path) -> None:
    make_repository(folder)
    write(folder / "a.py", LEAK)
    cli.main(["check", "--baseline", ".notion-lsp-baseline.json"])
    hook(folder, "pre-commit")
    commit(folder, "what is known")
    write(folder / "b.py", f'y = "{OTHER}"\n')
    run_git(folder, "add", "b.py")
    assert "b.py:1:6" in refusal(folder, "commit", "--message", "what is new")


def test_a_hook_that_cannot_see_says_how_to_go_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["hook", "pre-commit"]) == 2
    said = capsys.readouterr().err
    assert "git does not say what is to be checked here" in said
    assert "to go on without this check: git commit --no-verify" in said
