"""What holds for the repository as a whole."""

import ast
import subprocess
from pathlib import Path

import pytest

from notion_lsp.detect.plain import find_plain

ROOT = Path(__file__).parents[1]
PACKAGE = sorted((ROOT / "notion_lsp").rglob("*.py"))


def committed_files() -> list[Path]:
    command = ["git", "-c", "core.fsmonitor=false", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_token_shaped_text_stands_under_tests_alone() -> None:
    outside = [path for path in committed_files() if not path.is_relative_to(ROOT / "tests")]
    leaking = [path for path in outside if find_plain(path.read_text("utf-8", errors="replace"))]
    assert leaking == []


@pytest.mark.parametrize("module", PACKAGE, ids=relative)
def test_a_module_says_what_it_is_for(module: Path) -> None:
    assert ast.get_docstring(ast.parse(module.read_text("utf-8")))


@pytest.mark.parametrize("module", PACKAGE, ids=relative)
def test_a_module_can_be_read_in_one_sitting(module: Path) -> None:
    lines = module.read_text("utf-8").count("\n")
    assert lines <= 300
