"""Programs that are run for a folder."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from notion_lsp.files import programs

if TYPE_CHECKING:
    from pathlib import Path

MEBIBYTE = 2**20


@pytest.mark.skipif(not programs.BOUNDS_MEMORY, reason="this system sets no such bound")
def test_a_program_that_wants_more_memory_than_it_may_have_does_not_get_it(folder: Path) -> None:
    command = [sys.executable, "-c", f"input(); bytearray({256 * MEBIBYTE})"]
    bounds = programs.Bounds(seconds=60, memory=128 * MEBIBYTE)
    done = programs.run(command, folder, os.environ, ends=programs.Ends(b"\n"), bounds=bounds)
    assert done
    assert b"MemoryError" in done.stderr
