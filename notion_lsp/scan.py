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
    from collections.abc import Callable, Iterable, Sequence

    from notion_lsp.tokens import Finding
    from notion_lsp.workspace import Project

    Track = Callable[[Sequence[Path]], Iterable[Path]]


@dataclass(frozen=True, slots=True)
class LeakyFile:
    """A file that holds tokens, and those of them that nobody has said no to."""

    path: Path
    content: Decoded
    project: Project
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class Scan:
    """What a scan has found so far, what it could not read, and the projects it met."""

    leaky: list[LeakyFile] = field(default_factory=list)
    unread: list[Unreadable] = field(default_factory=list)
    projects: dict[Path | None, Project] = field(default_factory=dict)
    folders: dict[Path, Path | None] = field(default_factory=dict)

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
        found = tuple(
            finding
            for finding in review(read.text, project.fingerprints, project.patterns).findings
            if messages.severity(finding, project.settings) != "off"
        )
        if found and not workspace.belongs_here(path):
            self.leaky.append(LeakyFile(path, read, project, found))


def scan_paths(paths: Iterable[str], track: Track) -> Scan:
    """Return the tokens in files, and in the folders below paths, sorted by path.

    `track` is handed the files to read, and gives them back one by one.
    """
    scan = Scan()
    named: dict[Path, bool] = {}
    for path in map(absolute, paths):
        if files.is_folder(path):
            project = scan.project(path / PROJECT_FILE)
            named |= dict.fromkeys(workspace.candidates(project, path), False) | named
        else:
            named[path] = True
    for path in track(sorted(named)):
        scan.look(path, files.read(path), named=named[path])
    return scan


def scan_staged(paths: Sequence[str]) -> Scan | None:
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
    scan = Scan()
    for path, data in git.contents(folder, wanted):
        if data is None:
            scan.look(path, Unreadable(path, "git does not give its content"))
        elif scan.project(path).patterns or workspace.can_hold_a_token(data):
            scan.look(path, files.decode(data) or Unreadable(path, files.NOT_TEXT), named=False)
    return scan


def scan_text(data: bytes, name: str) -> Scan:
    """Return the tokens in a text that is to be taken for the content of the named file."""
    path = absolute(name)
    scan = Scan()
    scan.look(path, files.decode(data) or Unreadable(path, files.NOT_TEXT))
    return scan


def absolute(path: str) -> Path:
    """Return the path from the root on, links and all."""
    return Path(os.path.abspath(path))  # noqa: PTH100, Path.resolve would follow links
