"""GitLab's secret detection report, version 15.2, which fills its list of vulnerabilities.

Its schema: `dist/secret-detection-report-format.json` of GitLab's security-report-schemas.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp import __version__
from notion_lsp.check.reports._hosts import identified, name_as_text
from notion_lsp.explain.masking import mask_text
from notion_lsp.explain.shown import as_json

if TYPE_CHECKING:
    from datetime import datetime

    from notion_lsp.check.reports import Report, Result
    from notion_lsp.detect.kinds import TokenKind
    from notion_lsp.explain.shown import Shown
    from notion_lsp.explain.whereabouts import Whereabouts
    from notion_lsp.settings import Severity

_VERSION = "15.2.1"
# In words of the schema; a warning is still a token that is in the code.
_SEVERITIES: dict[Severity, str] = {
    "error": "Critical",
    "warning": "High",
    "information": "Low",
    "hint": "Info",
}
_TOOL = {
    "id": "notion-lsp",
    "name": "notion-lsp",
    "url": "https://github.com/notion-lsp/notion-lsp",
    "version": __version__,
    "vendor": {"name": "notion-lsp"},
}
_CWE = {
    "type": "cwe",
    "name": "CWE-798",
    "value": "798",
    "url": "https://cwe.mitre.org/data/definitions/798.html",
}
# The schema wants a commit; GitLab's own analyzer writes this one where it knows none.
_NO_COMMIT = {"sha": "0000000"}


def render(report: Report) -> Shown:
    """Return the results as JSON."""
    log = {
        "version": _VERSION,
        "scan": {
            "analyzer": _TOOL,
            "scanner": _TOOL,
            "type": "secret_detection",
            "start_time": _time(report.began),
            "end_time": _time(report.ended),
            "status": "success",
            "messages": _messages(report),
        },
        "vulnerabilities": [
            _vulnerability(report, identity, result) for identity, result in identified(report)
        ],
    }
    return as_json(log)


def _time(of: datetime) -> str:
    return of.strftime("%Y-%m-%dT%H:%M:%S")


def _messages(report: Report) -> list[dict[str, str]]:
    # The schema has this level for a part that failed; what a failed scan has found may be dropped.
    unread = ({"level": "warn", "value": report.unread_sentence(file)} for file in report.unread)
    return [*unread, *({"level": "info", "value": said} for said in report.left_out)]


def _vulnerability(report: Report, identity: str, result: Result) -> dict[str, object]:
    line = result.place.git_line
    return {
        "id": identity,
        "name": f"{result.kind.title} is hardcoded",
        "description": result.message,
        "severity": _SEVERITIES[result.severity],
        "solution": f"{result.kind.rotate} Then have the code read the token from its environment.",
        "identifiers": [_identifier(result.kind), _CWE],
        "links": [{"url": result.kind.documentation}],
        "location": {
            "file": name_as_text(report, result.path),
            "start_line": line,
            "end_line": line,
            "commit": _commit(result.where),
        },
    }


def _identifier(kind: TokenKind) -> dict[str, str]:
    named = {"type": "notion_lsp_kind", "name": kind.title, "value": kind.id}
    return {**named, "url": kind.documentation}


def _commit(where: Whereabouts) -> dict[str, str]:
    if where.past and where.past.commits:
        first = where.past.commits[0]
        day = first.day.isoformat()
        return {"sha": first.commit, "author": mask_text(first.author), "date": day}
    origin = where.exposure.origin if where.exposure else None
    if origin is None:
        return _NO_COMMIT
    return {"sha": origin.commit, "author": origin.author, "date": origin.day}
