"""The formats of `notion-lsp check`: one module each, found by being in this folder.

One whose name begins with `_` is what several share. A module has a function
`render(report) -> Shown`. No token gets as far as this: a result says where one is, and has its
line with every token masked.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.explain import masking
from notion_lsp.explain.shown import composed, plain, printable
from notion_lsp.files.uris import relative_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import PurePath

    from notion_lsp.detect import kinds
    from notion_lsp.explain.shown import Shown
    from notion_lsp.explain.whereabouts import Whereabouts
    from notion_lsp.files.read_write import Unreadable
    from notion_lsp.settings import Severity
    from notion_lsp.text import Span


class Region(NamedTuple):
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
    place: Region
    pieces: tuple[Region, ...]
    encoding: str
    source: Shown
    marked: Span
    where: Whereabouts


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
    from pkgutil import iter_modules  # what it loads reads source code

    modules = (module.name for module in iter_modules(__path__))
    return sorted(name.replace("_", "-") for name in modules if name[0] != "_")


def renderer(name: str) -> Callable[[Report], Shown]:
    """Return the function that writes a report in a format."""
    # Only the one that was chosen: each imports what its format needs.
    module = import_module(f"{__name__}.{name.replace('-', '_')}")
    render: Callable[[Report], Shown] = module.render
    return render
