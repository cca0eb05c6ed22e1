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


BUSY = "import time\nwhile time.process_time() < 1: pass"
BOUNDS = programs.Bounds(seconds=60)


@pytest.mark.skipif(sys.platform != "linux", reason="no other system tells whether one works")
def test_a_program_that_works_waits_for_no_pipe(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(folder / ".gitignore")
    monkeypatch.setattr(programs, "_PART", 0.0)
    monkeypatch.setattr(programs, "_PATIENCE", 0.5)
    monkeypatch.setattr(programs, "_WORKING", 0.0)
    # A busy machine may let it work a little at a time.
    monkeypatch.setattr(programs, "_LOOKS", 1_000)
    done = programs.run([sys.executable, "-c", BUSY], folder, os.environ, bounds=BOUNDS)
    assert done
    assert not done.returncode


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
@pytest.mark.parametrize("before", ["", BUSY])
def test_a_program_that_waits_for_a_pipe_is_ended(
    folder: Path, monkeypatch: pytest.MonkeyPatch, before: str
) -> None:
    os.mkfifo(folder / ".gitignore")
    monkeypatch.setattr(programs, "_PART", 0.0)
    monkeypatch.setattr(programs, "_PATIENCE", 0.5)
    command = [sys.executable, "-c", f"{before}\nopen('.gitignore')"]
    assert programs.run(command, folder, os.environ, bounds=BOUNDS) is None
