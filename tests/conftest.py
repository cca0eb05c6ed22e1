"""Puts this folder on the path, so that tests in any folder below import its helpers."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from notion_lsp.detect.plain import find_plain
from notion_lsp.files import ripgrep
from notion_lsp.keep import keepers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from _pytest.capture import CaptureResult


def pytest_collection_finish() -> None:
    """Let no search for garbage go through the cases, which stay until the end.

    With them one takes half a second, and the parse that it comes in the way of has no more.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder, in which the test runs."""
    path = tmp_path / "folder"
    path.mkdir()
    monkeypatch.chdir(path)
    monkeypatch.delenv("CI", raising=False)
    return path


@pytest.fixture(autouse=True)
def _without_stores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the stores of whoever runs the tests from being offered, and from being asked."""
    for keeper in keepers().values():
        for name in keeper.variables:
            monkeypatch.delenv(name, raising=False)


@pytest.fixture
def capsys(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[pytest.CaptureFixture[str]]:
    """Keep all that a test prints, and fail it where a token is in that."""
    read, kept = capsys.readouterr, list[str]()

    def readouterr() -> CaptureResult[str]:
        result = read()
        kept.extend(result)
        return result

    monkeypatch.setattr(capsys, "readouterr", readouterr)
    yield capsys
    readouterr()
    assert not [text for text in kept if find_plain(text)]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the arguments and the environment of each program that the test starts, as it does."""
    noted: list[str] = []

    class Noted(subprocess.Popen[bytes]):
        def __init__(self, command: Sequence[str], **options: Any) -> None:  # noqa: ANN401, those of subprocess
            noted.extend([*command, *(options.get("env") or os.environ).values()])
            super().__init__(command, **options)

    monkeypatch.setattr(subprocess, "Popen", Noted)
    return noted


@pytest.fixture
def without_git(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Run the test as if git were not installed."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(ripgrep, "program_path", _nothing)


def _nothing(_: Path) -> None:
    return None


@pytest.fixture
def without_ripgrep(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the test as if ripgrep were not installed."""
    monkeypatch.setattr(ripgrep, "program_path", _nothing)


_OLDER_GIT = """\
#!/bin/sh
for argument; do
  if [ "$argument" = --version ]; then echo "git version 2.39.5"; exit; fi
done
exec "{git}" "$@"
"""


@pytest.fixture
def older_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have git say that it is one without hooks in its configuration, whichever it is."""
    program = tmp_path / "older" / "git"
    program.parent.mkdir()
    program.write_text(_OLDER_GIT.format(git=shutil.which("git")))
    program.chmod(0o700)
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)


# No test fails for the machine's speed, and a build's examples are the same each time.
settings.register_profile("steady", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("steady")
