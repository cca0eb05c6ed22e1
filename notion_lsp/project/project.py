"""A folder: its settings, which of its files can hold a token, and the names it uses for them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp import settings
from notion_lsp.detect import custom
from notion_lsp.detect.custom import Patterns
from notion_lsp.files import read_write
from notion_lsp.ignore import scanners
from notion_lsp.ignore.ignore_file import IGNORE_FILE, Ignored, merged, parse_ignore_file
from notion_lsp.ignore.scanners import Triage
from notion_lsp.settings import DEFAULTS, PROJECT_FILE, PYPROJECT, Settings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path, PurePath

    from notion_lsp.files import gitignore


_MOST_RULES = 64  # kept; a project has two

# What a project is read from.
FILES = (PROJECT_FILE, PYPROJECT, IGNORE_FILE, *scanners.FILES)
# Programs write them, and may write much.
_BY_PROGRAMS = dict.fromkeys(
    (IGNORE_FILE, ".secrets.baseline", ".gitleaksignore"), read_write.LARGEST
)


class LeftOutBy(NamedTuple):
    """What leaves a path out: how, and the file of the folder that says so."""

    how: str
    file: str


class Project(NamedTuple):
    """A folder and what its files say about tokens; without a folder, the settings alone.

    `settings_file` is the name of the file with its settings, empty where the editor has them.
    """

    folder: Path | None
    settings: Settings
    triage: Triage
    problems: tuple[str, ...]
    patterns: Patterns = custom.NONE
    settings_file: str = ""

    def excludes(self, path: Path) -> bool:
        """Whether the `exclude` setting, or the files of another scanner, leave the path out."""
        return self.left_out_by(path) is not None

    def left_out_by(self, path: Path) -> LeftOutBy | None:
        """Return what leaves the path out, `None` if nothing does."""
        if self.folder is None or self.folder not in path.parents:
            return None
        excluded = _rules(self.folder, self.settings.exclude)
        if excluded and excluded.leave_out(path):
            return LeftOutBy("`exclude` in ", self.settings_file)
        name = self._name(path)
        said = (file for file, excludes in self.triage.excludes if excludes(name))
        return next((LeftOutBy("", file) for file in said), None)

    def is_example(self, path: PurePath) -> bool:
        """Whether the `example_paths` setting takes the path for a test or an example."""
        examples = _rules(self.folder, self.settings.example_paths) if self.folder else None
        return bool(examples and examples.folder in path.parents and examples.leave_out(path))

    def ignored(self, path: Path | None, today: date) -> Ignored:
        """Return the entries by which the project ignores tokens on a day, in a file or in any."""
        entries = self.triage.entries
        within = entries and path and self.folder and self.folder in path.parents
        return Ignored(entries, self._name(path) if path and within else "", today)

    def _name(self, path: Path) -> str:
        return path.relative_to(self.folder or path).as_posix()


@lru_cache(_MOST_RULES)
def _rules(folder: Path, globs: tuple[str, ...]) -> gitignore.Rules | None:
    # Each file of a search asks for them, and most projects have none.
    if not globs:
        return None
    from notion_lsp.files import gitignore

    return gitignore.rules(folder, globs)


def load_project(folder: Path | None, base: Settings | None = None) -> Project:
    """Return the project of a folder, its own files over the base settings."""
    base = base or Settings()
    if folder is None:
        rows, problems = custom.rows(base.patterns)
        return Project(None, base, Triage(), problems, Patterns(rows))
    texts, unread = _texts(folder)
    own, pyproject = texts.get(PROJECT_FILE), _with_table(texts.get(PYPROJECT))
    chosen, problems = (base, tuple[str, ...]())
    if own is not None or pyproject is not None:
        chosen, problems = settings.parse_project(own, pyproject, base)
    problems += _not_globs(chosen)
    rows, not_rows = custom.rows(chosen.patterns)
    said = _triage(texts)
    every = (*unread, *problems, *not_rows, *said.problems)
    file = PROJECT_FILE if own is not None else PYPROJECT if pyproject is not None else ""
    return Project(folder, chosen, said, every, Patterns(rows), file)


def _not_globs(chosen: Settings) -> tuple[str, ...]:
    named = {"exclude": chosen.exclude, "example-paths": chosen.example_paths}
    theirs = {name: globs for name, globs in named.items() if globs not in DEFAULTS}
    if not theirs:
        return ()
    from notion_lsp.files import path_patterns

    return tuple(
        f"{name}: no path can match {pattern!r}."
        for name, globs in theirs.items()
        for pattern in globs
        if not path_patterns.is_valid(pattern)
    )


def may_be_half_written(project: Project) -> bool:
    """Whether a file of a project has just changed, and is no whole one: it is to be read again."""
    folder = project.folder
    fresh = (
        [folder / name for name in FILES if read_write.is_fresh(folder / name)] if folder else []
    )
    # A program that writes a file anew empties it first, and what is empty parses.
    return bool(fresh and project.problems) or any(map(read_write.is_empty, fresh))


def _texts(folder: Path) -> tuple[dict[str, str], tuple[str, ...]]:
    # What the files of a project hold, by their names, and which of them cannot be read.
    largest = dict.fromkeys(FILES, read_write.LARGEST_BY_HAND) | _BY_PROGRAMS
    reads = {name: read_write.read(folder / name, largest[name]) for name in FILES}
    unread = tuple(
        f"{name} cannot be read: {read.reason}."
        for name, read in reads.items()
        # A project need not have these files: one that is missing is no problem.
        if isinstance(read, read_write.Unreadable) and read_write.exists(folder / name)
    )
    texts = {
        name: read.text for name, read in reads.items() if isinstance(read, read_write.Decoded)
    }
    return texts, unread


def _triage(texts: Mapping[str, str]) -> Triage:
    own, problems = parse_ignore_file(texts.get(IGNORE_FILE, ""))
    said = scanners.read({name: texts[name] for name in scanners.FILES if name in texts})
    return Triage(merged(own, said.entries), said.excludes, (*problems, *said.problems))


def is_project(folder: Path) -> bool:
    """Whether a folder has a file of ours or is a repository."""
    names = (PROJECT_FILE, IGNORE_FILE, ".git")
    has_file = any(read_write.exists(folder / name) for name in names)
    return has_file or _with_table(read_write.text_of(folder / PYPROJECT)) is not None


def _with_table(pyproject: str | None) -> str | None:
    # A package that is checked with us names us among its dependencies.
    return pyproject if pyproject and settings.has_table(pyproject) else None
