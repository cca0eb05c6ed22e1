"""What is known of the files of open documents, read before anything is typed in them.

A keystroke must not wait for the disk or for git. So this is read when a document is opened or
saved, or when a file changes that settings stand in, and is only looked up in between.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from notion_lsp.lsp.rules import Rules
from notion_lsp.project.search import belongs_here

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from notion_lsp.project.project import Project


@dataclass(frozen=True, slots=True)
class OpenFile:
    """The file of an open document; for a cell that of its notebook.

    A document that is `left_out` shows no token: its file is excluded, or is a `.env` that git
    ignores. `path` is `None` where it is not on a disk.
    """

    path: Path | None
    project: Project
    left_out: bool
    example: bool


class OpenFiles:
    """The files of one connection's open documents, by the documents' URIs."""

    def __init__(self) -> None:
        # Read when a document is opened or saved, or a setting changes: a keystroke asks no git.
        self._known: dict[str, OpenFile] = {}
        self._rules: dict[str, tuple[date, Rules]] = {}

    def of(self, uri: str) -> OpenFile:
        """Return what was read last; the document must be open."""
        return self._known[uri]

    def rules(self, uri: str, today: date) -> Rules:
        """Return how tokens of the document are shown: the same until its file is read anew."""
        day, rules = self._rules.get(uri, (None, None))
        if rules is None or day != today:
            file = self._known[uri]
            ignored = file.project.ignored(file.path, today)
            rules = Rules(file.project.settings, file.example, ignored)
            self._rules[uri] = today, rules
        return rules

    def read(self, uri: str, path: Path | None, project: Project) -> None:
        """Read what is to be known of a document's file; it may ask git."""
        left_out = path is not None and (project.excludes(path) or belongs_here(path))
        example = path is not None and project.is_example(path)
        read = OpenFile(path, project, left_out, example)
        if read != self._known.get(uri):
            self._known[uri] = read
            self._rules.pop(uri, None)

    def forget(self, uri: str) -> None:
        """Forget a document that is closed."""
        self._known.pop(uri, None)
        self._rules.pop(uri, None)
