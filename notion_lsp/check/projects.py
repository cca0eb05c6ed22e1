"""The projects that files belong to, each loaded once."""

from __future__ import annotations

import time
from itertools import chain, takewhile
from typing import TYPE_CHECKING

from notion_lsp.files.read_write import PAUSE
from notion_lsp.project.project import is_project, load_project, may_be_half_written

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from notion_lsp.project.project import Project


class Projects:
    """The projects that were asked for so far."""

    def __init__(self) -> None:
        self._loaded: dict[Path | None, Project] = {}
        self._folders: dict[Path, Path | None] = {}

    @property
    def every(self) -> Collection[Project]:
        """All that were asked for."""
        return self._loaded.values()

    def of(self, path: Path) -> Project:
        """Return the project that a file belongs to."""
        folder = self._folder(path.parent)
        if folder not in self._loaded:
            self._loaded[folder] = _settled(folder)
        return self._loaded[folder]

    def _folder(self, path: Path) -> Path | None:
        # Kept for each folder on the way up, as the disk is asked for some names in each. Not
        # recursive: folders may lie deeper than Python's calls.
        every = chain((path,), path.parents)
        new = list(takewhile(lambda each: each not in self._folders, every))
        for each in reversed(new):
            above = self._folders.get(each.parent)
            self._folders[each] = each if is_project(each) else above
        return self._folders[path]


def _settled(folder: Path | None) -> Project:
    project = load_project(folder)
    if not may_be_half_written(project):
        return project
    time.sleep(PAUSE)
    return load_project(folder)
