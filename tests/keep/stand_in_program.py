"""A program that stands in for a vendor's own command."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from repositories import write

if TYPE_CHECKING:
    from pathlib import Path


def write_program(path: Path, code: str) -> None:
    """Write a program in Python that runs this code."""
    write(path, f"#!{sys.executable}\n{code}\n").chmod(0o755)
