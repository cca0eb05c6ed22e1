"""What is known of the files of open documents, read before anything is typed in them.

A keystroke must not wait for the disk or for git. So this is read when a document is opened or
saved, or when a file changes that settings stand in, and is only looked up in between.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from notion_lsp.project.search import belongs_here

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from notion_lsp.ignore.ignore_file import Ignored
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

    def ignored(self, today: date) -> Ignored:
        """Return the entries by which the project ignores tokens in this file."""
        return self.project.ignored(self.path, today)


class OpenFiles:
    """The files of one connection's open documents, by the documents' URIs."""

    def __init__(self) -> None:
        # Read when a document is opened or saved, or a setting changes: a keystroke asks no git.
        self._known: dict[str, OpenFile] = {}

    def of(self, uri: str) -> OpenFile:
        """Return what was read last; the document must be open."""
        return self._known[uri]

    def read(self, uri: str, path: Path | None, project: Project) -> None:
        """Read what is to be known of a document's file; it may ask git."""
        left_out = path is not None and (project.excludes(path) or belongs_here(path))
        example = path is not None and project.is_example(path)
        self._known[uri] = OpenFile(path, project, left_out, example)

    def forget(self, uri: str) -> None:
        """Forget a document that is closed."""
        self._known.pop(uri, None)
