"""What reports for code hosts have in common: an id for each result, and the worst ones first."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from typing import TYPE_CHECKING

from notion_lsp.explain.exposure import STAGES
from notion_lsp.settings import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import PurePath

    from notion_lsp.check.reports import Report, Result

_HALF = re.compile("[\ud800-\udfff]")


def identified(report: Report) -> list[tuple[str, Result]]:
    """Return the results, the worst first, with an id each, which stays when a token moves."""
    return sorted(_identified(report), key=lambda pair: _order(pair[1]))


def _identified(report: Report) -> Iterator[tuple[str, Result]]:
    # A host keeps one result for each id, so a token that stands twice needs two.
    seen: Counter[tuple[str, str]] = Counter()
    for result in report.results:
        name, mark = report.name_on_host(result.path), result.fingerprint or result.kind.id
        seen[name, mark] += 1
        hashed = f"{name}\0{mark}\0{seen[name, mark]}"
        yield hashlib.sha256(hashed.encode("utf-8", "surrogatepass")).hexdigest(), result


def name_as_text(report: Report, path: PurePath) -> str:
    """Return how a path is named to a host that takes text alone."""
    # What is no text stands in a name as half a character.
    return _HALF.sub("\N{REPLACEMENT CHARACTER}", report.name_on_host(path))


def worst_first(results: Sequence[Result]) -> list[Result]:
    """Return the results in order of severity, and of these those first that have got furthest."""
    return sorted(results, key=_order)


def more_than(results: Sequence[Result], most: int) -> str:
    """Return a sentence on the results that a host does not take; empty if it takes all."""
    more = len(results) - most
    return f"{more} more tokens were found: this host takes {most} at most." if more > 0 else ""


def _order(result: Result) -> tuple[int, int]:
    exposure = result.where.exposure
    reach = STAGES.index(exposure.stage) if exposure else 0
    return SEVERITIES.index(result.severity), -reach
