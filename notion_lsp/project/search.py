"""Which files of a folder can hold a token."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.detect import prefilters
from notion_lsp.files import git, gitignore, read_write, ripgrep

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path, PurePath

    from notion_lsp.project.project import Project

_UNTRACKED = ["--untracked"]
_EVERYTHING = ["--no-index", "--no-exclude-standard"]
_CHUNK = 2**20  # bytes of a file that are held at once
_OVERLAP = 2**9  # and those of the block before: more than any needle has


def searchable_files(project: Project, below: Path | None = None) -> tuple[Path, ...]:
    """Return the files of the project, or of a folder in it, that can hold a token, sorted.

    They are those that git tracks, and those that it neither tracks nor ignores, also of
    repositories in the folder. Links are not followed. What the project leaves out, and what could
    not be looked at, is in the answer too: whoever reads it tells why.
    """
    folder = below or project.folder
    if folder is None:
        return ()
    # What the patterns of the settings find begins with nothing that is known.
    patterns = () if project.patterns else prefilters.patterns()
    found = _by_ripgrep(folder, patterns)
    if found is None:
        found = _by_git(folder, patterns)
    if found is None:
        walked = gitignore.walk(folder)
        found = filter(_can_hold_a_token, walked) if patterns else walked
    every = {path for path in found if not _is_metadata(path.relative_to(folder))}
    return tuple(sorted(every))


def files_with(folder: Path, patterns: Sequence[str]) -> tuple[Path, ...]:
    """Return every file below a folder, ignored or not, in which one of the patterns matches.

    They are sorted. Without patterns, all files are found that hold anything. Where neither ripgrep
    nor git is there, every file is in the answer.
    """
    found = ripgrep.search(folder, patterns, ignored=True, left_out=gitignore.METADATA)
    if found is None:
        found = git.grep(folder, patterns, options=_EVERYTHING)
    every = gitignore.everything(folder) if found is None else found
    return tuple(sorted(path for path in every if not _is_metadata(path.relative_to(folder))))


def _by_ripgrep(folder: Path, patterns: Sequence[str]) -> Iterable[Path] | None:
    top = gitignore.top_of(folder)
    ignored = top is not None and top != folder and bool(git.is_ignored(folder))
    found = ripgrep.search(folder, patterns, ignored=ignored, left_out=gitignore.METADATA)
    if found is None or ignored or top is None:
        return found
    return [*found, *_tracked_but_ignored(folder, patterns)]


def _tracked_but_ignored(folder: Path, patterns: Sequence[str]) -> Iterator[Path]:
    # Neither tool looks at them when it looks for files that are not tracked.
    for here in _repositories(folder):
        for path in git.tracked_but_ignored(here):
            if _is_file(path) and (not patterns or _can_hold_a_token(path)):
                yield path


def _repositories(folder: Path) -> Iterator[Path]:
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        waiting += git.inner_repositories(here)
        yield here


def _by_git(folder: Path, patterns: Sequence[str]) -> Iterable[Path] | None:
    marks = ("^\\xff\\xfe", "^\\xfe\\xff") if patterns else ()
    options = searched(folder)
    every: list[Path] = []
    for here in _repositories(folder) if options == _UNTRACKED else [folder]:
        found = git.grep(here, (*patterns, *marks), options=options, plain=prefilters.strings())
        if found is None:
            return None
        every += found
    return [*every, *_tracked_but_ignored(folder, patterns)] if options == _UNTRACKED else every


def _is_file(path: Path) -> bool:
    there = read_write.exists(path) and not read_write.is_link(path)
    return there and not read_write.is_folder(path)


def _is_metadata(path: PurePath) -> bool:
    return any(part in gitignore.METADATA for part in path.parts)


def _can_hold_a_token(path: Path) -> bool:
    # A file that cannot be read can, too: reading it again tells why.
    try:
        with path.open("rb") as file:
            before = b""
            while chunk := file.read(_CHUNK):
                if prefilters.can_hold_a_token(before + chunk):
                    return True
                # A needle may begin in one block and end in the next.
                before = chunk[-_OVERLAP:]
    except OSError:
        return True
    return False


def searched(folder: Path) -> list[str]:
    """Return the options that tell git which files below a folder are to be searched."""
    # git-grep(1): outside a repository it searches with `--no-index`, and heeds .gitignore only
    # when told to.
    if git.root(folder) is None:
        return ["--no-index", "--exclude-standard"]
    # The folder itself is ignored: by git's rules, nothing in it would be searched.
    if git.is_ignored(folder):
        return _EVERYTHING
    return _UNTRACKED


def belongs_here(path: Path) -> bool:
    """Whether the path is where tokens belong: a `.env` file that git ignores."""
    from notion_lsp.languages import fits, language_of
    from notion_lsp.languages.dotenv import LANGUAGE

    # Most files are told by this language alone: to load all of them takes longer than a check.
    if not any(fits(path, pattern) for pattern in LANGUAGE.recognition.files):
        return False
    if language_of(path) is not LANGUAGE:
        return False
    ignored = git.is_ignored(path)
    # Outside a repository git has no answer, and we read .gitignore ourselves.
    return gitignore.is_ignored(path) if ignored is None else ignored
