"""The formats of `notion-lsp check`: one module each, found by being in this folder.

One whose name begins with `_` is what several share. A module has a function
`render(report) -> Shown`. No token gets as far as this: a result says where one is, and has its
line with every token masked.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.detect.finding import public_fingerprint
from notion_lsp.explain import evidence, masking, messages
from notion_lsp.explain.shown import composed, plain, printable
from notion_lsp.explain.whereabouts import NOWHERE, Whereabouts
from notion_lsp.files.uris import relative_name
from notion_lsp.positions import LineIndex
from notion_lsp.text import Span, line_bounds

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import PurePath

    from notion_lsp.check.excerpts import Excerpt
    from notion_lsp.detect import kinds
    from notion_lsp.explain.shown import Shown
    from notion_lsp.files.read_write import Unreadable
    from notion_lsp.project.project import Project
    from notion_lsp.settings import Severity


class Place(NamedTuple):
    """Where something stands: a line and half-open spans of columns, all from 1.

    `columns` are in code points, `utf_16_columns` in code units of UTF-16. `git_line` is the line
    as git and its hosts count: only a line feed ends one.
    """

    line: int
    columns: Span
    utf_16_columns: Span
    git_line: int

    @property
    def has_git_columns(self) -> bool:
        r"""Whether the columns are those of git's line too: no lone `\r` stands before."""
        return self.line == self.git_line


# A name has no place in the file, but each format wants one.
_NAME = Place(1, Span(1, 1), Span(1, 1), 1)


class Result(NamedTuple):
    """A token that was found: the place of its first piece, and those of the others, if any.

    `reason` is the evidence that it is one, and `fingerprint` is `None` where the token could be
    guessed from it. `source` is the line, or what stands near in a long one, with all tokens
    masked, and `marked` is the span of this one's mask in it, from 0. `exposure` and `past` are
    `None` where git was not asked, or cannot tell.
    """

    path: PurePath
    kind: kinds.TokenKind
    severity: Severity
    message: Shown
    reason: str
    fingerprint: str | None
    place: Place
    pieces: tuple[Place, ...]
    encoding: str
    source: Shown
    marked: Span
    where: Whereabouts = NOWHERE


class Report(NamedTuple):
    """All that a call has found, and the files that it could not read.

    Paths are shown relative to `folder`, and to `top` where a host reads them, which knows nothing
    of the folder that a job works in. `began` and `ended` are in UTC. `known` counts the tokens
    that a baseline knows, and `left_out` says what was not looked into or not reported.
    """

    folder: PurePath
    top: PurePath
    began: datetime
    ended: datetime
    results: tuple[Result, ...]
    unread: tuple[Unreadable, ...] = ()
    known: int = 0
    left_out: tuple[Shown, ...] = ()

    def name(self, path: PurePath) -> str:
        """Return how a path of this report is named to a program."""
        return masked_name(path, self.folder)

    def unread_sentence(self, file: Unreadable) -> Shown:
        """Return a sentence on a file that could not be read."""
        return plain(f"{self.name(file.path)} was not read: {file.reason}.")

    def name_on_host(self, path: PurePath) -> str:
        """Return how a path of this report is named to a code host."""
        return masked_name(path, self.top)


def shown_name(path: PurePath, folder: PurePath) -> Shown:
    """Return a path as a person reads it: as `masked_name` has it, in one line."""
    name = printable(masked_name(path, folder))
    # GitHub obeys a line of a log that begins with two colons.
    return composed("./{name}", name=name) if name.lstrip().startswith("::") else name


def masked_name(path: PurePath, folder: PurePath) -> str:
    """Return a path with `/`, relative to the folder if it is inside, with its tokens masked."""
    return masking.mask_text(relative_name(path, folder))


def formats() -> list[str]:
    """Return the names of all formats."""
    modules = (module.name for module in pkgutil.iter_modules(__path__))
    return sorted(name.replace("_", "-") for name in modules if name[0] != "_")


def renderer(name: str) -> Callable[[Report], Shown]:
    """Return the function that writes a report in a format."""
    module = import_module(f"{__name__}.{name.replace('-', '_')}")
    render: Callable[[Report], Shown] = module.render
    return render


def result(
    path: PurePath,
    excerpt: Excerpt,
    project: Project,
    where: Whereabouts = NOWHERE,
) -> Result:
    """Return a file's excerpt as a result."""
    text, finding, example = excerpt.text, excerpt.finding, project.is_example(path)
    index = LineIndex(text, excerpt.origin)
    first, *others = (_place(index, span) for span in finding.spans)
    # All tokens are masked, those too that a person said no to: they may be real.
    hidden = masking.masks(text, (*excerpt.tokens, finding))
    line = line_bounds(text, finding.span.start)
    source, marked = masking.masked(text, hidden, line, finding.span)
    message = messages.describe_again(finding, text, excerpt.expired, example=example)
    if excerpt.in_name:
        first, message = _NAME, messages.describe_name(finding, text)
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


def _place(index: LineIndex, span: Span) -> Place:
    line, column = index.position(span.start, "utf-32")
    utf_16 = [index.position(offset, "utf-16")[1] + 1 for offset in (span.start, span.end)]
    columns = Span(column + 1, column + 1 + span.end - span.start)
    return Place(line + 1, columns, Span(*utf_16), index.feeds(span.start) + 1)
