"""Which files of a folder can hold a token, and in which of them a token belongs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from corpus import cases
from repositories import make_repository, run_git, write
from token_factory import access_token, integration_token

from notion_lsp.detect import prefilters
from notion_lsp.files import gitignore, ripgrep
from notion_lsp.files.read_write import encoding_of
from notion_lsp.ignore.scanners import Triage
from notion_lsp.project.project import Project
from notion_lsp.project.search import belongs_here, searchable_files
from notion_lsp.settings import Settings

TOKEN = access_token(1)
POSIX_ONLY = pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")


def project(folder: Path, settings: Settings | None = None) -> Project:
    return Project(folder, settings or Settings(), Triage(), ())


def found(folder: Path, settings: Settings | None = None, below: Path | None = None) -> list[str]:
    given = project(folder, settings)
    paths = searchable_files(given, below)
    return [path.relative_to(folder).as_posix() for path in paths if not given.excludes(path)]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A folder with files in every state that git tells apart."""
    folder = tmp_path / "tree"
    for name in ("a.py", "deep/er/b.py", "a b.txt", "ignored/c.py", "d.log", "kept.log", ".env"):
        write(folder / name, f'x = "{TOKEN}"\n')
    write(folder / "clean.py", "x = 1\n")
    write(folder / "deep" / "e.py", f'x = "{integration_token(1)}"\n')
    write(folder / "deep" / "f.local", f'x = "{TOKEN}"\n')
    write(folder / "binary", f"\0{TOKEN}")
    (folder / "utf-16.txt").write_text(TOKEN, "utf-16")
    write(folder / ".gitignore", "ignored/\n*.log\n!kept.log\n.env\n")
    write(folder / "deep" / ".gitignore", "*.local\n")
    return folder


EXPECTED = ["a b.txt", "a.py", "binary", "deep/e.py", "deep/er/b.py", "kept.log", "utf-16.txt"]


def test_a_repository_is_searched_where_git_does_not_ignore_it(tree: Path) -> None:
    make_repository(tree)
    run_git(tree, "add", "a.py")
    assert found(tree) == EXPECTED


def test_a_folder_outside_a_repository_is_searched_in_the_same_way(tree: Path) -> None:
    assert found(tree) == EXPECTED


@pytest.mark.usefixtures("without_git")
def test_a_walk_finds_the_same_files_without_git(tree: Path) -> None:
    assert found(tree) == EXPECTED


@pytest.fixture(params=["ripgrep", "git", "neither"])
def way(request: pytest.FixtureRequest) -> str:
    """Search in one of the ways that there are; each is asked for what the others find."""
    way = str(request.param)
    if way == "ripgrep" and ripgrep.program_path(Path(os.devnull)) is None:
        pytest.skip("ripgrep is not installed")
    for name in {"git": ["without_ripgrep"], "neither": ["without_git"]}.get(way, []):
        request.getfixturevalue(name)
    return way


@pytest.fixture
def repository(tree: Path) -> Path:
    """The tree as a repository, with one inside it."""
    make_repository(tree)
    run_git(tree, "add", "a.py")
    make_repository(tree / "deep" / "nested")
    write(tree / "deep" / "nested" / "x.py", TOKEN)
    write(tree / "deep" / "nested" / "y.own", TOKEN)
    write(tree / "deep" / "nested" / ".gitignore", "*.own\n")
    write(tree / "deep" / "nested" / "d.log", TOKEN)
    write(tree / ".git" / "info" / "exclude", "a b.txt\n")
    return tree


NESTED = ["deep/nested/d.log", "deep/nested/x.py"]


@pytest.mark.usefixtures("repository", "way")
def test_each_repository_in_a_folder_is_searched_by_its_own_patterns(repository: Path) -> None:
    expected = [name for name in EXPECTED if name != "a b.txt"]
    assert found(repository) == sorted([*expected, *NESTED])


@pytest.mark.usefixtures("way")
def test_a_pattern_further_down_brings_a_file_back(tmp_path: Path) -> None:
    write(tmp_path / ".gitignore", "*.log\n")
    write(tmp_path / "deep" / ".gitignore", "!kept.log\n")
    for name in ("a.log", "kept.log"):
        write(tmp_path / "deep" / name, f'x = "{TOKEN}"\n')
    assert found(tmp_path) == ["deep/kept.log"]


def test_what_git_tracks_is_searched_although_a_pattern_names_it(
    repository: Path, way: str
) -> None:
    if way == "neither":
        pytest.skip("only git knows what is tracked")
    run_git(repository, "add", "--force", "d.log")
    run_git(repository / "deep" / "nested", "add", "--force", "y.own")
    assert {"d.log", "deep/nested/y.own"} <= set(found(repository))


def test_what_a_repository_in_a_folder_outside_of_one_tracks_is_searched(
    tree: Path, way: str
) -> None:
    if way == "neither":
        pytest.skip("only git knows what is tracked")
    make_repository(tree)
    run_git(tree, "add", "--force", "d.log")
    assert f"{tree.name}/d.log" in found(tree.parent)


@pytest.mark.usefixtures("way")
def test_a_repository_that_is_broken_is_searched_as_any_folder(tree: Path) -> None:
    write(tree / "deep" / ".git", "gitdir: nowhere\n")
    assert found(tree) == EXPECTED


@pytest.mark.usefixtures("way")
def test_outside_of_a_repository_no_pattern_counts_that_stands_above(tree: Path) -> None:
    write(tree.parent / ".gitignore", "*\n")
    assert found(tree) == EXPECTED


@pytest.fixture
def divided(tree: Path) -> Path:
    """The tree as a repository, with another one made in a folder that it tracks."""
    make_repository(tree)
    run_git(tree, "add", ".")
    make_repository(tree / "deep")
    return tree


@pytest.mark.usefixtures("divided", "way")
def test_what_git_tracks_is_searched_although_a_repository_was_made_there(divided: Path) -> None:
    assert found(divided) == EXPECTED


@pytest.fixture
def with_submodule(tmp_path: Path) -> Path:
    """A repository with another one as a submodule."""
    other = make_repository(tmp_path / "other")
    write(other / "tracked.own", TOKEN)
    run_git(other, "add", ".")
    run_git(other, "commit", "--quiet", "-m", "first")
    folder = make_repository(tmp_path / "repository")
    allowed = ("-c", "protocol.file.allow=always")
    run_git(folder, *allowed, "submodule", "--quiet", "add", str(other), "module")
    return folder


@pytest.mark.usefixtures("with_submodule", "way")
def test_a_submodule_is_searched(with_submodule: Path) -> None:
    assert found(with_submodule) == ["module/tracked.own"]


def test_a_submodule_that_a_pattern_names_is_searched(with_submodule: Path, way: str) -> None:
    if way == "neither":
        pytest.skip("only git knows what is tracked")
    write(with_submodule / ".gitignore", "module/\n")
    write(with_submodule / "module" / ".gitignore", "*.out\n")
    write(with_submodule / "module" / "ignored.out", TOKEN)
    assert found(with_submodule) == ["module/tracked.own"]


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("name", gitignore.METADATA)
def test_the_files_of_version_control_are_left_out(tmp_path: Path, name: str) -> None:
    for path in (tmp_path / name / "a.py", tmp_path / "deep" / name / "a.py", tmp_path / "b.py"):
        write(path, TOKEN)
    assert found(tmp_path) == ["b.py"]


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("name", sorted({*gitignore.METADATA} - {".git"}))
def test_a_file_with_a_name_of_version_control_is_searched(tmp_path: Path, name: str) -> None:
    write(tmp_path / "deep" / name, TOKEN)
    assert found(tmp_path) == [f"deep/{name}"]


@pytest.mark.parametrize("name", [".svn", "deep/CVS"])
def test_what_git_tracks_of_other_version_control_is_searched(
    tmp_path: Path, name: str, way: str
) -> None:
    if way == "neither":
        pytest.skip("only git knows what is tracked")
    make_repository(tmp_path)
    write(tmp_path / name / "a.py", TOKEN)
    run_git(tmp_path, "add", ".")
    write(tmp_path / name / "b.py", TOKEN)
    assert found(tmp_path) == [f"{name}/a.py"]


@pytest.fixture(params=[make_repository, Path.mkdir])
def top(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder, a repository or not."""
    folder = tmp_path / "top"
    request.param(folder)
    return folder


@pytest.mark.usefixtures("top", "way")
@pytest.mark.parametrize("name", [".ignore", ".rgignore", "../.rgignore", ".hidden/.rgignore"])
@pytest.mark.parametrize("rules", ["*\n", "*.py\n!c.py\n"])
def test_hidden_files_are_searched_whatever_a_file_for_ripgrep_says(
    top: Path, name: str, rules: str
) -> None:
    write(top / ".hidden" / ".a.py", TOKEN)
    write(top / "b.py", TOKEN)
    write(top / "c.py", TOKEN)
    write(top / name, rules)
    write(top / ".gitignore", "c.py\n.rgignore\n")
    assert found(top) == [".hidden/.a.py", "b.py"]


@pytest.mark.usefixtures("way")
def test_a_file_with_any_form_that_the_corpus_has_is_found(tmp_path: Path) -> None:
    every = [case for group in ("plain", "split", "encoded") for case in cases(group)]
    files = {f"{number}.txt": case for number, case in enumerate(every) if case.tokens}
    for name, case in files.items():
        (tmp_path / name).write_bytes(case.data)
    searched = set(found(tmp_path))
    missed = [case for name, case in files.items() if name not in searched]
    assert [case.name.partition(":")[0] for case in missed] == NOT_SEARCHED_FOR


@pytest.mark.usefixtures("way")
def test_a_form_in_the_middle_of_a_large_file_is_found(tmp_path: Path) -> None:
    for group in ("plain", "split", "encoded"):
        for number, case in enumerate(cases(group)):
            if case.tokens and encoding_of(case.data) == (b"", "utf-8"):
                (tmp_path / f"{group}-{number}.txt").write_bytes(case.data)
    every = set(found(tmp_path))
    for path in tmp_path.rglob("*.txt"):
        path.write_bytes(FILLING + path.read_bytes() + FILLING)
    assert set(found(tmp_path)) == every


# More than is looked at around a needle, and nothing that a token or a string could be part of.
FILLING = b"\n" * 10_000


# A prefix that is broken, or partly in codes, has no text in common that a search could look for.
NOT_SEARCHED_FOR = ["encoded/escapes-1/some.js"]


@pytest.mark.skipif(ripgrep.program_path(Path(os.devnull)) is None, reason="there is no ripgrep")
def test_ripgrep_takes_the_patterns(tmp_path: Path) -> None:
    write(tmp_path / "a.py", TOKEN)
    left_out = gitignore.METADATA
    found = ripgrep.search(tmp_path, prefilters.patterns(), ignored=False, left_out=left_out)
    assert found == [tmp_path / "a.py"]


@pytest.mark.skipif(os.name == "nt", reason="Windows runs no script")
def test_a_ripgrep_of_the_folder_that_is_searched_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = write(tmp_path / "folder" / "bin" / "rg", "#!/bin/sh\ntouch was-run\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    monkeypatch.setenv(ripgrep.HANDED_OVER, str(program))
    assert ripgrep.program_path(tmp_path / "folder") != str(program)


@pytest.mark.skipif(os.name == "nt", reason="Windows runs no script")
@pytest.mark.parametrize("before", ["", "echo 'rg: b: Broken (os error 5)' >&2; "])
def test_a_program_that_crashes_has_not_searched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str
) -> None:
    write(tmp_path / "folder" / "a.py", TOKEN)
    write(tmp_path / "folder" / "b", "")
    for name in ("git", "rg"):
        program = write(tmp_path / "bin" / name, f"#!/bin/sh\n{before}kill -KILL $$\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr("sysconfig.get_path", lambda _name: str(tmp_path / "bin"))
    assert "a.py" in found(tmp_path / "folder")


def test_a_folder_below_is_searched_alone(tree: Path, request: pytest.FixtureRequest) -> None:
    make_repository(tree)
    by_git = found(tree, below=tree / "deep")
    assert by_git == ["deep/e.py", "deep/er/b.py"]
    request.getfixturevalue("without_git")
    assert found(tree, below=tree / "deep") == by_git


def test_a_folder_that_is_ignored_itself_is_searched_when_it_is_asked_for(
    tree: Path, request: pytest.FixtureRequest
) -> None:
    make_repository(tree)
    assert found(tree, below=tree / "ignored") == ["ignored/c.py"]
    request.getfixturevalue("without_git")
    assert found(tree, below=tree / "ignored") == ["ignored/c.py"]


@POSIX_ONLY
def test_links_are_not_followed(tree: Path, request: pytest.FixtureRequest) -> None:
    (tree / "link.py").symlink_to("a.py")
    (tree / "folder").symlink_to("deep")
    (tree / "loop").symlink_to(".")
    assert found(tree) == EXPECTED
    request.getfixturevalue("without_git")
    assert found(tree) == EXPECTED


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_what_nobody_may_read_is_a_candidate(tree: Path, request: pytest.FixtureRequest) -> None:
    write(tree / "locked.py", "").chmod(0)
    (tree / "locked").mkdir(0)
    assert {"locked.py", "locked"} <= set(found(tree))
    request.getfixturevalue("without_git")
    assert {"locked.py", "locked"} <= set(found(tree))


def test_excluded_files_are_left_out(tree: Path) -> None:
    settings = Settings(exclude=("deep/", "*.txt", "!utf-16.txt"))
    assert found(tree, settings) == ["a.py", "binary", "kept.log", "utf-16.txt"]


def test_nothing_is_searched_without_a_folder() -> None:
    assert searchable_files(Project(None, Settings(), Triage(), ())) == ()


@pytest.mark.usefixtures("without_git")
def test_a_file_that_is_ignored_is_known_without_git(tmp_path: Path) -> None:
    write(tmp_path / ".gitignore", ".env\n")
    assert belongs_here(tmp_path / "below" / ".env")


def test_a_token_belongs_in_a_dotenv_file_that_git_ignores(tmp_path: Path) -> None:
    make_repository(tmp_path)
    write(tmp_path / ".gitignore", "*\n")
    assert belongs_here(tmp_path / ".env")
    assert not belongs_here(tmp_path / "a.py")
    assert not belongs_here(tmp_path / ".env.example")


def test_a_token_does_not_belong_in_a_dotenv_file_that_git_would_add(tmp_path: Path) -> None:
    make_repository(tmp_path)
    assert not belongs_here(tmp_path / ".env")
