"""The command that installs hooks, called in a folder."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def call(folder: Path, *arguments: str) -> tuple[int, str]:
    """Return its exit code and what it says."""
    done = subprocess.run(
        [sys.executable, "-m", "notion_lsp", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr
