"""Log commands of Azure Pipelines: each becomes an error or a warning of the build.

Source of the format: "Logging commands" in Azure's documentation; of what is escaped, and how, the
agent's `CommandStringConvertor`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.check.reports._hosts import worst_first
from notion_lsp.explain.shown import composed, joined, printable

if TYPE_CHECKING:
    from notion_lsp.check.reports import Report, Result
    from notion_lsp.explain.shown import Shown

# In this order: the percent sign is in what the others become.
_ESCAPES = {"%": "%AZP25", ";": "%3B", "\r": "%0D", "\n": "%0A", "]": "%5D"}


def render(report: Report) -> Shown:
    """Return a command for each result."""
    # The agent keeps the first ten of each type.
    return joined(
        _command(report.name_on_host(result.path), result) for result in worst_first(report.results)
    )


def _command(name: str, result: Result) -> Shown:
    place = result.place
    column = {"columnnumber": str(place.columns.start)} if place.has_git_columns else {}
    properties = {
        # Azure has two types; all that is less than an error is a warning.
        "type": "error" if result.severity == "error" else "warning",
        "sourcepath": name,
        "linenumber": str(place.git_line),
        **column,
        "code": result.kind.id,
    }
    listed = "".join(f"{key}={_escaped(value)};" for key, value in properties.items())
    return composed(
        "##vso[task.logissue {listed}]{message}\n",
        listed=printable(listed),
        message=printable(_escaped(result.message)),
    )


def _escaped(text: str) -> str:
    for character, written in _ESCAPES.items():
        text = text.replace(character, written)
    return text
