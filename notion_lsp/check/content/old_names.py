"""The names that files have had in a history: those that hold a token, and those of archives."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from notion_lsp.check import names
from notion_lsp.check.content import Version
from notion_lsp.detect import prefilters
from notion_lsp.files import git_history, git_store
from notion_lsp.files.git_history import Change
from notion_lsp.project import archives

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from notion_lsp.check.content import ProjectOf
    from notion_lsp.files.git_history import Commit
    from notion_lsp.files.git_store import Batch
    from notion_lsp.files.git_stream import Repository


@dataclass
class OldNames:
    """The paths below the top that hold a token, with their versions, and those of archives.

    Both are filled as the history is read.
    """

    top: Path
    versions: dict[Path, list[Version]] = field(default_factory=dict)
    archives: set[Path] = field(default_factory=set)

    def add(
        self, changes: Iterable[Change], commits: Mapping[str, Commit], project_of: ProjectOf
    ) -> None:
        """Add the paths of changes that are told by their names."""
        for change in changes:
            path = self.top / os.fsdecode(change.path)
            if archives.is_archive(path) and change.object_id:
                self.archives |= set() if project_of(path).excludes(path) else {path}
            if change.is_new and _holds_a_token(change.path):
                version = Version(change.object_id, path, commits.get(change.commit), named=True)
                self.versions.setdefault(path, []).append(version)


def told_by_name(repository: Repository, trees: Iterable[Batch]) -> dict[bytes, str]:
    """Return the names in trees that hold a token, or are those of archives, each with an id."""
    # A zero byte ends a name.
    texts = [
        re.escape(each.decode())
        for each in prefilters.strings()
        if b"\0" not in each and each.isascii()
    ]
    return {
        entry.name: entry.object_id
        for candidate in git_store.candidates(repository, trees, (archives.NAMED, *texts))
        for entry in git_history.entries(candidate.stored)
        if archives.is_archive(PurePath(os.fsdecode(entry.name))) or _holds_a_token(entry.name)
    }


def in_no_commit(called: Mapping[bytes, str], changes: Iterable[Change]) -> list[Change]:
    """Return what has these names in trees alone, as the changes of no commit."""
    reached = {name for change in changes for name in change.path.split(b"/")}
    return [Change("", name, each, ()) for name, each in called.items() if name not in reached]


def _holds_a_token(name: bytes) -> bool:
    return names.may_hold(name) and bool(names.tokens_in(os.fsdecode(name)))
