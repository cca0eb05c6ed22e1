from __future__ import annotations

import os
import shutil
from pathlib import Path
from socket import AF_UNIX, socket
from typing import TYPE_CHECKING

import pytest
from repositories import answer, commit, make_repository, run_git, write

from notion_lsp.files import (
    git,
    git_history,
    git_index,
    git_objects,
    git_store,
    programs,
    ripgrep,
)
from notion_lsp.files.git_stream import Repository

if TYPE_CHECKING:
    from collections.abc import Callable

SOUGHT = git.Sought(["ntn_"])
POSIX_ONLY = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "repository").resolve()


def staged(folder: Path) -> dict[str, bytes | None]:
    index = git_index.staged(folder)
    assert index is not None
    return {
        file.path.name: data().read() if callable(data) else data
        for file, data in git_index.contents(index.repository, index.files)
    }


def history_of(folder: Path) -> list[bytes]:
    here = Repository(folder)
    with git_store.objects(here) as every:
        found = [each.stored.data for each in git_store.candidates(here, every.batches(), ())]
        assert not list(git_history.changes(here, every.commits(), set()))
        assert git_history.reached_from(here, set(every.commits()))
        assert (
            git_history.in_tree(here, {each.encode() for each in git_history.tips(here)}) == set()
        )
        return found


def test_the_root_is_found_from_below(repository: Path) -> None:
    (repository / "a b").mkdir()
    assert git.root(repository / "a b") == repository


def test_there_is_no_root_outside_a_repository(tmp_path: Path) -> None:
    assert git.root(tmp_path) is None


def test_there_is_no_root_below_a_folder_that_is_missing(tmp_path: Path) -> None:
    assert git.root(tmp_path / "missing") is None


@pytest.mark.parametrize(
    ("path", "ignored"),
    [
        (".env", True),
        ("build", True),
        ("build/deep/new.py", True),
        ("src/main.py", False),
        (".", False),
        (":(top)x", True),
    ],
)
def test_ignored_is_what_gitignore_names(repository: Path, path: str, ignored: bool) -> None:  # noqa: FBT001, a parameter of the test
    write(repository / ".gitignore", ".env\nbuild/\n:(top)x\n")
    (repository / "build").mkdir()
    assert git.is_ignored(repository / path) is ignored


def test_a_tracked_file_is_not_ignored(repository: Path) -> None:
    write(repository / ".env", "")
    run_git(repository, "add", ".env")
    write(repository / ".gitignore", ".env\n")
    assert git.is_ignored(repository / ".env") is False


def test_outside_a_repository_nothing_is_known_of_ignored(tmp_path: Path) -> None:
    assert git.is_ignored(tmp_path / ".env") is None


def test_tracked_is_what_was_added(repository: Path) -> None:
    write(repository / "a.py", "")
    write(repository / "b.py", "")
    run_git(repository, "add", "a.py")
    assert git.is_tracked(repository / "a.py")
    assert not git.is_tracked(repository / "b.py")
    assert not git.is_tracked(repository / "*.py")


def test_a_search_names_files_of_any_name_and_binary_ones(repository: Path) -> None:
    names = ["a.py", "a b.py", "é.py", "binary", "deep/a.py"]
    for name in names:
        write(repository / name, "\0ntn_" if name == "binary" else "x ntn_ y")
    write(repository / "none.py", "x")
    found = git.grep(repository, SOUGHT, options=["--untracked"])
    assert sorted(found or []) == sorted(repository / name for name in names)


@POSIX_ONLY
def test_a_search_names_files_with_a_line_break_in_their_name(repository: Path) -> None:
    path = write(repository / "a\nb", "ntn_")
    assert git.grep(repository, SOUGHT, options=["--untracked"]) == [path]


def test_a_search_is_not_changed_by_the_persons_configuration(repository: Path) -> None:
    path = write(repository / "sub" / "a.py", "ntn_")
    run_git(repository, "config", "grep.fullName", "true")
    run_git(repository, "config", "color.ui", "always")
    run_git(repository, "config", "grep.patternType", "perl")
    run_git(repository, "config", "submodule.recurse", "true")
    assert git.grep(path.parent, SOUGHT, options=["--untracked"]) == [path]


def test_a_search_that_git_refuses_has_no_answer(tmp_path: Path) -> None:
    assert git.grep(tmp_path, SOUGHT, options=["--no-such-option"]) is None


def test_a_folder_outside_a_repository_is_listed_as_one_that_tracks_nothing(
    tmp_path: Path,
) -> None:
    write(tmp_path / ".gitignore", "ignored.py\n")
    write(tmp_path / "ignored.py", "")
    write(tmp_path / "deep" / "kept.py", "")
    make_repository(tmp_path / "inner")
    listed = git.listed(tmp_path)
    assert listed
    names = {b".gitignore", b"ignored.py", b"deep/kept.py", b"inner/", b""}
    assert set(listed.names.split(b"\0")) == names
    assert listed.inner == [tmp_path / "inner"]


def test_an_ignored_repository_is_not_listed(tmp_path: Path) -> None:
    write(tmp_path / ".gitignore", "inner/\n")
    make_repository(tmp_path / "inner")
    listed = git.listed(tmp_path)
    assert listed
    assert not listed.inner


@pytest.mark.parametrize("made", [make_repository, Path])
def test_what_is_not_ignored_is_told_outside_of_a_repository_too(
    tmp_path: Path, made: Callable[[Path], object]
) -> None:
    made(tmp_path)
    write(tmp_path / ".gitignore", "build/\n*.zip\n!kept.zip\n")
    names = ["build/a.py", "a.zip", "kept.zip", "a.py"]
    for name in names:
        write(tmp_path / name, "")
    assert git.unignored(tmp_path, map(str.encode, names)) == [b"kept.zip", b"a.py"]


def test_words_are_whole_and_counted_each_time(repository: Path) -> None:
    write(repository / "a.py", "KEY KEY_2 KEY\nMY_KEY KEY\n")
    run_git(repository, "add", "a.py")
    assert git.words(repository, ["KEY"], 5) == ["KEY"] * 3


def test_staged_is_the_index_and_not_the_work_tree(repository: Path) -> None:
    path = write(repository / "a.py", "staged")
    run_git(repository, "add", "a.py")
    write(path, "not staged")
    write(repository / "b.py", "not staged")
    assert staged(repository) == {"a.py": b"staged"}


def test_staged_is_only_what_differs_from_the_last_commit(repository: Path) -> None:
    for name in ("same", "changed", "gone", "renamed"):
        write(repository / name, f"a long enough text of {name}\n" * 9)
    run_git(repository, "add", ".")
    run_git(repository, "commit", "--quiet", "-m", "first")
    write(repository / "changed", "\r\nnew")
    (repository / "gone").unlink()
    run_git(repository, "add", ".")
    run_git(repository, "mv", "renamed", "new name")
    assert sorted(staged(repository)) == ["changed", "new name"]
    assert staged(repository)["changed"] == b"\r\nnew"


@POSIX_ONLY
def test_the_content_of_a_staged_link_is_where_it_leads_to(repository: Path) -> None:
    (repository / "link").symlink_to("nowhere")
    run_git(repository, "add", "link")
    assert staged(repository) == {"link": b"nowhere"}


def test_staged_is_the_whole_index_from_a_folder_below_too(repository: Path) -> None:
    write(repository / "a.py", "a")
    write(repository / "below" / "b.py", "b")
    run_git(repository, "add", ".")
    assert sorted(staged(repository / "below")) == ["a.py", "b.py"]


def test_in_a_hook_of_a_linked_worktree_that_went_below_the_files_are_at_their_places(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_git(repository, "commit", "--quiet", "--allow-empty", "-m", "first")
    worktree = repository.parent / "worktree"
    run_git(repository, "worktree", "add", "--quiet", str(worktree))
    write(worktree / ".gitignore", "ignored\n")
    write(worktree / "top.js", "top")
    write(worktree / "web" / "new.js", "new")
    run_git(worktree, "add", ".")
    monkeypatch.setenv("GIT_DIR", str(repository / ".git" / "worktrees" / "worktree"))
    index = git_index.staged(worktree / "web")
    assert index
    assert [file.path for file in index.files] == [
        worktree / ".gitignore",
        worktree / "top.js",
        worktree / "web" / "new.js",
    ]
    assert git.root(worktree / "web") == worktree
    assert git.is_ignored(worktree / "web" / "ignored")


def test_in_a_hook_staged_is_the_index_of_the_commit_that_is_made(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(repository / "a.py", "of this commit")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/next-index")
    run_git(repository, "add", "a.py")
    (repository / "below").mkdir()
    assert staged(repository / "below") == {"a.py": b"of this commit"}
    assert not git.is_tracked(repository / "a.py")


def test_in_a_hook_a_work_tree_that_is_not_above_its_repository_is_found(
    tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = (tmp_path / "home").resolve()
    write(home / "a.py", "a")
    monkeypatch.setenv("GIT_DIR", str(repository / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(home))
    run_git(home, "add", "a.py")
    assert staged(home) == {"a.py": b"a"}
    assert git.root(home) is None


@pytest.mark.parametrize("named", [".git", "{top}/.git"])
def test_in_a_hook_that_has_gone_to_a_folder_the_work_tree_is_where_it_was(
    repository: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    write(repository / "below" / "a.py", "a")
    run_git(repository, "add", ".")
    monkeypatch.setenv("GIT_DIR", named.replace("{top}", str(repository)))
    monkeypatch.setenv("GIT_WORK_TREE", ".")
    assert git.root(repository / "below", staged=True) == repository


def test_in_the_hook_of_a_linked_work_tree_a_named_work_tree_is_where_it_was(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(repository)
    run_git(repository, "worktree", "add", "../linked")
    linked = (repository.parent / "linked").resolve()
    (linked / "below").mkdir()
    monkeypatch.setenv("GIT_DIR", str(repository / ".git" / "worktrees" / "linked"))
    monkeypatch.setenv("GIT_WORK_TREE", ".")
    assert git.root(linked / "below", staged=True) == linked


def test_patterns_of_paths_mean_the_same_in_the_hook_of_any_client(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(repository / "a.zip", "ntn_")
    run_git(repository, "add", "a.zip")
    monkeypatch.setenv("GIT_LITERAL_PATHSPECS", "1")
    assert git.is_tracked(path)


def test_outside_a_repository_nothing_is_known_of_staged(tmp_path: Path) -> None:
    assert git_index.staged(tmp_path) is None


@POSIX_ONLY
def test_no_program_that_the_repository_names_is_run(repository: Path) -> None:
    write(repository / "a.py", "ntn_")
    run_git(repository, "add", "a.py")
    program = write(repository / "program", f"#!/bin/sh\ntouch '{repository}/was run'\n")
    program.chmod(0o755)
    write(repository / ".gitattributes", "* diff=x filter=x\n")
    for key in (
        *("core.fsmonitor", "core.pager", "core.editor", "diff.external", "diff.x.textconv"),
        *("diff.x.command", "filter.x.clean", "filter.x.smudge", "pager.grep", "pager.diff"),
        *("gpg.program", "core.sshCommand", "credential.helper", "core.alternateRefsCommand"),
    ):
        run_git(repository, "config", key, str(program))
    run_git(repository, "-c", "core.fsmonitor=", "commit", "--quiet", "--message", "a change")
    (repository / "was run").unlink(missing_ok=True)
    write(repository / "a.py", "ntn_ 2")
    run_git(repository, "-c", "filter.x.clean=", "-c", "core.fsmonitor=", "add", "a.py")
    assert git.root(repository)
    assert git.is_ignored(repository / "a.py") is False
    assert git.is_tracked(repository / "a.py")
    assert git.grep(repository, SOUGHT, options=["--untracked"])
    assert git.words(repository, ["ntn_"], 5)
    assert staged(repository)
    versions = git_objects.versions(repository, ["a.py"])
    assert versions
    assert versions["a.py"]
    assert history_of(repository)
    assert not (repository / "was run").exists()


@POSIX_ONLY
def test_what_is_missing_is_not_fetched(repository: Path) -> None:
    write(repository / "a.py", "ntn_")
    commit(repository)
    program = write(repository / "program", f"#!/bin/sh\ntouch '{repository}/was run'\n")
    program.chmod(0o755)
    for key, value in (
        *(("core.repositoryFormatVersion", "1"), ("extensions.partialClone", "origin")),
        *(("remote.origin.promisor", "true"), ("remote.origin.url", "ssh://host/path")),
        ("core.sshCommand", str(program)),
    ):
        run_git(repository, "config", key, value)
    for path in (repository / ".git" / "objects").glob("??/*"):
        if answer(repository, "cat-file", "-t", path.parent.name + path.name) == "blob":
            path.unlink()
    staged(repository)
    git_objects.versions(repository, ["a.py"])
    history_of(repository)
    assert not (repository / "was run").exists()


def test_without_git_nothing_is_known(repository: Path, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("without_git")
    assert git.root(repository) is None
    assert git.is_ignored(repository / "a") is None
    assert not git.is_tracked(repository / "a")
    assert git.grep(repository, SOUGHT, options=["--untracked"]) is None
    assert git.words(repository, ["a"], 1) == []
    assert git_index.staged(repository) is None


def test_git_is_not_looked_for_in_the_folder_we_are_in(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(repository / "git", "").chmod(0o755)
    write(repository / "git.exe", "").chmod(0o755)
    monkeypatch.chdir(repository)
    monkeypatch.setenv("PATH", os.pathsep.join([".", ""]))
    assert git.program_path(repository) is None


@pytest.fixture
def program_on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a folder of the workspace first on the path that has programs called git and rg."""
    workspace = tmp_path / "workspace"
    for name in ("git", "rg"):
        write(workspace / "bin" / name, "#!/bin/sh\ntouch was-run\n").chmod(0o755)
    monkeypatch.setenv("PATH", os.pathsep.join([str(workspace / "bin"), os.environ["PATH"]]))
    return workspace


@POSIX_ONLY
@pytest.mark.parametrize("folder", ["", "deep", "deep/repository"])
def test_a_program_of_the_workspace_is_not_run(program_on_path: Path, folder: str) -> None:
    (program_on_path / ".git").mkdir()
    (program_on_path / "deep" / "repository" / ".git").mkdir(parents=True)
    for find in (git.program_path, ripgrep.program_path):
        program = find(program_on_path / folder)
        assert program is None or not Path(program).is_relative_to(program_on_path)


@POSIX_ONLY
def test_a_link_to_a_program_of_the_workspace_is_not_run(
    program_on_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bin").symlink_to(program_on_path / "bin")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert git.program_path(program_on_path) is None


@POSIX_ONLY
@pytest.mark.parametrize("kept", [git.program_path, ripgrep.program_path])
def test_a_search_of_the_whole_disk_has_its_programs(kept: Callable[[Path], str | None]) -> None:
    if kept(Path(os.devnull)):
        assert kept(Path("/"))


@POSIX_ONLY
@pytest.mark.parametrize(
    "spoil",
    [
        lambda top: run_git(top, "config", "core.worktree", str(top.parent)),
        lambda top: run_git(top, "config", "core.worktree", "/nowhere"),
        lambda top: run_git(top, "config", "core.bare", "true"),
        lambda top: (
            (top / ".git").rename(top.parent / "moved")
            and (top / ".git").write_text(f"gitdir: {top.parent / 'moved'}\n")
        ),
        lambda top: os.geteuid() or [shutil.chown(each, 1234) for each in top.rglob("*")],
    ],
)
def test_a_repository_does_not_say_where_its_files_are(
    repository: Path, spoil: Callable[[Path], object]
) -> None:
    write(repository / "kept.py", "x")
    run_git(repository, "add", "kept.py")
    write(repository / ".gitignore", "*\n")
    spoil(repository)
    assert git.root(repository) == repository
    assert repository / "kept.py" in git.tracked_but_ignored(repository)
    assert git.is_ignored(repository / "other.py")


@POSIX_ONLY
def test_a_socket_beside_the_files_of_git_keeps_nobody_waiting(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository / ".git")  # the name of a socket has a hundred bytes at the most
    with socket(AF_UNIX) as listening:
        listening.bind("fsmonitor--daemon.ipc")
        monkeypatch.setattr(programs, "_PATIENCE", 0.0)
        monkeypatch.setattr(programs, "_PART", 0.0)
        assert git.root(repository) == repository
