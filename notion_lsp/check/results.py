"""An excerpt of a file as the result that a report has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.check.reports import Region, Result
from notion_lsp.detect.finding import public_fingerprint
from notion_lsp.explain import evidence, masking, messages
from notion_lsp.explain.shown import Shown, composed, plain, printable
from notion_lsp.explain.whereabouts import NOWHERE, Whereabouts
from notion_lsp.positions import LineIndex
from notion_lsp.text import Span, line_bounds

if TYPE_CHECKING:
    from pathlib import PurePath

    from notion_lsp.check.excerpts import Excerpt
    from notion_lsp.project.project import Project

# A name has no place in the file, but each format wants one.
_NAME = Region(1, Span(1, 1), Span(1, 1), 1)


def result(
    path: PurePath,
    excerpt: Excerpt,
    project: Project,
    where: Whereabouts = NOWHERE,
) -> Result:
    """Return a file's excerpt as a result."""
    text, finding, example = excerpt.text, excerpt.finding, project.is_example(path)
    first, *others = _places(excerpt)
    source, marked = _masked_line(excerpt)
    message = _message(excerpt, example=example)
    return Result(
        path=path,
        kind=finding.kind,
        severity=messages.severity(finding, project.settings, example=example),
        message=composed("{said}{far}", said=message, far=plain(where.sentence())),
        reason=evidence.reason(finding, text, example=example),
        fingerprint=public_fingerprint(excerpt.token),
        place=first,
        pieces=tuple(others),
        encoding=finding.encoding,
        source=printable(source),
        marked=marked,
        where=where,
    )


def _message(excerpt: Excerpt, *, example: bool) -> Shown:
    text, finding = excerpt.text, excerpt.finding
    if excerpt.in_name:
        return messages.describe_name(finding, text)
    return messages.describe_again(finding, text, excerpt.expired, example=example)


def _masked_line(excerpt: Excerpt) -> tuple[str, Span]:
    text, finding = excerpt.text, excerpt.finding
    # All tokens are masked, those too that a person said no to: they may be real.
    hidden = masking.masks(text, (*excerpt.tokens, finding))
    return masking.masked(text, hidden, line_bounds(text, finding.span.start), finding.span)


def _places(excerpt: Excerpt) -> list[Region]:
    if excerpt.in_name:
        return [_NAME]
    index = LineIndex(excerpt.text, excerpt.origin)
    return [_place(index, span) for span in excerpt.finding.spans]


def _place(index: LineIndex, span: Span) -> Region:
    line, column = index.position(span.start, "utf-32")
    utf_16 = [index.position(offset, "utf-16")[1] + 1 for offset in (span.start, span.end)]
    columns = Span(column + 1, column + 1 + span.size)
    return Region(line + 1, columns, Span(*utf_16), index.feeds(span.start) + 1)
