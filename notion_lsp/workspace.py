"""A folder: its settings, which of its files can hold a token, and the names it uses for them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from notion_lsp import settings
from notion_lsp.detect import custom, prefilters
from notion_lsp.detect.custom import Patterns
from notion_lsp.detect.finding import fingerprint, token_of
from notion_lsp.detect.plain import find_plain
from notion_lsp.files import git, gitignore, read_write
from notion_lsp.ignore import scanners
from notion_lsp.ignore.ignore_file import IGNORE_FILE, Ignored, merged, parse_ignore_file
from notion_lsp.ignore.scanners import Triage
from notion_lsp.settings import (
    ACCESS_TOKEN_NAMES,
    DEFAULTS,
    PROJECT_FILE,
    PYPROJECT,
    Settings,
)
from notion_lsp.text import line_bounds

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path, PurePath


# What Notion's documentation, kits and samples call the variables, by our own name for the kind.
_USUAL_NAMES = {
    "NOTION_TOKEN": ACCESS_TOKEN_NAMES,
    "NOTION_CLIENT_SECRET": ("NOTION_CLIENT_SECRET", "NOTION_OAUTH_CLIENT_SECRET"),
    "NOTION_WEBHOOK_VERIFICATION_TOKEN": (
        *("NOTION_WEBHOOK_VERIFICATION_TOKEN", "NOTION_VERIFICATION_TOKEN"),
        "NOTION_WEBHOOK_SECRET",
    ),
    "NOTION_REFRESH_TOKEN": ("NOTION_REFRESH_TOKEN", "NOTION_OAUTH_REFRESH_TOKEN"),
    "NOTION_TOKEN_V2": ("NOTION_TOKEN_V2",),
    "NOTION_FILE_TOKEN": ("NOTION_FILE_TOKEN",),
}
_DOTENV_NAME = re.compile(r"^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=", re.MULTILINE)
_MOST_DOTENV_FILES = 20
_SECONDS_FOR_NAMES = 2.0


@dataclass(frozen=True)
class Project:
    """A folder and what its files say about tokens; without a folder, the settings alone."""

    folder: Path | None
    settings: Settings
    triage: Triage
    problems: tuple[str, ...]
    patterns: Patterns = field(default_factory=Patterns)

    def excludes(self, path: Path) -> bool:
        """Whether the `exclude` setting, or the files of another scanner, leave the path out."""
        if self.folder is None or self.folder not in path.parents:
            return False
        if self._excluded and self._excluded.verdict(path):
            return True
        return any(excludes(self._name(path)) for excludes in self.triage.excludes)

    def is_example(self, path: PurePath) -> bool:
        """Whether the `example_paths` setting takes the path for a test or an example."""
        within = self._examples and self._examples.folder in path.parents
        return bool(within and self._examples and self._examples.verdict(path))

    def ignored(self, path: Path | None, today: date) -> Ignored:
        """Return what the project says no to on a day, in a file or else in any."""
        entries = self.triage.entries
        within = entries and path and self.folder and self.folder in path.parents
        return Ignored(entries, self._name(path) if path and within else "", today)

    def _name(self, path: Path) -> str:
        return path.relative_to(self.folder or path).as_posix()

    @cached_property
    def _excluded(self) -> gitignore.Rules | None:
        return gitignore.rules(self.folder, self.settings.exclude) if self.folder else None

    @cached_property
    def _examples(self) -> gitignore.Rules | None:
        return gitignore.rules(self.folder, self.settings.example_paths) if self.folder else None


def load_project(folder: Path | None, base: Settings | None = None) -> Project:
    """Return the project of a folder, its own files over the base settings."""
    base = base or Settings()
    if folder is None:
        rows, problems = custom.rows(base.patterns)
        return Project(None, base, Triage(), problems, Patterns(rows))
    own, pyproject = _text(folder / PROJECT_FILE), _pyproject(folder)
    chosen, problems = (base, tuple[str, ...]())
    if own is not None or pyproject is not None:
        chosen, problems = settings.parse_project(own, pyproject, base)
    for name, globs in (("exclude", chosen.exclude), ("example-paths", chosen.example_paths)):
        # Ours are patterns, and to look costs an import.
        own_globs = () if globs == DEFAULTS.example_paths else globs
        bad = (pattern for pattern in own_globs if not gitignore.is_pattern(pattern))
        problems += tuple(f"{name}: {pattern!r} is not a pattern." for pattern in bad)
    rows, not_rows = custom.rows(chosen.patterns)
    said = _triage(folder)
    return Project(folder, chosen, said, (*problems, *not_rows, *said.problems), Patterns(rows))


def _triage(folder: Path) -> Triage:
    reads = {name: read_write.read(folder / name) for name in (IGNORE_FILE, *scanners.FILES)}
    texts = {
        name: read.text for name, read in reads.items() if isinstance(read, read_write.Decoded)
    }
    own, problems = parse_ignore_file(texts.pop(IGNORE_FILE, ""))
    said = scanners.read(texts)
    unread = tuple(
        f"{name} cannot be read: {read.reason}."
        for name, read in reads.items()
        if isinstance(read, read_write.Unreadable) and read_write.exists(folder / name)
    )
    every = (*unread, *problems, *said.problems)
    return Triage(merged(own, said.entries), said.excludes, every)


def is_project(folder: Path) -> bool:
    """Whether a folder has a file of ours or is a repository."""
    names = (PROJECT_FILE, IGNORE_FILE, ".git")
    return any(read_write.exists(folder / name) for name in names) or _pyproject(folder) is not None


def candidates(project: Project, below: Path | None = None) -> tuple[Path, ...]:
    """Return the files of the project, or of a folder in it, that can hold a token, sorted.

    Files that git ignores are left out, and so are submodules and repositories in the repository:
    each is a project of its own. Links are not followed. What could not be looked at is in the
    answer too, so that reading it tells why.
    """
    folder = below or project.folder
    if folder is None:
        return ()
    # What the patterns of the settings find begins with nothing that is known.
    known = () if project.patterns else (*prefilters.strings(), *prefilters.UTF_16_MARKS)
    by_git = git.grep(folder, known, options=searched(folder))
    walked = gitignore.walk(folder)
    read = filter(prefilters.can_be_read_for_one, walked) if known else walked
    found = read if by_git is None else by_git
    return tuple(sorted(path for path in found if not project.excludes(path)))


def searched(folder: Path) -> list[str]:
    """Return the options that tell git which files below a folder are to be searched."""
    if git.root(folder) is None:
        return ["--no-index", "--exclude-standard"]
    if git.is_ignored(folder):
        return ["--no-index", "--no-exclude-standard"]
    return ["--untracked"]


def belongs_here(path: Path) -> bool:
    """Whether the path is where tokens belong: a `.env` file that git ignores."""
    from notion_lsp.languages import language_of

    language = language_of(path)
    if language is None or language.id != "dotenv":
        return False
    ignored = git.is_ignored(path)
    return gitignore.is_ignored(path) if ignored is None else ignored


def usual_names(project: Project) -> dict[str, str]:
    """Return the variable a project reads for each of our own names for one, where it has any.

    The name in its settings counts first, unless it is the default; then those in its `.env` files;
    then those in its code. Of several names for the same the most frequent one counts.
    """
    folder, chosen = project.folder, project.settings.environment_variable
    default = Settings().environment_variable
    in_settings = {} if chosen == default else {default: chosen}
    if folder is None:
        return in_settings
    known = [name for names in _USUAL_NAMES.values() for name in names]
    in_code = _choose(git.words(folder, known, _SECONDS_FOR_NAMES))
    return in_code | _choose(_dotenv_names(folder)) | in_settings


def kept_tokens(project: Project) -> dict[str, str]:
    """Return the fingerprints of the tokens in a project's `.env` files, by their variable."""
    if project.folder is None:
        return {}
    texts = [text for path in _dotenv_files(project.folder) if (text := _text(path))]
    return {
        name[1]: fingerprint(token_of(text, finding))
        for text in texts
        for finding in find_plain(text)
        if (name := _DOTENV_NAME.match(text, line_bounds(text, finding.span.start).start))
    }


def _pyproject(folder: Path) -> str | None:
    text = _text(folder / PYPROJECT)
    return text if text and "notion-lsp" in text else None


def _text(path: Path) -> str | None:
    read = read_write.read(path)
    return None if isinstance(read, read_write.Unreadable) else read.text


def _dotenv_files(folder: Path) -> list[Path]:
    try:
        return sorted(folder.glob(".env*"))[:_MOST_DOTENV_FILES]
    except OSError:
        return []


def _dotenv_names(folder: Path) -> list[str]:
    texts = (_text(path) or "" for path in _dotenv_files(folder))
    return [name for text in texts for name in _DOTENV_NAME.findall(text)]


def _choose(found: Iterable[str]) -> dict[str, str]:
    counts = Counter(found)
    return {
        kind: max(names, key=lambda name: counts[name])
        for kind, names in _USUAL_NAMES.items()
        if any(counts[name] for name in names)
    }
