"""What becomes of Dockerfiles and scripts, in the eyes of the linters that people run on them."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from kits import checkers
from test_fixtures import FIXTURES, result_file, unmarked

if TYPE_CHECKING:
    from pathlib import Path

# hadolint's rule for secrets in `ENV` and `ARG`.
RULE = "DL3064"


def rewritten(language: str) -> list[Path]:
    return [path for path in sorted((FIXTURES / language).glob("*")) if result_file(path).exists()]


@pytest.fixture
def sources(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Path]:
    """Write a fixture without its marks; return it, and what became of it."""
    path: Path = request.param
    before = tmp_path / path.name
    before.write_bytes(unmarked(path.read_bytes().decode())[0].encode())
    return before, result_file(path)


def found(command: list[str], path: Path) -> list[dict[str, Any]]:
    asked = [str(checkers() / command[0]), *command[1:], str(path)]
    shown = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
    findings: list[dict[str, Any]] = json.loads(shown)
    return findings


def hadolint(path: Path) -> Counter[str]:
    command = ["hadolint", "--no-fail", "--no-color", "--format", "json"]
    return Counter(finding["code"] for finding in found(command, path))


CARRIAGE_RETURN = 1017


def shellcheck(path: Path) -> Counter[int]:
    command = ["shellcheck", "--format", "json", "--severity", "warning", "--shell", "bash"]
    return Counter(finding["code"] for finding in found(command, path))


def by_name(path: Path) -> str:
    return path.name


@pytest.mark.parametrize("sources", rewritten("dockerfile"), indirect=True, ids=by_name)
def test_hadolint_finds_nothing_new_in_a_dockerfile(sources: tuple[Path, Path]) -> None:
    before, after = map(hadolint, sources)
    assert not after - before


@pytest.mark.parametrize(
    "sources",
    [FIXTURES / "dockerfile" / f"{name}.Dockerfile" for name in ("started", "variables")],
    indirect=True,
    ids=by_name,
)
def test_a_secret_that_hadolint_finds_goes_away(sources: tuple[Path, Path]) -> None:
    before, after = map(hadolint, sources)
    assert RULE in before
    assert RULE not in after


@pytest.mark.parametrize("sources", rewritten("shell"), indirect=True, ids=by_name)
def test_shellcheck_finds_nothing_new_in_a_script(sources: tuple[Path, Path]) -> None:
    before, after = map(shellcheck, sources)
    # A line that is added has the line break of the others, which is a finding for each.
    assert not after - before - Counter({CARRIAGE_RETURN: after[CARRIAGE_RETURN]})
