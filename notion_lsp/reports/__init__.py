"""The formats of `notion-lsp check`: one module each, found by being in this folder.

A module has `render(report) -> str`. What it is given holds no token: a result says where one is,
and shows its line with every token masked.
"""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from notion_lsp import kinds, messages, tokens
from notion_lsp.text import LineIndex, Span, line_bounds

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import PurePath

    from notion_lsp.blocks import Part
    from notion_lsp.files import Unreadable
    from notion_lsp.settings import Settings, Severity


@dataclass(frozen=True, slots=True)
class Result:
    """A token found: lines and columns begin at 1, and a span's end is the column after it.

    `columns` are code points, `utf_16_columns` code units of UTF-16. `source` is the line, or what
    stands near in a long one, with its tokens masked, and `marked` says where in it, from 0, this
    one stands.
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


def result(path: PurePath, part: Part, settings: Settings) -> Result:
    """Return what is to be said of a token."""
    text, finding, span = part.text, part.finding, part.finding.span
    index = LineIndex(text, part.origin)
    line, column = index.position(span.start, "utf-32")
    source, marked = _masked(part)
    utf_16 = [index.position(offset, "utf-16")[1] + 1 for offset in (span.start, span.end)]
    return Result(
        path=path,
        kind=finding.kind,
        severity=messages.severity(finding, settings),
        message=messages.describe_again(finding, text, part.expired),
        fingerprint=tokens.fingerprint(tokens.token_of(text, finding)),
        line=line + 1,
        columns=Span(column + 1, column + 1 + span.end - span.start),
        utf_16_columns=Span(*utf_16),
        source=source,
        marked=marked,
    )


def _masked(part: Part) -> tuple[str, Span]:
    # Every token is masked, those a person said no to as well: they are tokens still. Of a token in
    # pieces, and of several in one place, the first has the mask.
    line = line_bounds(part.text, part.finding.span.start)
    masks = {
        span: "" if number else messages.masked(finding, part.text)
        for finding in reversed(part.tokens)
        for number, span in enumerate(finding.spans)
        if line.contains(span)
    }
    masked, position, marked = "", line.start, Span(0, 0)
    for span, mask in sorted(masks.items()):
        masked += part.text[position : span.start]
        if span == part.finding.span:
            marked = Span(len(masked), len(masked) + len(mask))
        masked += mask
        position = span.end
    return masked + part.text[position : line.end], marked
