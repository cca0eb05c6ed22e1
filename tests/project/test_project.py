"""What a project's own files say, and which folder is the project of a file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from repositories import write

from notion_lsp.check.scan import Scan
from notion_lsp.ignore.ignore_file import FOREVER, Entry
from notion_lsp.project.project import load_project
from notion_lsp.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path


def test_a_project_reads_its_own_files(tmp_path: Path) -> None:
    write(tmp_path / ".notion-lsp.toml", 'severity = "hint"\n')
    write(tmp_path / ".notion-lsp-ignore", f"{'a' * 64} a sample\n")
    loaded = load_project(tmp_path, Settings(environment_variable="X"))
    assert loaded.settings == Settings(severity="hint", environment_variable="X")
    assert loaded.triage.entries == {Entry("a" * 64): FOREVER}
    assert loaded.problems == ()


def test_a_project_reads_its_table_in_pyproject(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", '[tool.notion-lsp]\nseverity = "hint"\n')
    assert load_project(tmp_path).settings.severity == "hint"


def test_what_is_wrong_in_a_projects_files_is_told_and_left_out(tmp_path: Path) -> None:
    write(tmp_path / ".notion-lsp.toml", 'severity = 1\nexclude = ["!", "a.py"]\n')
    write(tmp_path / ".notion-lsp-ignore", "nonsense\n")
    loaded = load_project(tmp_path)
    assert [problem.split(":")[0].split(",")[0] for problem in loaded.problems] == [
        *("severity", "exclude", ".notion-lsp-ignore")
    ]
    assert loaded.excludes(tmp_path / "a.py")


@pytest.mark.parametrize(
    ("file", "text"),
    [
        (".notion-lsp.toml", ""),
        (".notion-lsp-ignore", ""),
        ("pyproject.toml", "[tool.notion-lsp]\n"),
        (".git/HEAD", ""),
    ],
)
def test_the_nearest_folder_with_a_file_of_ours_is_the_project(
    tmp_path: Path, file: str, text: str
) -> None:
    write(tmp_path / file, text)
    write(tmp_path / "below" / "pyproject.toml", "[project]\n")
    assert Scan(date.min).project(tmp_path / "below" / "a.py").folder == tmp_path


@pytest.mark.parametrize(
    "text",
    [
        '[dependency-groups]\ndev = ["notion-lsp"]\n',
        '[tool.other]\nrun = ["notion-lsp"]\n[tool.notion-lsp-other]\n',
        "# [tool.notion-lsp] stands in the root\n",
    ],
)
def test_a_package_that_is_checked_with_us_is_no_project_of_its_own(
    tmp_path: Path, text: str
) -> None:
    write(tmp_path / ".notion-lsp.toml", "")
    write(tmp_path / "below" / "pyproject.toml", text)
    assert Scan(date.min).project(tmp_path / "below" / "a.py").folder == tmp_path


def test_a_pyproject_that_cannot_be_read_is_a_project_that_says_so(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[tool.notion-lsp]\nexclude = [\n")
    loaded = Scan(date.min).project(tmp_path / "a.py")
    assert loaded.folder == tmp_path
    assert [problem.split(":")[0] for problem in loaded.problems] == ["pyproject.toml"]
