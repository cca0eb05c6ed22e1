"""How far what is built with a file lies, where no folder is open and no repository is around."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

import pytest

from notion_lsp.project.build_root import build_root

if TYPE_CHECKING:
    from pathlib import Path


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("")


def root(folder: Path, file: str, text: str = "", searched: Path | None = None) -> str:
    (folder / file).parent.mkdir(parents=True, exist_ok=True)
    found = build_root(folder / file, text, [searched] if searched else [])
    return found.relative_to(folder).as_posix()


def test_what_is_in_its_folder_is_built_with_a_file(tmp_path: Path) -> None:
    assert root(tmp_path, "a/b/x.cpp") == "a/b"


@pytest.mark.parametrize(
    ("sign", "file"),
    [
        ("pom.xml", "src/a/X.java"),
        ("build.gradle.kts", "src/a/X.kt"),
        ("settings.gradle", "app/src/a/X.kt"),
        ("build.sbt", "app/x.scala"),
        ("App.csproj", "Models/X.cs"),
        ("App.sln", "App/Models/X.cs"),
        ("go.mod", "internal/x.go"),
        ("Cargo.toml", "src/api/x.rs"),
        ("CMakeLists.txt", "src/x.cpp"),
        ("package.json", "src/x.ts"),
    ],
)
def test_what_is_below_the_file_of_a_build_is_built_together(
    tmp_path: Path, sign: str, file: str
) -> None:
    write(tmp_path, f"a/{sign}")
    assert root(tmp_path, f"a/{file}") == "a"


def test_the_outermost_build_counts(tmp_path: Path) -> None:
    write(tmp_path, "a/pom.xml", "a/b/c/pom.xml")
    assert root(tmp_path, "a/b/c/src/X.java") == "a"


def test_a_folder_that_was_searched_counts_without_a_build(tmp_path: Path) -> None:
    assert root(tmp_path, "a/b/x.cs", searched=tmp_path / "a") == "a"


def test_a_folder_that_was_searched_may_be_part_of_a_build(tmp_path: Path) -> None:
    write(tmp_path, "a/settings.gradle")
    assert root(tmp_path, "a/b/src/X.java", searched=tmp_path / "a/b") == "a"


@pytest.mark.parametrize("package", ["package a.b;\n", "// of ours\n\npackage a.b\n"])
def test_a_package_is_found_from_the_folder_that_its_name_begins_in(
    tmp_path: Path, package: str
) -> None:
    assert root(tmp_path, "src/a/b/X.java", package) == "src"


def test_a_package_in_a_folder_of_another_name_says_nothing(tmp_path: Path) -> None:
    assert root(tmp_path, "src/a/b/X.java", "package a.c;\n") == "src/a/b"


def test_nothing_above_a_repository_counts(tmp_path: Path) -> None:
    write(tmp_path, "pom.xml", "a/.git/HEAD", "a/b/pom.xml")
    assert root(tmp_path, "a/b/X.java") == "a/b"


def test_a_manifest_in_the_home_folder_says_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    write(tmp_path, "package.json")
    assert root(tmp_path, "a/x.js") == "a"


def test_a_manifest_among_temporary_files_says_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    write(tmp_path, "package.json")
    assert root(tmp_path, "a/x.js") == "a"
