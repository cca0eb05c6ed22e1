"""The settings and projects of this session: what the editor sent, what the folders hold."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp import settings
from notion_lsp.files.read_write import PAUSE
from notion_lsp.files.uris import uri_to_path
from notion_lsp.project.project import FILES as PROJECT_FILES
from notion_lsp.project.project import load_project, may_be_half_written
from notion_lsp.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from notion_lsp.project.project import Project

SECTION = "notion-lsp"
# A project is read from these: a change of one of them makes it be read again.
FILES = (*PROJECT_FILES, ".gitignore")

_MOST_PLACES = 1000
_Stamp = tuple[int | None, ...]


class _Place(NamedTuple):
    folder: Path | None
    path: Path | None


class Configuration:
    """The folders of the workspace, each with the editor's settings and its own files' put in."""

    def __init__(self) -> None:
        self._initial = Settings()
        self._editor: dict[Path | None, Settings] = {}
        self._projects: dict[Path | None, tuple[_Stamp, Project]] = {}
        self._held: dict[Path | None, Project] = {}
        self._half: dict[Path | None, float] = {}  # since when
        self._folders: dict[Path, Path] = {}  # by where their links lead
        self._places: dict[str, _Place] = {}
        self.problems: tuple[str, ...] = ()

    @property
    def folders(self) -> tuple[Path, ...]:
        """The workspace's folders that are on a disk."""
        return tuple(self._folders.values())

    def use_folders(self, uris: Iterable[str]) -> None:
        """Take these for the workspace's folders; one that links to another is that one."""
        paths = (uri_to_path(uri) for uri in uris)
        self._folders = {}
        for path in filter(None, paths):
            self._folders.setdefault(Path(path).resolve(), Path(path))
        self.reload()

    def use_initial(self, values: object) -> None:
        """Take what came with `initialize`: it holds where the editor says nothing later."""
        self._initial = self._parse(values)

    def use_editor(self, values: object, folder: Path | None = None) -> None:
        """Take what the editor sent, for a folder or for all; a bad value keeps what was there."""
        self._editor[folder] = self._parse(values)
        self.reload()

    def use_answers(self, uris: Sequence[str | None], answers: Sequence[object]) -> None:
        """Take the editor's answers to `workspace/configuration`.

        There is one for each folder's URI, and one for `None`, which holds for all folders.
        """
        by_folder = dict(zip(uris, answers, strict=False))
        # LSP: a client answers null for a scope for which it has no settings.
        if by_folder.get(None) is not None:
            self.use_editor(by_folder[None])
        for uri, answer in by_folder.items():
            path = uri_to_path(uri) if uri else None
            if path and answer is not None:
                self.use_editor(answer, Path(path))

    def project(self, uri: str) -> Project:
        """Return the project a document is of: that of the innermost folder around it."""
        return self.folder_project(self.folder(uri))

    def folder(self, uri: str) -> Path | None:
        """Return the innermost folder of the workspace around a document."""
        return self._place(uri).folder

    def path(self, uri: str) -> Path | None:
        """Return the path of a document, which begins as that of the folder around it does."""
        return self._place(uri).path

    def _place(self, uri: str) -> _Place:
        if uri not in self._places:
            # Forgetting all is the simplest bound: what is still open is placed again.
            if len(self._places) >= _MOST_PLACES:
                self._places.clear()
            path = uri_to_path(uri)
            self._places[uri] = _place(Path(path), self._folders) if path else _Place(None, None)
        return self._places[uri]

    def folder_project(self, folder: Path | None) -> Project:
        """Return the project of a folder, read when first asked for."""
        if folder not in self._projects:
            self._projects[folder] = self._read(folder)
        return self._projects[folder][1]

    @property
    def is_half_read(self) -> bool:
        """Whether a file of a project may have been read while it was written."""
        return bool(self._half)

    def read_half_again(self) -> None:
        """Forget the projects that may have been read while a file was written."""
        for folder in self._half:
            self._projects.pop(folder, None)

    def _read(self, folder: Path | None) -> tuple[_Stamp, Project]:
        stamp = _stamp(folder)  # before the files are read: what changes meanwhile is read again
        found = load_project(
            folder, self._editor.get(folder, self._editor.get(None, self._initial))
        )
        now = time.monotonic()
        if may_be_half_written(found) and now < self._half.setdefault(folder, now) + PAUSE:
            # Nobody is told yet, and what held before goes on holding.
            return stamp, self._held.get(folder, found)
        self._half.pop(folder, None)
        self._held[folder] = found
        self.problems += found.problems
        return stamp, found

    def refresh(self) -> bool:
        """Forget the projects whose files have changed on the disk; return whether any had."""
        changed = [
            folder for folder, (stamp, _) in self._projects.items() if stamp != _stamp(folder)
        ]
        for folder in changed:
            del self._projects[folder]
        return bool(changed)

    def reload(self) -> None:
        """Forget what was read."""
        self._projects.clear()
        self._places.clear()

    def take_problems(self) -> tuple[str, ...]:
        """Return the problems met since last asked, each once."""
        for _, project in self._projects.values():
            self.problems += project.patterns.take_problems()
        problems, self.problems = tuple(dict.fromkeys(self.problems)), ()
        return problems

    def _parse(self, values: object) -> Settings:
        # LSP leaves the shape of settings open: they come as our section, or with it inside.
        if isinstance(values, dict) and isinstance(values.get(SECTION), dict):
            values = values[SECTION]
        parsed, problems = settings.parse(values, self._initial)
        self.problems += problems
        return parsed


def _place(path: Path, folders: Mapping[Path, Path]) -> _Place:
    if around := [folder for folder in folders.values() if path.is_relative_to(folder)]:
        return _Place(_innermost(around), path)
    # An editor may name a file by where a link leads, and its folder by the link.
    real = path.resolve()
    around = [folder for folder in folders if real.is_relative_to(folder)]
    if not around:
        return _Place(None, path)
    innermost = _innermost(around)
    folder = folders[innermost]
    return _Place(folder, folder / real.relative_to(innermost))


def _innermost(folders: Sequence[Path]) -> Path:
    return max(folders, key=lambda folder: len(folder.parts))


# Not all clients watch files: the times of change are compared when one is opened or saved.
def _stamp(folder: Path | None) -> _Stamp:
    return tuple(_changed_at(folder / name) for name in FILES) if folder else ()


def _changed_at(path: Path) -> int | None:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None
