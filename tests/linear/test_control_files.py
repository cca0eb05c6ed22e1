"""The files that say what is to be done are read in linear time, and only as far as is sensible."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from growth import grows_linearly, repeated

from notion_lsp.files.read_write import LARGEST_BY_HAND
from notion_lsp.project.project import load_project
from notion_lsp.settings import DEFAULTS, PROJECT_FILE, parse_project
from notion_lsp.syntax.directives import is_for_the_file
from notion_lsp.syntax.first_line import programs

if TYPE_CHECKING:
    from pathlib import Path

KEYS = ("a.", '"a".', "'a'.", '"\\"".', " a . ", "[a]\n", "[[a]]\n", "a = [[\n", "b.c = 1\n", "{a=")


@pytest.mark.parametrize("unit", KEYS)
@pytest.mark.parametrize("before", ["", "[", "[[", "a = {"])
def test_a_file_of_settings_is_read_in_linear_time(unit: str, before: str) -> None:
    def work(text: str) -> object:
        return parse_project(text, None, DEFAULTS)

    assert grows_linearly(work, repeated(unit, before, "a = 1"), 5_000)


def test_a_key_that_is_too_deep_is_told() -> None:
    _, problems = parse_project(f"{'a.' * 5_000}b = 1", None, DEFAULTS)
    assert problems == (".notion-lsp.toml: a key has more than 16 names",)


@pytest.mark.parametrize("unit", ["#", "/", "*", "-", " ", "\n", "-*", "///", "# next-line"])
def test_a_comment_at_the_top_of_a_file_is_read_in_linear_time(unit: str) -> None:
    assert grows_linearly(is_for_the_file, repeated(unit), 5_000)


@pytest.mark.parametrize("unit", [".", "1", "/", ".exe", " "])
def test_the_first_line_of_a_script_is_read_in_linear_time(unit: str) -> None:
    assert grows_linearly(programs, repeated(unit, "#!", "x"), 20_000)


def test_a_file_of_settings_that_nobody_can_have_written_is_not_read_and_told(
    tmp_path: Path,
) -> None:
    (tmp_path / PROJECT_FILE).write_text("#" * (LARGEST_BY_HAND + 1))
    assert load_project(tmp_path).problems == (
        ".notion-lsp.toml cannot be read: it is larger than 256 KiB.",
    )
