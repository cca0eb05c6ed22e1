"""Which files are built with another one, and whether they see its names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from repositories import write

from notion_lsp.languages import language_of
from notion_lsp.project.neighbours import package_of
from notion_lsp.project.texts import AS_SAVED
from notion_lsp.rewrite.source import Package

if TYPE_CHECKING:
    from pathlib import Path

    from notion_lsp.project.texts import Newer


def package(path: Path, newer: Newer = AS_SAVED) -> tuple[str, ...]:
    return package_of(path, language_of(path), path.read_text(), newer).seen


def test_a_package_is_the_files_of_a_folder_with_the_same_clause(tmp_path: Path) -> None:
    path = write(tmp_path / "a.go", "package a\n")
    same = "// comment\npackage a\n"
    write(tmp_path / "b.go", same)
    write(tmp_path / "c.go", "package other\n")
    write(tmp_path / "d.go", "//go:build ignore\n\npackage a\n")
    write(tmp_path / "a_test.go", "package a\n// test\n")
    write(tmp_path / "b.txt", same)
    assert package(path) == (same,)


def test_a_test_sees_the_names_of_its_package(tmp_path: Path) -> None:
    write(tmp_path / "a.go", "package a\n")
    assert package(write(tmp_path / "a_test.go", "package a\n")) == ("package a\n",)


def test_a_package_has_the_texts_that_were_changed(tmp_path: Path) -> None:
    path = write(tmp_path / "a.go", "package a\n")
    sibling = write(tmp_path / "b.go", "package a\n")
    assert package(path, {sibling: "package a // new\n"}) == ("package a // new\n",)


def test_languages_without_packages_have_no_siblings(tmp_path: Path) -> None:
    write(tmp_path / "b.py", "")
    assert package(write(tmp_path / "a.py", "")) == ()


@pytest.mark.parametrize(
    ("name", "text", "sibling", "other"),
    [
        ("a_linux.go", "package a\n", "b.go", "package a\n"),
        ("a_linux.go", "package a\n", "b_linux.go", "package a\n"),
        ("a.go", "//go:build dev\n\npackage a\n", "b.go", "//go:build dev\n\npackage a\n"),
        ("a.go", "//go:build linux\n\npackage a\n", "b_linux.go", "package a\n"),
        ("a_test.go", "package a\n", "b.go", "package a\n"),
        ("a.go", "package main\n", "b.go", "package main\n\nfunc main() {}\n"),
    ],
)
def test_a_file_that_is_always_built_with_another_is_seen_by_it(
    tmp_path: Path, name: str, text: str, sibling: str, other: str
) -> None:
    write(tmp_path / sibling, other)
    path = write(tmp_path / name, text)
    assert package_of(path, language_of(path), text) == Package((other,))


@pytest.mark.parametrize(
    ("name", "text", "sibling", "other"),
    [
        ("a.go", "package a\n", "b_linux.go", "package a\n"),
        ("a.go", "package a\n", "b_test.go", "package a\n"),
        ("a_linux.go", "package a\n", "b_amd64.go", "package a\n"),
        ("a.go", "package a\n", "b.go", "//go:build dev || test\n\npackage a\n"),
    ],
)
def test_a_file_that_may_be_built_with_another_keeps_its_names_from_it(
    tmp_path: Path, name: str, text: str, sibling: str, other: str
) -> None:
    write(tmp_path / sibling, other)
    path = write(tmp_path / name, text)
    assert package_of(path, language_of(path), text) == Package((), (other,))


@pytest.mark.parametrize(
    ("name", "text", "sibling", "other"),
    [
        ("a_linux.go", "package a\n", "b_windows.go", "package a\n"),
        ("a_linux_arm64.go", "package a\n", "b_linux_amd64.go", "package a\n"),
        ("a.go", "//go:build dev\n\npackage a\n", "b.go", "//go:build !dev\n\npackage a\n"),
        (
            *("a.go", "package main\n\nfunc main() {}\n"),
            *("b.go", "package main\n\nfunc main() { }\n"),
        ),
    ],
)
def test_files_that_are_never_built_together_are_alone(
    tmp_path: Path, name: str, text: str, sibling: str, other: str
) -> None:
    write(tmp_path / sibling, other)
    path = write(tmp_path / name, text)
    assert package_of(path, language_of(path), text) == Package()
