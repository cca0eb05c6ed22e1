"""Code Insights of Bitbucket Cloud: a report on a commit, and annotations beside its code.

Each line is the body of one request: the first is put as the report, and each other one posted to
its annotations. Source of the format and its limits: "Reports" in the reference of Bitbucket's API,
and of the limits on texts the errors that it answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.check.reports._hosts import identified, more_than, name_as_text
from notion_lsp.check.reports.text import summary
from notion_lsp.explain.shown import as_json_lines

if TYPE_CHECKING:
    from notion_lsp.check.reports import Report, Result
    from notion_lsp.explain.shown import Shown
    from notion_lsp.settings import Severity

_MOST = 1000  # annotations of a report
_AT_ONCE = 100  # annotations of a request
_SUMMARY = 450  # characters
_DETAILS = 2000  # characters
_SEVERITIES: dict[Severity, str] = {
    "error": "CRITICAL",
    "warning": "HIGH",
    "information": "MEDIUM",
    "hint": "LOW",
}


def render(report: Report) -> Shown:
    """Return a line for each request."""
    # The worst come first, so that what is cut off matters least.
    annotations = [_annotation(report, *each) for each in identified(report)[:_MOST]]
    batches = (
        annotations[start : start + _AT_ONCE] for start in range(0, len(annotations), _AT_ONCE)
    )
    return as_json_lines([_report(report), *batches])


def _report(report: Report) -> dict[str, object]:
    more = more_than(report.results, _MOST)
    unread = map(report.unread_sentence, report.unread)
    details = " ".join(filter(None, (summary(report), more, *unread, *report.left_out)))
    return {
        "title": "notion-lsp",
        "details": _shortened(details, _DETAILS),
        "report_type": "SECURITY",
        "reporter": "notion-lsp",
        "result": "FAILED" if report.results or report.unread else "PASSED",
        "data": [{"title": "Tokens", "type": "NUMBER", "value": len(report.results)}],
    }


def _annotation(report: Report, identity: str, result: Result) -> dict[str, object]:
    return {
        # The same at each run: an annotation that is there already is replaced, not doubled.
        "external_id": f"notion-lsp-{identity}",
        "annotation_type": "VULNERABILITY",
        "result": "FAILED",
        "severity": _SEVERITIES[result.severity],
        "summary": _shortened(result.message, _SUMMARY),
        "path": name_as_text(report, result.path),
        "line": result.place.git_line,
        "link": result.kind.documentation,
    }


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
