"""Puts this folder on the path, so that tests in any folder below import its helpers."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from notion_lsp.files import ripgrep

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder, in which the test runs."""
    path = tmp_path / "folder"
    path.mkdir()
    monkeypatch.chdir(path)
    monkeypatch.delenv("CI", raising=False)
    return path


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


# No test fails for the machine's speed, and a build's examples are the same each time.
settings.register_profile("steady", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("steady")
