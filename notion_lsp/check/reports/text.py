"""Code frames for a person at a terminal, in colour."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

if TYPE_CHECKING:
    from notion_lsp.check.reports import Report, Result
    from notion_lsp.settings import Severity
    from notion_lsp.text import Span

BOLD, DIM, RED, GREEN, YELLOW, CYAN, RESET = (
    f"\x1b[{code}m" for code in ("1", "2", "31", "32", "33", "36", "0")
)
_COLOURS: dict[Severity, str] = {"error": RED, "warning": YELLOW}

# Code points of a long line that are shown on each side of the token.
_REACH = 60


def render(report: Report) -> str:
    """Return a frame for each result, and a sentence to end with."""
    frames = [_frame(report.name(result.path), result) for result in report.results]
    return "".join([*frames, _summary(report)])


def printable(text: str) -> str:
    """Return the text with a dot for each control character, which a terminal might obey."""
    return "".join(
        character if character.isprintable() or character == "\t" else "\N{MIDDLE DOT}"
        for character in text
    )


def _frame(name: str, result: Result) -> str:
    colour = _COLOURS.get(result.severity, CYAN)
    source, marked = _crop(result.source, result.marked)
    number = str(result.place.line)
    indent = " " * _cells(source[: marked.start])
    carets = "^" * _cells(marked.of(source))
    margin = " " * len(number)
    return f"""\
{BOLD}{printable(name)}:{result.place.line}:{result.place.columns.start}{RESET}: \
{colour}{result.severity}{RESET}[{result.kind.id}]: {result.message}
 {margin} {DIM}|{RESET}
 {DIM}{number} |{RESET} {printable(source).expandtabs(1)}
 {margin} {DIM}|{RESET} {indent}{colour}{carets}{RESET}

"""


def _crop(source: str, marked: Span) -> tuple[str, Span]:
    start = max(marked.start - _REACH, 0)
    end = marked.end + _REACH
    before = "…" if start else ""
    after = "…" if end < len(source) else ""
    shift = len(before) - start
    return f"{before}{source[start:end]}{after}", marked.shifted(shift)


def _cells(text: str) -> int:
    # A terminal draws some characters in two cells, and carets must stand under the token.
    return sum(
        0 if combining(character) else 2 if east_asian_width(character) in "WF" else 1
        for character in text
    )


def _summary(report: Report) -> str:
    known = f" The baseline knows {counted(report.known, 'token')} more." if report.known else ""
    if not report.results:
        new = "new " if report.known else ""
        return "" if report.unread else f"No {new}Notion tokens found.{known}\n"
    files = len({result.path for result in report.results})
    return f"Found {counted(len(report.results), 'token')} in {counted(files, 'file')}.{known}\n"


def counted(number: int, noun: str) -> str:
    """Return a number and its noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
