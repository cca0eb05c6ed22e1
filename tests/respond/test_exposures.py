from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from repositories import commit, make_repository, run_git, write
from token_factory import access_token

from notion_lsp.explain.exposure import Exposure, Origin, sentence
from notion_lsp.explain.shown import markdown
from notion_lsp.respond.exposures import Leak, exposures, traced

TOKEN = access_token(1)
LEAK = f'a = "{TOKEN}"\n'

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def leak(tmp_path: Path) -> Path:
    """Return a file with a token in a repository that knows nothing of it, beside one it knows."""
    repository = make_repository(tmp_path / "repository")
    write(repository / "other.py", "other")
    commit(repository)
    return write(repository / "a folder" / "ü.py", LEAK)


def push(repository: Path, remote: str, branch: str) -> None:
    bare = repository.parent / remote.replace("/", "-")
    run_git(repository, "init", "--quiet", "--bare", str(bare))
    run_git(repository, "remote", "add", remote, str(bare))
    run_git(repository, "push", "--quiet", remote, f"HEAD:refs/heads/{branch}")


def exposure(path: Path, *written: str) -> Exposure | None:
    place = Leak(path, written or (TOKEN,))
    found = exposures([place]).get(place)
    # Which commit has it is told by a test of its own.
    return found and found._replace(commit="")


def repository_of(leak: Path) -> Path:
    return leak.parents[1]


def test_outside_a_repository_nothing_can_be_told(tmp_path: Path) -> None:
    assert exposure(write(tmp_path / "a.py", LEAK)) is None


def test_a_file_with_a_line_feed_in_its_name_is_taken_for_one_that_git_does_not_have(
    leak: Path,
) -> None:
    odd = write(leak.parent / "a\nb.py", LEAK)
    commit(repository_of(leak))
    assert exposure(odd) == Exposure("work tree")


def test_a_repository_without_a_commit_has_a_work_tree_and_an_index(tmp_path: Path) -> None:
    repository = make_repository(tmp_path)
    path = write(repository / "a.py", LEAK)
    assert exposure(path) == Exposure("work tree")
    run_git(repository, "add", "a.py")
    assert exposure(path) == Exposure("staged")


def test_a_new_token_in_a_committed_file_is_in_the_work_tree_alone(leak: Path) -> None:
    leak.write_text("a = 1\n")
    commit(repository_of(leak))
    leak.write_text(LEAK)
    assert exposure(leak) == Exposure("work tree")


def test_a_staged_token_is_told(leak: Path) -> None:
    run_git(repository_of(leak), "add", "--all")
    assert exposure(leak) == Exposure("staged")


def test_a_committed_token_is_told_though_the_index_has_another_content(leak: Path) -> None:
    commit(repository_of(leak))
    leak.write_text("a = 1\n")
    run_git(repository_of(leak), "add", "--all")
    assert exposure(leak) == Exposure("committed")


def test_a_pushed_token_is_told_with_each_remote_that_has_it(leak: Path) -> None:
    push(repository_of(leak), "before", "main")
    commit(repository_of(leak))
    push(repository_of(leak), "upstream", "main")
    push(repository_of(leak), "origin", "topic")
    assert exposure(leak) == Exposure("pushed", ("origin", "upstream"))


def test_a_remote_and_a_branch_may_have_a_slash_in_their_names(leak: Path) -> None:
    commit(repository_of(leak))
    push(repository_of(leak), "team/fork", "topic/a")
    push(repository_of(leak), "origin", "team/fork")
    assert exposure(leak) == Exposure("pushed", ("origin", "team/fork"))


def test_a_token_that_was_pushed_and_then_taken_out_is_still_pushed(leak: Path) -> None:
    commit(repository_of(leak))
    push(repository_of(leak), "origin", "topic")
    leak.write_text("a = 1\n")
    commit(repository_of(leak))
    assert exposure(leak) == Exposure("pushed", ("origin",))


def test_among_thousands_of_branches_the_one_that_is_followed_is_looked_at(leak: Path) -> None:
    repository = repository_of(leak)
    before = repository / ".git" / "packed-refs"
    commit(repository)
    push(repository, "origin", "zzz")
    run_git(repository, "branch", "--set-upstream-to", "origin/zzz")
    tree = [f"refs/remotes/origin/{number:04}" for number in range(200)]
    for name in tree:
        run_git(repository, "update-ref", name, "HEAD~1")
    run_git(repository, "pack-refs", "--all")
    assert before.read_text().count("\n") > len(tree)
    assert exposure(leak) == Exposure("pushed", ("origin",))


@pytest.mark.parametrize("encode", [str.encode, lambda text: text.encode("utf-16")])
def test_a_token_is_found_in_the_encoding_of_its_file(
    leak: Path, encode: Callable[[str], bytes]
) -> None:
    leak.write_bytes(encode(LEAK))
    commit(repository_of(leak))
    assert exposure(leak) == Exposure("committed")


def test_a_split_token_is_committed_when_each_of_its_pieces_is(leak: Path) -> None:
    leak.write_text(f'a = "{TOKEN[:20]}"\n')
    commit(repository_of(leak))
    assert exposure(leak, TOKEN[:20], TOKEN[20:]) == Exposure("work tree")
    leak.write_text(f'a = "{TOKEN[:20]}" + "{TOKEN[20:]}"\n')
    commit(repository_of(leak))
    assert exposure(leak, TOKEN[:20], TOKEN[20:]) == Exposure("committed")


def test_what_the_repository_puts_in_the_place_of_an_object_is_not_believed(leak: Path) -> None:
    repository = repository_of(leak)
    commit(repository)
    harmless = write(repository / "other.py", "a = 1\n")
    run_git(repository, "hash-object", "-w", str(harmless))
    run_git(repository, "replace", "HEAD:a folder/ü.py", "HEAD:other.py")
    assert exposure(leak) == Exposure("committed")


def test_the_index_of_a_hook_is_not_that_of_the_repository(
    leak: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_git(repository_of(leak), "add", "--all")
    monkeypatch.setenv("GIT_DIR", str(repository_of(leak).parent / "nowhere"))
    assert exposure(leak) == Exposure("staged")


def origin(path: Path) -> Origin | None:
    return traced_to_its_end(path).origin


def traced_to_its_end(path: Path) -> Exposure:
    place = Leak(path, (TOKEN,))
    return traced(exposures([place]))[place]


def written_by(repository: Path, author: str, day: str) -> None:
    run_git(repository, "add", "--all")
    about = (f"--author={author} <b@example.org>", f"--date={day}T12:00:00Z")
    run_git(repository, "commit", "--quiet", "--message", "a change", *about)


def test_what_is_not_committed_has_no_origin(leak: Path) -> None:
    assert origin(leak) is None


def test_the_origin_is_the_commit_that_brought_the_token_and_not_the_last_change(
    leak: Path,
) -> None:
    repository = repository_of(leak)
    written_by(repository, "Ann", "2026-10-02")
    leak.write_text(f"# indented\n    {LEAK}")
    written_by(repository, "Bob", "2026-11-05")
    found = origin(leak)
    assert found
    assert found[1:] == ("Ann", "2026-10-02", False)
    assert len(found.commit) == 7


def test_a_renamed_file_was_pushed_under_the_name_that_it_had(leak: Path) -> None:
    repository = repository_of(leak)
    written_by(repository, "Ann", "2026-10-02")
    push(repository, "origin", "main")
    for name in ("b.py", "c.py"):
        leak = leak.rename(leak.with_name(name))
        written_by(repository, "Bob", "2026-11-05")
    told = traced_to_its_end(leak)
    assert (told.stage, told.remotes) == ("pushed", ("origin",))
    assert told.origin
    assert told.origin.author == "Ann"


def test_a_file_that_was_moved_without_a_word_to_git_was_pushed_under_its_earlier_name(
    leak: Path,
) -> None:
    repository = repository_of(leak)
    written_by(repository, "Ann", "2026-10-02")
    push(repository, "origin", "main")
    moved = repository / "moved"
    leak.parent.rename(moved)
    told = traced_to_its_end(moved / leak.name)
    assert (told.stage, told.remotes) == ("pushed", ("origin",))
    assert told.origin
    assert told.origin.author == "Ann"


def test_a_new_file_is_not_taken_for_one_that_was_deleted(leak: Path) -> None:
    repository = repository_of(leak)
    commit(repository)
    leak.unlink()
    place = Leak(write(repository / "new.py", "b = 1\n"), (access_token(2),))
    assert traced(exposures([place]))[place].stage == "work tree"


def test_the_earlier_name_of_a_file_is_asked_once_for_all_of_its_tokens(
    leak: Path, started: list[str]
) -> None:
    places = [Leak(leak, (access_token(number),)) for number in range(1, 5)]
    told = exposures(places)
    started.clear()
    traced(told)
    assert started.count("ls-files") == 1


def test_the_commits_of_a_file_are_asked_for_once_for_all_of_its_tokens(
    leak: Path, started: list[str]
) -> None:
    tokens = [access_token(number) for number in range(1, 5)]
    leak.write_text("\n".join(tokens))
    written_by(repository_of(leak), "Ann", "2026-10-02")
    told = exposures([Leak(leak, (token,)) for token in tokens])
    started.clear()
    origins = [each.origin for each in traced(told).values()]
    assert started.count("rev-list") == 1
    assert [each and each.author for each in origins] == ["Ann"] * len(tokens)


def tagged(repository: Path, leak: Path, tag: str) -> None:
    """Make a tag of a commit that has the token, and go back to the one before."""
    text = leak.read_text()
    written_by(repository, "Ann", "2026-10-02")
    run_git(repository, "tag", tag)
    run_git(repository, "reset", "--quiet", "--hard", "HEAD~1")
    write(leak, text)


def test_a_token_that_only_a_tag_has_is_committed_there(leak: Path) -> None:
    tagged(repository_of(leak), leak, "v1.0")
    told = traced_to_its_end(leak)
    assert (told.stage, told.tags) == ("committed", ("v1.0",))
    assert told.origin
    assert told.origin.author == "Ann"
    assert "is in the tag v1.0: git does not tell whether that was pushed" in sentence(told)


def test_a_tag_behind_a_branch_of_a_remote_was_pushed_with_it(leak: Path) -> None:
    repository = repository_of(leak)
    tagged(repository, leak, "v1.0")
    push(repository, "origin", "main")
    assert traced_to_its_end(leak).stage == "committed"
    run_git(repository, "checkout", "--quiet", "--force", "v1.0")
    leak.write_text("a = 1\n")
    commit(repository)
    run_git(repository, "push", "--quiet", "origin", "HEAD:refs/heads/main")
    run_git(repository, "reset", "--quiet", "--hard", "HEAD~2")
    told = traced_to_its_end(write(leak, LEAK))
    assert (told.stage, told.remotes, told.tags) == ("pushed", ("origin",), ())


def test_the_name_of_a_tag_cannot_be_a_token_nor_a_link_that_runs_a_command(leak: Path) -> None:
    tagged(repository_of(leak), leak, f"<a(b){TOKEN}")
    said = sentence(traced_to_its_end(leak))
    assert TOKEN not in said
    assert "\\<a" in markdown(said)


def test_a_file_that_is_staged_under_another_name_was_committed_before(leak: Path) -> None:
    repository = repository_of(leak)
    written_by(repository, "Ann", "2026-10-02")
    leak = leak.rename(leak.with_name("b.py"))
    run_git(repository, "add", "--all")
    assert exposure(leak) == Exposure("staged")
    assert traced_to_its_end(leak).stage == "committed"


def test_a_token_that_a_remote_had_and_has_no_more_is_pushed_all_the_same(leak: Path) -> None:
    repository = repository_of(leak)
    commit(repository)
    text = leak.read_text()
    leak.write_text("a = 1\n")
    commit(repository)
    push(repository, "origin", "main")
    run_git(repository, "reset", "--quiet", "--hard", "HEAD~1")
    assert leak.read_text() == text
    assert exposure(leak) == Exposure("committed")
    told = traced_to_its_end(leak)
    assert (told.stage, told.remotes) == ("pushed", ("origin",))


def test_what_was_never_pushed_stays_committed(leak: Path) -> None:
    repository = repository_of(leak)
    push(repository, "origin", "main")
    commit(repository)
    assert traced_to_its_end(leak).stage == "committed"


def test_the_origin_is_found_on_a_remote_that_had_the_token(leak: Path) -> None:
    repository = repository_of(leak)
    written_by(repository, "Ann", "2026-10-02")
    push(repository, "origin", "main")
    leak.write_text("a = 1\n")
    written_by(repository, "Bob", "2026-11-05")
    found = origin(leak)
    assert found
    assert found.author == "Ann"


def test_a_shallow_clone_says_what_it_cannot_tell(leak: Path, tmp_path: Path) -> None:
    repository = repository_of(leak)
    commit(repository)
    write(repository / "other.py", "another")
    commit(repository)
    run_git(tmp_path, "clone", "--quiet", "--depth=1", repository.as_uri(), "shallow")
    copy = tmp_path / "shallow" / "a folder" / "ü.py"
    told = exposure(copy)
    assert told
    assert told.limits == ("shallow",)
    assert "shallow" in sentence(told)
    found = origin(copy)
    assert found
    assert found.earlier


def test_a_work_tree_beside_its_repository_is_looked_into(leak: Path, tmp_path: Path) -> None:
    commit(repository_of(leak))
    run_git(repository_of(leak), "worktree", "add", "--quiet", str(tmp_path / "beside"))
    assert exposure(tmp_path / "beside" / "a folder" / "ü.py") == Exposure("committed")


def partial(leak: Path, *options: str) -> Path:
    """Make a partial clone of the repository, and return the file there."""
    repository = repository_of(leak)
    commit(repository)
    run_git(repository, "config", "uploadpack.allowFilter", "true")
    filtered = ("--filter=blob:none", repository.as_uri(), "partial")
    run_git(repository.parent, "clone", "--quiet", *options, *filtered)
    return write(repository.parent / "partial" / "a folder" / "ü.py", LEAK)


def test_a_partial_clone_says_what_it_cannot_tell(leak: Path) -> None:
    told = exposure(partial(leak))
    assert told == Exposure("pushed", ("origin",), limits=("partial",))
    assert "partial" in sentence(told)


def test_a_partial_clone_is_known_by_its_configuration(leak: Path) -> None:
    copy = partial(leak, "--no-checkout")
    for mark in (repository_of(copy) / ".git" / "objects" / "pack").glob("*.promisor"):
        mark.unlink()
    assert exposure(copy) == Exposure("work tree", limits=("partial",))


def test_what_borrows_the_objects_of_a_partial_clone_is_partial_itself(leak: Path) -> None:
    borrowed, alone = repository_of(partial(leak, "--no-checkout")), leak.parents[2] / "borrowing"
    run_git(
        alone.parent, "clone", "--quiet", "--shared", "--no-checkout", borrowed.name, alone.name
    )
    told = exposure(write(alone / "a folder" / "ü.py", LEAK))
    assert told == Exposure("work tree", limits=("partial",))


def test_a_file_in_a_bare_repository_says_that_nothing_can_be_told(tmp_path: Path) -> None:
    run_git(tmp_path, "init", "--quiet", "--bare", "bare.git")
    told = traced_to_its_end(write(tmp_path / "bare.git" / "hooks" / "update", LEAK))
    assert told == Exposure("work tree", limits=("bare",))
    assert "bare" in sentence(told)


def test_a_repository_that_git_cannot_read_says_that_nothing_can_be_told(leak: Path) -> None:
    commit(repository_of(leak))
    write(repository_of(leak) / ".git" / "config", "[")
    told = traced_to_its_end(leak)
    assert told == Exposure("work tree", limits=("unreadable",))
    assert "cannot be told" in sentence(told)


def test_no_program_that_a_hostile_repository_names_is_run_for_the_origin(
    leak: Path, tmp_path: Path
) -> None:
    repository, mark = repository_of(leak), tmp_path / "run"
    write(repository / ".gitattributes", "* diff=x filter=x\n")
    for name in ("diff.x.textconv", "filter.x.clean", "gpg.program", "diff.external"):
        run_git(repository, "config", name, f"touch '{mark}'; cat")
    run_git(repository, "config", "log.showSignature", "true")
    run_git(repository, "add", "--all")
    mark.unlink(missing_ok=True)
    run_git(repository, "-c", "filter.x.clean=cat", "commit", "--quiet", "--message", "a change")
    mark.unlink(missing_ok=True)
    assert origin(leak)
    assert not mark.exists()


def test_the_author_is_shown_without_a_token_and_without_a_mark(leak: Path) -> None:
    written_by(repository_of(leak), f"[x](command:a) {TOKEN}", "2026-10-02")
    place = Leak(leak, (TOKEN,))
    said = sentence(traced(exposures([place]))[place])
    assert "in " in said
    assert TOKEN not in said
    assert "\\[x\\]" in markdown(said)


def test_of_three_thousand_branches_few_are_looked_at(leak: Path, started: list[str]) -> None:
    repository = repository_of(leak)
    commit(repository)
    head = (repository / ".git" / "packed-refs").parent / "packed-refs"
    tip = (repository / ".git" / "refs" / "heads").iterdir().__next__().read_text().strip()
    rows = (f"{tip} refs/remotes/origin/b{number:04}\n" for number in range(3000))
    head.write_text("# pack-refs with: peeled fully-peeled sorted\n" + "".join(rows))
    started.clear()
    assert exposure(leak) == Exposure("pushed", ("origin",))
    assert started.count("cat-file") == 1


def test_git_is_told_no_token(leak: Path, started: list[str]) -> None:
    commit(repository_of(leak))
    assert origin(leak)
    assert {"cat-file", "rev-list"} <= set(started)
    assert [text for text in started if TOKEN[8:] in text] == []


def test_a_token_in_the_work_tree_needs_no_word() -> None:
    assert sentence(Exposure("work tree")) == sentence(None) == ""


def test_the_name_of_a_remote_cannot_be_a_token_nor_a_link_that_runs_a_command(leak: Path) -> None:
    commit(repository_of(leak))
    run_git(repository_of(leak), "update-ref", f"refs/remotes/{TOKEN}<a(b)/main", "HEAD")
    pushed = exposure(leak)
    assert pushed
    said = sentence(pushed)
    assert TOKEN not in said
    assert "\\<a" in markdown(said)
