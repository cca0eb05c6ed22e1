"""Which files of a folder can hold a token."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.detect import prefilters
from notion_lsp.files import git, gitignore

if TYPE_CHECKING:
    from pathlib import Path

    from notion_lsp.project.project import Project

_CHUNK = 2**20  # bytes of a file that are held at once


def searchable_files(project: Project, below: Path | None = None) -> tuple[Path, ...]:
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
    read = filter(_can_hold_a_token, walked) if known else walked
    found = read if by_git is None else by_git
    return tuple(sorted(path for path in found if not project.excludes(path)))


def _can_hold_a_token(path: Path) -> bool:
    # A file that cannot be read can, too: reading it again tells why.
    longest = max(map(len, prefilters.strings()))
    try:
        with path.open("rb") as file:
            before = b""
            while chunk := file.read(_CHUNK):
                if prefilters.can_hold_a_token(before + chunk):
                    return True
                # A string may begin in one block and end in the next.
                before = chunk[-longest:]
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
        return ["--no-index", "--no-exclude-standard"]
    return ["--untracked"]


def belongs_here(path: Path) -> bool:
    """Whether the path is where tokens belong: a `.env` file that git ignores."""
    from notion_lsp.languages import language_of

    language = language_of(path)
    if language is None or language.id != "dotenv":
        return False
    ignored = git.is_ignored(path)
    # Outside a repository git has no answer, and we read .gitignore ourselves.
    return gitignore.is_ignored(path) if ignored is None else ignored
