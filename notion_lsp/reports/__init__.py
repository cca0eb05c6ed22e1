"""The formats of `notion-lsp check`: one module each, found by being in this folder.

A module has `render(report) -> str`. What it is given holds no token: a result says where one is,
and shows its line with every token masked.
"""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp import detection, kinds, messages, tokens
from notion_lsp.text import LineIndex, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from pathlib import PurePath

    from notion_lsp.files import Unreadable
    from notion_lsp.settings import Settings, Severity


@dataclass(frozen=True, slots=True)
class Result:
    """A token found: lines and columns begin at 1, and a span's end is the column after it.

    `columns` are code points, `utf_16_columns` code units of UTF-16. `source` is the line with its
    tokens masked, and `marked` says where in it, from 0, this one stands.
    """

    path: PurePath
    kind: kinds.TokenKind
    severity: Severity
    message: str
    fingerprint: str
    line: int
    columns: Span
    utf_16_columns: Span
    source: str
    marked: Span


@dataclass(frozen=True, slots=True)
class Report:
    """All that a call has found below a folder or elsewhere, and the files it could not read.

    `known` counts what it has found and a baseline knows.
    """

    folder: PurePath
    results: tuple[Result, ...]
    unread: tuple[Unreadable, ...] = ()
    known: int = 0

    def name(self, path: PurePath) -> str:
        """Return how a path of this report is shown."""
        return shown_name(path, self.folder)


def shown_name(path: PurePath, folder: PurePath) -> str:
    """Return how a path is shown: with `/`, and relative to the folder if it is below it."""
    return (path.relative_to(folder) if folder in path.parents else path).as_posix()


def formats() -> list[str]:
    """Return the names of all formats."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def renderer(name: str) -> Callable[[Report], str]:
    """Return the function that writes a report in a format."""
    render: Callable[[Report], str] = import_module(f"{__name__}.{name}").render
    return render


class _Page(NamedTuple):
    path: PurePath
    text: str
    lines: LineIndex
    tokens: Sequence[tokens.Finding]


def results(
    path: PurePath,
    text: str,
    findings: Sequence[tokens.Finding],
    settings: Settings,
    expired: Mapping[tokens.Finding, date] | None = None,
) -> tuple[Result, ...]:
    """Return what is to be said of the findings in a text, in their order.

    `expired` has the day of those that an entry ignored until then.
    """
    # Every token is masked, those a person said no to as well: they are tokens still.
    page = _Page(path, text, LineIndex(text), detection.find(text))
    days = expired or {}
    return tuple(_result(page, finding, settings, days.get(finding)) for finding in findings)


def _result(
    page: _Page, finding: tokens.Finding, settings: Settings, expired: date | None
) -> Result:
    text, span = page.text, finding.span
    line, column = page.lines.position(span.start, "utf-32")
    source, marked = _masked_line(page, line, finding)
    utf_16 = [page.lines.position(offset, "utf-16")[1] + 1 for offset in (span.start, span.end)]
    return Result(
        path=page.path,
        kind=finding.kind,
        severity=messages.severity(finding, settings),
        message=messages.describe_again(finding, text, expired),
        fingerprint=tokens.fingerprint(tokens.token_of(text, finding)),
        line=line + 1,
        columns=Span(column + 1, column + 1 + span.end - span.start),
        utf_16_columns=Span(*utf_16),
        source=source,
        marked=marked,
    )


def _masked_line(page: _Page, number: int, shown: tokens.Finding) -> tuple[str, Span]:
    text, line = page.text, page.lines.span(number)
    masked, position, marked = "", line.start, Span(0, 0)
    for finding in page.tokens:
        if not line.contains(finding.span):
            continue
        masked += text[position : finding.span.start]
        mask = messages.masked(finding, text)
        if finding == shown:
            marked = Span(len(masked), len(masked) + len(mask))
        masked += mask
        position = finding.span.end
    return masked + text[position : line.end], marked
