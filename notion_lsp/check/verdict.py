"""What a scan comes to: the report, what a baseline says of it, and the exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.check.reports import Report
from notion_lsp.check.scan import absolute, moment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notion_lsp.check.baseline import Baseline, Comparison
    from notion_lsp.check.reports import Result
    from notion_lsp.check.scan import Scan
    from notion_lsp.explain.exposure import Exposure
    from notion_lsp.explain.past import Past
    from notion_lsp.files.git_stream import Repository
    from notion_lsp.respond.exposures import Leak


class Verdict(NamedTuple):
    """What is reported, and how the baseline compares if there is one."""

    report: Report
    compared: Comparison | None
    code: int


def verdict(
    scan: Scan,
    repository: Repository,
    known: Baseline | None = None,
    told: Mapping[Leak, Exposure] | None = None,
    *,
    strict: bool = False,
) -> Verdict:
    """Return what a scan comes to; `told` is how far tokens have got.

    The code is 0 without a token, 1 with some, and 2 if something could not be read, or `strict`ly
    if something was left out.
    """
    earlier = _pasts(scan, repository) if scan.leaky and scan.versions else {}
    found = _results(scan, told or {}, earlier) if scan.leaky else []
    compared = known.compared(found, scan.looked, scan.older) if known else None
    new = compared.new if compared else tuple(found)
    report = Report(
        absolute("."),
        repository.folder,
        began=scan.began,
        ended=moment(),
        results=new,
        unread=tuple(scan.unread),
        known=len(found) - len(new),
        left_out=tuple(scan.left_out.sentences()),
    )
    failed = scan.unread or (strict and scan.left_out)
    return Verdict(report, compared, 2 if failed else int(bool(new)))


def _results(
    scan: Scan, told: Mapping[Leak, Exposure], earlier: Mapping[str, Past]
) -> list[Result]:
    from notion_lsp.check.results import result
    from notion_lsp.explain.whereabouts import Whereabouts
    from notion_lsp.respond.exposures import Leak

    return [
        result(
            file.path,
            excerpt,
            file.project,
            Whereabouts(
                told.get(Leak(file.path, excerpt.written)),
                earlier.get(excerpt.token),
                scan.image.layer_of(file.path) if scan.image else None,
            ),
        )
        for file in scan.leaky
        for excerpt in file.excerpts
    ]


def _pasts(scan: Scan, repository: Repository) -> dict[str, Past]:
    from notion_lsp.check.pasts import pasts  # all that reads a history

    return pasts(repository, scan.versions)
