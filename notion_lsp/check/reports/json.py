"""A list of objects, one a token, for a program.

`path` (with `/`, relative to the working folder if it is inside), `line`, `column`, `end_line`,
`end_column` (from 1, in code points, the end exclusive), `kind`, `severity`, `message`, `reason`
(the evidence), `encoding` (empty if the token is plain), `pieces` (of a split token, the places of
all but the first), `fingerprint` (the SHA-256 of the token, for the ignore file; null for a short
token, which it would give away), `exposure` (`work tree`, `staged`, `committed` or `pushed`, null
where git was not asked), `remotes` (those it was pushed to, at the last fetch), `commit`, `author`
and `date` (of the commit that brought it in, null where that was not found), `in_tags` (some of
those that have it, where it is not known to be pushed), `limits` (`shallow`, `partial`, `bare`,
`unreadable`: why git cannot tell all), `past` (of a token in a history; null elsewhere), `layer`
(of one in an image: `digest`, `diff_id`, `command`, `deleted_in`) and `url`. A past has `first` and
`last`, the commits that brought the token, oldest and newest, each with `commit`, `author` and
`date`, and null if no commit has it; `paths`, `refs` (branches and tags that reach it) and
`in_head`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.explain.exposure import facts
from notion_lsp.explain.masking import mask_text
from notion_lsp.explain.shown import as_json

if TYPE_CHECKING:
    from notion_lsp.check.reports import Region, Report, Result
    from notion_lsp.explain.past import Past
    from notion_lsp.explain.shown import Shown


def render(report: Report) -> Shown:
    """Return the results as JSON."""
    rows = [_row(report.name(result.path), result) for result in report.results]
    return as_json(rows)


def _row(name: str, result: Result) -> dict[str, object]:
    return {
        "path": name,
        **_place(result.place),
        "kind": result.kind.id,
        "severity": result.severity,
        "message": result.message,
        "reason": result.reason,
        "encoding": result.encoding,
        "pieces": [_place(place) for place in result.pieces],
        "fingerprint": result.fingerprint,
        **facts(result.where.exposure),
        "past": past(result.where.past),
        "layer": result.where.layer.facts() if result.where.layer else None,
        "url": result.kind.documentation,
    }


def past(of: Past | None) -> dict[str, object] | None:
    """Return the past of a token as data."""
    if of is None:
        return None
    commits = [
        {"commit": each.commit, "author": mask_text(each.author), "date": each.day.isoformat()}
        for each in of.commits
    ]
    return {
        "first": commits[0] if commits else None,
        "last": commits[-1] if commits else None,
        "paths": list(of.paths),
        "refs": list(of.refs),
        "in_head": of.in_head,
    }


def _place(place: Region) -> dict[str, int]:
    return {
        "line": place.line,
        "column": place.columns.start,
        "end_line": place.line,
        "end_column": place.columns.end,
    }
