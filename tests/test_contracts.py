"""Who may import whom: each contract of `pyproject.toml` is broken here, and seen to notice.

import-linter holds the contracts, in `make contracts`. A contract that nothing can break holds
nothing, so each one needs an example here of what it forbids.
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parents[1]
CONFIGURATION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CONTRACTS = {each["name"]: each for each in CONFIGURATION["tool"]["importlinter"]["contracts"]}
CORE = CONTRACTS["The core does no I/O"]["source_modules"]
CORE_MODULES = sorted(
    path for name in CORE for path in ROOT.joinpath(*name.split(".")).rglob("*.py")
)

# Modules, by their paths in the package, that no contract but the named one forbids.
FORBIDDEN: list[tuple[str, dict[str, str]]] = [
    (
        "Reading order is import order",
        {"explain/new.py": "from notion_lsp.ignore import comments"},
    ),
    ("Layers of lsp/", {"lsp/new.py": "from notion_lsp.lsp import server"}),
    (
        "No import circles",
        {
            "files/new.py": "from notion_lsp.files import newer",
            "files/newer.py": "from notion_lsp.files import new",
        },
    ),
    (
        "Only syntax/trees.py imports tree-sitter",
        {"syntax/new.py": "from tree_sitter import Node"},
    ),
    (
        "Only lsp/ knows the protocol",
        {"project/new.py": "from lsprotocol import types"},
    ),
    (
        "Only lsp/ knows the protocol",
        {"new.py": "def start():\n    from pygls.lsp import server"},
    ),
    ("The core does no I/O", {"explain/new.py": "import subprocess"}),
    ("The core does no I/O", {"rewrite/new.py": "from os.path import exists"}),
    ("The core does no I/O", {"languages/new.py": "from notion_lsp.files import git"}),
    (
        "Only named modules open a connection",
        {"check/new.py": "from urllib.request import urlopen"},
    ),
    ("Only named modules open a connection", {"files/new.py": "import ssl"}),
]


def broken(root: Path) -> set[str]:
    """Return the names of the contracts that the package in a folder breaks."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    verdicts = dict(re.findall(r"^(.+) (KEPT|BROKEN)\b", done.stdout, re.MULTILINE))
    assert verdicts.keys() == CONTRACTS.keys(), done.stdout + done.stderr
    return {name for name, verdict in verdicts.items() if verdict == "BROKEN"}


def opened(tree: ast.AST) -> list[str]:
    """Return what the code uses to open files, of what needs no import of its own to do so.

    A `PurePath` opens nothing; a `Path` does, under a dozen names.
    """
    names = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]
    names += [node.name for node in ast.walk(tree) if isinstance(node, ast.alias)]
    return [name for name in names if name in {"Path", "open"}]


@pytest.mark.parametrize(("contract", "modules"), FORBIDDEN)
def test_a_contract_is_broken_by_what_it_forbids(
    contract: str, modules: dict[str, str], tmp_path: Path
) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    package = shutil.copytree(ROOT / "notion_lsp", tmp_path / "notion_lsp")
    for name, source in modules.items():
        (package / name).write_text(source, "utf-8")
    assert broken(tmp_path) == {contract}


def test_every_contract_has_an_example_that_breaks_it() -> None:
    assert {contract for contract, _ in FORBIDDEN} == CONTRACTS.keys()


@pytest.mark.parametrize(
    "module", CORE_MODULES, ids=[path.relative_to(ROOT).as_posix() for path in CORE_MODULES]
)
def test_the_core_opens_no_file(module: Path) -> None:
    assert opened(ast.parse(module.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    ["open('a')", "from pathlib import Path", "def f(path: Path) -> str: return path.read_text()"],
)
def test_what_opens_a_file_is_seen(source: str) -> None:
    assert opened(ast.parse(source))
