"""`fix --keep` for tests, in the folder where they are."""

from __future__ import annotations

from pathlib import Path

from notion_lsp import cli


def fix() -> int:
    """Put the tokens of the folder into their stores, and rewrite them; return the exit code."""
    return cli.main(["fix", "--keep"])


def program() -> str:
    """Return the program as it stands in the folder now."""
    return Path("program.py").read_text("utf-8")
