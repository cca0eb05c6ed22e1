"""The paths that secretlint leaves out, as patterns of a `.gitignore`."""

from __future__ import annotations

from notion_lsp.files import gitignore
from notion_lsp.ignore.scanners import Triage


def read(text: str) -> Triage:
    """Return what a `.secretlintignore` says."""
    lines = text.splitlines()
    problems = tuple(
        f", line {number}: this is no pattern, or has more than four stars."
        for number, line in enumerate(lines, 1)
        if line.strip() and not gitignore.is_pattern(line)
    )
    spec = gitignore.spec(lines)
    return Triage(excludes=(("", spec.match_file),) if spec else (), problems=problems)
