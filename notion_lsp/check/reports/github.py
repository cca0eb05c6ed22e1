"""Workflow commands of GitHub Actions: each becomes an annotation beside the code.

The format is that of `@actions/core`: `toCommandValue`, `escapeData` and `escapeProperty`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.check.reports._hosts import worst_first
from notion_lsp.explain.shown import composed, joined, plain, printable

if TYPE_CHECKING:
    from notion_lsp.check.reports import Region, Report, Result
    from notion_lsp.explain.shown import Shown
    from notion_lsp.settings import Severity

# Actions has three commands; all that is less than a warning is a notice.
_COMMANDS: dict[Severity, Shown] = {"error": plain("error"), "warning": plain("warning")}
_NOTICE = plain("notice")


def render(report: Report) -> Shown:
    """Return a command for each result."""
    # GitHub shows the first ten of each level.
    return joined(
        _command(report.name_on_host(result.path), result) for result in worst_first(report.results)
    )


def _command(name: str, result: Result) -> Shown:
    properties = {
        "file": name,
        "line": str(result.place.git_line),
        "endLine": str(result.place.git_line),
        **_columns(result.place),
        "title": f"{result.kind.title} ({result.kind.id})",
    }
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return composed(
        "::{command} {listed}::{message}\n",
        command=_COMMANDS.get(result.severity, _NOTICE),
        listed=printable(listed),
        message=printable(_data(result.message)),
    )


def _columns(place: Region) -> dict[str, str]:
    if not place.has_git_columns:
        return {}
    return {"col": str(place.columns.start), "endColumn": str(place.columns.end)}


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
