"""Patterns of `.gitignore` where git does not read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from repositories import write

from notion_lsp.files import gitignore

if TYPE_CHECKING:
    from pathlib import Path

FILES = ("a.zip", "out/b.zip", "out/kept/c.zip", "src/d.zip", "src/deep/down/e.zip", "src/f.txt")


@pytest.mark.parametrize(
    "patterns",
    [
        {},
        {".gitignore": "out/\n"},
        {".gitignore": "*.zip\n!d.zip\n"},
        {".gitignore": "/out/*\n!/out/kept/\n", "src/.gitignore": "deep\n"},
        {"src/deep/.gitignore": "*\n", "out/.gitignore": "*.zip\n!c.zip\n"},
    ],
)
def test_the_files_that_a_walk_comes_to_are_told_from_the_others(
    tmp_path: Path, patterns: dict[str, str]
) -> None:
    files = [write(tmp_path / name, "") for name in FILES]
    for name, text in patterns.items():
        write(tmp_path / name, text)
    walked = set(gitignore.walk(tmp_path))
    assert list(gitignore.met(tmp_path, files)) == [file for file in files if file in walked]
