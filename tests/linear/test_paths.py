"""Patterns of paths: one that would take long to compare is refused, and that is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from notion_lsp.files.gitignore import is_pattern
from notion_lsp.project.project import load_project

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("pattern", ["*a*a*a*a*b", "**/a/**/a/**/a/*/b*", "*?*?*?*?*"])
def test_a_pattern_with_more_than_four_stars_is_refused(pattern: str) -> None:
    assert not is_pattern(pattern)


@pytest.mark.parametrize("pattern", ["*.min.*", "**/generated/**", "src/**/*.test.*", "a/**/*.b*"])
def test_a_pattern_that_people_write_is_taken(pattern: str) -> None:
    assert is_pattern(pattern)


def test_the_project_says_which_pattern_is_refused_and_why(tmp_path: Path) -> None:
    (tmp_path / ".notion-lsp.toml").write_text('exclude = ["*a*a*a*a*b"]', "utf-8")
    project = load_project(tmp_path)
    assert not project.excludes(tmp_path / ("a" * 200))
    assert project.problems == (
        "exclude: '*a*a*a*a*b' is no pattern, or has more than four stars.",
    )
