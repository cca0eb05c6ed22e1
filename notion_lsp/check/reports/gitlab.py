"""GitLab's Code Quality report, which a merge request shows.

Its format: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

from notion_lsp.explain.shown import as_json

if TYPE_CHECKING:
    from notion_lsp.check.reports import Report
    from notion_lsp.explain.shown import Shown
    from notion_lsp.settings import Severity

_SEVERITIES: dict[Severity, str] = {
    "error": "critical",
    "warning": "major",
    "information": "minor",
    "hint": "info",
}


def render(report: Report) -> Shown:
    """Return the results as JSON."""
    # GitLab keeps one result for each fingerprint, so a token that stands twice needs two.
    seen: Counter[tuple[str, str]] = Counter()
    rows = []
    for result in report.results:
        name = report.name_on_host(result.path)
        mark = result.fingerprint or result.kind.id
        seen[name, mark] += 1
        rows.append(
            {
                "description": result.message,
                "check_name": result.kind.id,
                "fingerprint": _identity(name, mark, seen[name, mark]),
                "severity": _SEVERITIES[result.severity],
                "location": {"path": name, "lines": {"begin": result.place.git_line}},
            }
        )
    return as_json(rows)


def _identity(name: str, mark: str, occurrence: int) -> str:
    # GitLab compares fingerprints of two branches: without the line, code that moves stays known.
    hashed = f"{name}\0{mark}\0{occurrence}"
    return hashlib.sha256(hashed.encode("utf-8", "surrogateescape")).hexdigest()
