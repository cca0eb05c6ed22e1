"""Patterns of paths mean here what they mean to git."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from repositories import make_repository, write

from notion_lsp.files.path_patterns import is_valid, lines_of, parse, parse_all

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# git takes a `**` that is no whole name for one, if nothing but letters stands before it, which
# gitignore(5) does not say: none is made here.
_PIECES = (
    *("a", "b", "*", "?", r"\*", r"\a", "]", "-", "!", "#", " ", r"\ "),
    *("[ab]", "[!a]", "[^b]", "[a-c]", "[]]", "[]-c]", "[!]]", "[a-]", "[--a]", r"[\]a]", "[c-a]"),
    *("[[:alpha:]]", "[[:digit:]x]", "[[:foo:]]", "[[:", "[", "[a-", "[a/]", "\\"),
)
_segments = st.just("**") | st.lists(st.sampled_from(_PIECES), max_size=4).map("".join)
_lines = st.builds(
    lambda negated, top, segments, end: f"{negated}{top}{'/'.join(segments)}{end}",
    *(st.sampled_from(["", "", "!"]), st.sampled_from(["", "/"])),
    *(st.lists(_segments, min_size=1, max_size=4), st.sampled_from(["", "/"])),
).filter(lambda line: "**" not in line.replace("/**", "").removeprefix("**"))
_names = st.text("abc]-1[!#* ", min_size=1, max_size=3)
_paths = st.lists(_names, min_size=1, max_size=4).map("/".join)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_repository(tmp_path_factory.mktemp("repository"))


def ignored_by_git(repository: Path, lines: Sequence[str], paths: Sequence[str]) -> set[str]:
    write(repository / ".gitignore", "\n".join(lines))
    command = ("git", "check-ignore", "--no-index", "--stdin", "-z", "--verbose")
    asked = "\0".join(paths).encode()
    done = subprocess.run(command, cwd=repository, input=asked, capture_output=True, check=False)
    said = done.stdout.decode().split("\0")
    # For each path that a pattern is for: the file, the line, the pattern, the path.
    return {path for pattern, path in zip(said[2::4], said[3::4], strict=True) if pattern[0] != "!"}


def ignored(lines: Sequence[str], path: str) -> bool:
    patterns, names = parse_all(lines), path.split("/")
    depths = range(1, len(names) + 1)
    return any(patterns.verdict(names[:depth], is_folder=depth < len(names)) for depth in depths)


@given(lines=st.lists(_lines, min_size=1, max_size=3), paths=st.sets(_paths, min_size=20))
def test_what_git_ignores_is_ignored_and_nothing_else(
    repository: Path, lines: list[str], paths: set[str]
) -> None:
    expected = ignored_by_git(repository, lines, sorted(paths))
    assert {path for path in paths if ignored(lines, path)} == expected


@given(lines=st.lists(_lines, min_size=1, max_size=3), path=_paths)
def test_no_file_is_left_out_that_git_does_not_ignore(lines: list[str], path: str) -> None:
    assert parse_all(lines).leave_out(path.split("/")) <= ignored(lines, path)


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ("**/a/**/*-*-*.js", "x/a/b/c/one-two-three.js"),
        ("**/a/**/*-*-*.js", "a/one-two-.js"),
        ("a**b", "axb"),
        ("*.min.*", "below/a.min.js"),
        ("src/**", "src/a/b"),
        ("build/", "build/a/b"),
        (r"\#a", "#a"),
        (r"a\ ", "a "),
        ("é?", "éé"),
    ],
)
def test_a_pattern_is_for_a_path(line: str, path: str) -> None:
    assert parse_all([line]).leave_out(path.split("/"))


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ("**/a/**/*-*-*.js", "x/a/b/c/one-two.js"),
        ("a**b", "a/b"),
        ("src/**", "src"),
        ("build/", "build"),
        ("/a", "b/a"),
        ("a/b", "c/a/b"),
        ("a ", "a "),
        ("# a", "# a"),
        ("a?b", "a/b"),
        ("a[/]b", "a/b"),
    ],
)
def test_a_pattern_is_not_for_a_path(line: str, path: str) -> None:
    assert not parse_all([line]).leave_out(path.split("/"))


def test_a_pattern_brings_back_a_file_below_a_folder_that_is_left_out() -> None:
    patterns = parse_all(["tests/", "!tests/real.py"])
    assert patterns.leave_out(["tests", "a.py"])
    assert not patterns.leave_out(["tests", "real.py"])


@pytest.mark.parametrize("line", ["!", "/", "[a", "[[:no-class:]]", "a\\", "[", "[]"])
def test_what_no_path_can_match_is_no_pattern(line: str) -> None:
    assert parse(line) is None
    assert not is_valid(line)


@pytest.mark.parametrize("line", ["", "  ", "# a"])
def test_a_line_that_says_nothing_is_valid(line: str) -> None:
    assert parse(line) is None
    assert is_valid(line)


def test_only_a_line_break_of_git_ends_a_line() -> None:
    assert lines_of("a\r\nb\x0cc\u2028d\n") == ["a", "b\x0cc\u2028d", ""]
