"""GitLab's Code Quality report, which a merge request shows.

Its format: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.check.reports._hosts import identified, name_as_text
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
    rows = [
        {
            "description": result.message,
            "check_name": result.kind.id,
            # GitLab compares those of two branches, and shows the new ones.
            "fingerprint": identity,
            "severity": _SEVERITIES[result.severity],
            "location": {
                "path": name_as_text(report, result.path),
                "lines": {"begin": result.place.git_line},
            },
        }
        for identity, result in identified(report)
    ]
    return as_json(rows)
