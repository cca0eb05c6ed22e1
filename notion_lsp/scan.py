"""The tokens in the files that a call names: paths, the index of git, or a text that is handed in.

Only what holds tokens is kept, so a large tree costs no memory.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from notion_lsp import files, git, messages, workspace
from notion_lsp.files import Decoded, Unreadable
from notion_lsp.settings import PROJECT_FILE
from notion_lsp.suppress import review

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from notion_lsp.tokens import Finding
    from notion_lsp.workspace import Project

    Track = Callable[[Sequence[Path]], Iterable[Path]]


@dataclass(frozen=True, slots=True)
class LeakyFile:
    """A file that holds tokens, and those of them that nobody has said no to.

    `expired` has the day of those that an entry ignored until then.
    """

    path: Path
    content: Decoded
    project: Project
    findings: tuple[Finding, ...]
    expired: Mapping[Finding, date] = field(default_factory=dict)


@dataclass(slots=True)
class Scan:
    """What a scan has found so far, what it could not read, and the projects it met.

    `looked` are the files that it has read and found to be text, with tokens or without.
    """

    today: date
    leaky: list[LeakyFile] = field(default_factory=list)
    unread: list[Unreadable] = field(default_factory=list)
    projects: dict[Path | None, Project] = field(default_factory=dict)
    folders: dict[Path, Path | None] = field(default_factory=dict)
    looked: set[Path] = field(default_factory=set)

    def project(self, path: Path) -> Project:
        """Return the project of a file."""
        folder = self._folder(path.parent)
        if folder not in self.projects:
            self.projects[folder] = workspace.load_project(folder)
        return self.projects[folder]

    def _folder(self, path: Path) -> Path | None:
        if path not in self.folders:
            above = self._folder(path.parent) if path != path.parent else None
            self.folders[path] = path if workspace.is_project(path) else above
        return self.folders[path]

    def look(self, path: Path, read: Decoded | Unreadable, *, named: bool = True) -> None:
        """Look for tokens in what was read; what is not text matters only if a person named it."""
        project = self.project(path)
        if project.excludes(path):
            return
        if isinstance(read, Unreadable):
            if named or read.reason != files.NOT_TEXT:
                self.unread.append(read)
            return
        self.looked.add(path)
        left = review(read.text, project.ignored(path, self.today), project.patterns)
        found = tuple(
            finding
            for finding in left.findings
            if messages.severity(finding, project.settings) != "off"
        )
        if found and not workspace.belongs_here(path):
            self.leaky.append(LeakyFile(path, read, project, found, left.expired))


def scan_paths(paths: Iterable[str], track: Track, today: date, known: Sequence[Path] = ()) -> Scan:
    """Return the tokens in files, and in the folders below paths, sorted by path.

    `track` is handed the files to read, and gives them back one by one. Files that are known to
    have held a token are looked at again, where they are below the paths.
    """
    scan = Scan(today)
    named: dict[Path, bool] = {}
    for path in map(absolute, paths):
        if files.is_folder(path):
            project = scan.project(path / PROJECT_FILE)
            again = [each for each in known if path in each.parents and each.is_file()]
            found = [*workspace.candidates(project, path), *again]
            named |= dict.fromkeys(found, False) | named
        else:
            named[path] = True
    for path in track(sorted(named)):
        scan.look(path, files.read(path), named=named[path])
    return scan


def scan_staged(paths: Sequence[str], today: date) -> Scan | None:
    """Return the tokens that the next commit would bring in, below the paths if there are any.

    None if git cannot tell.
    """
    folder = absolute(".")
    staged = git.staged_files(folder)
    if staged is None:
        return None
    below = [absolute(path).resolve() for path in paths]
    wanted = [
        file
        for file in staged
        if not below or any(path in (file.path, *file.path.parents) for path in below)
    ]
    scan = Scan(today)
    for path, data in git.contents(folder, wanted):
        if data is None:
            scan.look(path, Unreadable(path, "git does not give its content"))
        elif not (scan.project(path).patterns or workspace.can_hold_a_token(data)):
            scan.looked.add(path)
        elif read := files.decode(data):
            scan.look(path, read)
    return scan


def scan_text(data: bytes, name: str, today: date) -> Scan:
    """Return the tokens in a text that is to be taken for the content of the named file."""
    path = absolute(name)
    scan = Scan(today)
    scan.look(path, files.decode(data) or Unreadable(path, files.NOT_TEXT))
    return scan


def absolute(path: str) -> Path:
    """Return the path from the root on, links and all."""
    return Path(os.path.abspath(path))  # noqa: PTH100, Path.resolve would follow links
