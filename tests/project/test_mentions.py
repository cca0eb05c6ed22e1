from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from notion_lsp.files import ripgrep
from notion_lsp.languages import language_of
from notion_lsp.project.mentions import mentions_around
from notion_lsp.syntax.neighbour import word

if TYPE_CHECKING:
    from pathlib import Path


def names(folder: Path, file: str, name: str, newer: dict[Path, str] | None = None) -> list[str]:
    path = folder / file
    found = mentions_around(path, language_of(path), lambda: folder, newer or {})(word(name))
    return [each.name for each in found]


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def test_the_files_of_the_language_that_have_the_word_are_found(tmp_path: Path) -> None:
    files = {"a.go": "token", "b/c.go": "x = token", "d.go": "tokens", "e.txt": "token"}
    write(tmp_path, files)
    assert names(tmp_path, "a.go", "token") == ["b/c.go"]


def test_the_languages_of_the_jvm_see_each_other(tmp_path: Path) -> None:
    write(tmp_path, {"A.java": "", "B.kt": "T", "C.groovy": "T", "D.go": "T"})
    assert names(tmp_path, "A.java", "T") == ["B.kt", "C.groovy"]


def test_an_open_file_counts_as_the_editor_has_it(tmp_path: Path) -> None:
    write(tmp_path, {"a.go": "", "b.go": "token", "c.go": ""})
    newer = {tmp_path / "b.go": "", tmp_path / "c.go": "token", tmp_path / "new.go": "token"}
    assert names(tmp_path, "a.go", "token", newer) == ["c.go", "new.go"]


def test_without_ripgrep_the_same_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ripgrep, "program_path", lambda _folder: None)
    write(tmp_path, {"a.go": "", "b/c.go": "token", "d.go": "other"})
    assert names(tmp_path, "a.go", "token") == ["b/c.go"]


@pytest.mark.parametrize("ripgrep_is_there", [True, False])
def test_what_a_package_manager_has_installed_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, ripgrep_is_there: bool
) -> None:
    if not ripgrep_is_there:
        monkeypatch.setattr(ripgrep, "program_path", lambda _folder: None)
    write(tmp_path, {"a.ts": "", "b.ts": "T", "c/node_modules/d/e.ts": "T"})
    assert names(tmp_path, "a.ts", "T") == ["b.ts"]


def test_a_header_is_read_as_the_language_that_includes_it(tmp_path: Path) -> None:
    (tmp_path / "send.h").write_text("template <typename T> void send(T const& text) {}\n")
    path = tmp_path / "main.cpp"
    [header] = mentions_around(path, language_of(path), lambda: tmp_path, {})(word("send"))
    assert header.syntax
    assert header.syntax.error_count == 0
