"""Settings that extend others: which texts count, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from repositories import write

from notion_lsp.project.extended import extended
from notion_lsp.project.texts import AS_SAVED

if TYPE_CHECKING:
    from pathlib import Path


def names(folder: Path, file: str = "tsconfig.json") -> list[str]:
    return [text.split('"')[3] for text in extended(folder / file, folder, AS_SAVED)]


def settings(name: str, extends: str = "") -> str:
    return f'{{ "name": "{name}"{", " if extends else ""}{extends} }}'


@pytest.mark.parametrize(
    ("extends", "base"),
    [
        ("./base.json", "base.json"),
        ("./base", "base.json"),
        ("../base.json", "../base.json"),
        ("@team/settings", "node_modules/@team/settings/tsconfig.json"),
        ("@team/settings/node.json", "node_modules/@team/settings/node.json"),
        ("@team/settings", "../node_modules/@team/settings/tsconfig.json"),
    ],
)
def test_what_a_file_extends_comes_behind_it(tmp_path: Path, extends: str, base: str) -> None:
    write(tmp_path / "package" / base, settings("base"))
    own = settings("own", f'"extends": "{extends}"')
    write(tmp_path / "package/tsconfig.json", own)
    assert names(tmp_path, "package/tsconfig.json") == ["own", "base"]


def test_of_several_the_last_counts_most(tmp_path: Path) -> None:
    write(tmp_path / "first.json", settings("first"))
    write(tmp_path / "last.json", settings("last"))
    own = settings("own", '"extends": ["./first.json", "./last.json"]')
    write(tmp_path / "tsconfig.json", own)
    assert names(tmp_path) == ["own", "last", "first"]


def test_two_that_extend_each_other_are_read_once(tmp_path: Path) -> None:
    write(tmp_path / "base.json", settings("base", '"extends": "./tsconfig.json"'))
    write(tmp_path / "tsconfig.json", settings("own", '"extends": "./base.json"'))
    assert names(tmp_path) == ["own", "base"]


def test_what_stands_above_the_project_is_not_read(tmp_path: Path) -> None:
    write(tmp_path / "base.json", settings("base"))
    write(tmp_path / "project/tsconfig.json", settings("own", '"extends": "../base.json"'))
    assert names(tmp_path / "project") == ["own"]


def test_without_a_file_there_is_no_text(tmp_path: Path) -> None:
    assert extended(tmp_path / "tsconfig.json", tmp_path, AS_SAVED) == []
