"""The paths that secretlint leaves out, as patterns of a `.gitignore`."""

from __future__ import annotations

from notion_lsp.files import path_patterns
from notion_lsp.ignore.scanners import Triage


def read(text: str) -> Triage:
    """Return what a `.secretlintignore` says."""
    lines = path_patterns.lines_of(text)
    problems = tuple(
        f", line {number}: no path can match this pattern."
        for number, line in enumerate(lines, 1)
        if not path_patterns.is_valid(line)
    )
    patterns = path_patterns.parse_all(lines)
    excludes = (("", lambda path: patterns.leave_out(path.split("/"))),)
    return Triage(excludes=excludes if patterns.patterns else (), problems=problems)
