"""What the tests of hooks have in common."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from repositories import write

if TYPE_CHECKING:
    from pathlib import Path

_OLDER = """\
#!/bin/sh
for argument; do
  if [ "$argument" = --version ]; then echo "git version 2.39.5"; exit; fi
done
exec "{git}" "$@"
"""


@pytest.fixture
def older_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have git say that it is one without hooks in its configuration, whichever it is."""
    program = write(tmp_path / "older" / "git", _OLDER.format(git=shutil.which("git")))
    program.chmod(0o700)
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
