"""What holds for the repository as a whole."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

from notion_lsp.detect.plain import find_plain

ROOT = Path(__file__).parents[1]
PACKAGE = sorted((ROOT / "notion_lsp").rglob("*.py"))
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
NAMED = re.compile(r"`([\w/-]+\.(?:md|py|toml|ts))`")
NAMED_FROM = ("", "notion_lsp", "notion_lsp/lsp", "vscode-extension")
EXCEPTION = re.compile(
    r"# (?:noqa: [A-Z]+[0-9]+(?:, [A-Z]+[0-9]+)*(?P<one>, \w)?"
    r"|type: ignore\[[\w, -]+\](?P<other> # \w)?)"
)


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


def test_an_exception_from_a_rule_has_its_reason_beside_it() -> None:
    files = [path for path in committed_files() if path.suffix == ".py"]
    sources = {relative(path): path.read_text("utf-8", "replace") for path in files}
    assert not [
        (name, found[0])
        for name, source in sources.items()
        if not name.startswith("tests/fixtures/")
        for found in EXCEPTION.finditer(source)
        if not (found["one"] or found["other"])
    ]


@pytest.mark.parametrize("name", sorted(set(NAMED.findall(ARCHITECTURE))))
def test_what_the_architecture_names_is_there(name: str) -> None:
    assert any((ROOT / folder / name).is_file() for folder in NAMED_FROM)


def test_the_architecture_has_a_row_for_each_folder_of_the_package() -> None:
    folders = {path.parent.name for path in (ROOT / "notion_lsp").glob("*/__init__.py")}
    assert folders == {name for name in folders if f"| `{name}/` |" in ARCHITECTURE}


@pytest.mark.parametrize("module", PACKAGE, ids=relative)
def test_a_module_says_what_it_is_for(module: Path) -> None:
    assert ast.get_docstring(ast.parse(module.read_text("utf-8")))


@pytest.mark.parametrize("module", PACKAGE, ids=relative)
def test_a_module_can_be_read_in_one_sitting(module: Path) -> None:
    lines = module.read_text("utf-8").count("\n")
    assert lines <= 300


@pytest.mark.parametrize("module", PACKAGE, ids=relative)
def test_the_repeat_of_a_pattern_is_not_a_value_of_an_f_string(module: Path) -> None:
    nodes = ast.walk(ast.parse(module.read_text("utf-8")))
    values = (node.value for node in nodes if isinstance(node, ast.FormattedValue))
    assert not [each.lineno for each in values if isinstance(each, (ast.Tuple, ast.Constant))]


def test_what_is_unreleased_is_told_in_lines_that_a_person_reads() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    unreleased = changelog.partition("\n## [Unreleased]\n")[2].partition("\n## ")[0]
    # A change is told in the line that is about it: what is told by commits has no end.
    assert unreleased.count("\n- ") <= 100
