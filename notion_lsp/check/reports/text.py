"""Code frames for a person at a terminal, in colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.check.reports import shown_name
from notion_lsp.explain.shown import (
    BOLD,
    CYAN,
    DIM,
    RED,
    RESET,
    YELLOW,
    composed,
    joined,
    plain,
    printable,
)
from notion_lsp.text import counted

if TYPE_CHECKING:
    from notion_lsp.check.reports import Report, Result
    from notion_lsp.explain.shown import Shown
    from notion_lsp.settings import Severity
    from notion_lsp.text import Span

_COLOURS: dict[Severity, Shown] = {"error": RED, "warning": YELLOW}

# Code points of a long line that are shown on each side of the token.
_REACH = 60

_FRAME = """\
{bold}{name}:{line}:{column}{reset}: {colour}{severity}{reset}[{kind}]: {message}
 {margin} {dim}|{reset}
 {dim}{line} |{reset} {source}
 {margin} {dim}|{reset} {indent}{colour}{carets}{reset}

"""


def render(report: Report) -> Shown:
    """Return a frame for each result, and a sentence to end with."""
    frames = [_frame(shown_name(result.path, report.folder), result) for result in report.results]
    said = summary(report)
    return joined([*frames, composed("{said}\n", said=said) if said else said])


def _frame(name: Shown, result: Result) -> Shown:
    source, marked = _crop(result.source, result.marked)
    number = str(result.place.line)
    return composed(
        _FRAME,
        name=name,
        line=result.place.line,
        column=result.place.columns.start,
        severity=plain(result.severity),
        kind=plain(result.kind.id),
        message=result.message,
        margin=plain(" " * len(number)),
        # A tab is as wide as the terminal likes, and the carets would miss the token.
        source=printable(source.expandtabs(1)),
        indent=plain(" " * _cells(source[: marked.start])),
        carets=plain("^" * _cells(marked.of(source))),
        colour=_COLOURS.get(result.severity, CYAN),
        bold=BOLD,
        dim=DIM,
        reset=RESET,
    )


def _crop(source: str, marked: Span) -> tuple[str, Span]:
    start = max(marked.start - _REACH, 0)
    end = marked.end + _REACH
    before = "…" if start else ""
    after = "…" if end < len(source) else ""
    shift = len(before) - start
    return f"{before}{source[start:end]}{after}", marked.shifted(shift)


def _cells(text: str) -> int:
    from unicodedata import combining, east_asian_width  # a library, which few reports need

    # A terminal draws some characters in two cells, and carets must stand under the token.
    return sum(
        0 if combining(character) else 2 if east_asian_width(character) in "WF" else 1
        for character in text
    )


def summary(report: Report) -> Shown:
    """Return a sentence on what was found; an empty one if nothing was, and not all was read."""
    known = f" The baseline knows {counted(report.known, 'token')} more." if report.known else ""
    if not report.results:
        # "No tokens" would be wrong where a baseline knows some.
        new = "new " if report.known else ""
        return plain("" if report.unread else f"No {new}Notion tokens found.{known}")
    files, tokens = len({result.path for result in report.results}), len(report.results)
    return plain(f"Found {counted(tokens, 'token')} in {counted(files, 'file')}.{known}")
