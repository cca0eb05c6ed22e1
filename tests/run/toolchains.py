"""What the heavier tests need beside Python: found on PATH, and kept between runs."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

# Outside the tree, so that a fresh clone finds what another one has fetched.
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "notion-lsp"


def required(program: str) -> None:
    """Skip the test on a machine without the program; fail it where all are to be there."""
    if shutil.which(program):
        return
    if os.environ.get("REQUIRE_TOOLCHAINS"):
        pytest.fail(f"{program} is not on PATH")
    pytest.skip(f"{program} is not on PATH")
