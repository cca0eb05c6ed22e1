"""The patterns of a `.gitignore`, and the files of a folder where git is missing.

Only `.gitignore` files and `.git/info/exclude` are read, not the index and not the user's own
exclude file: a tracked file that a pattern names is left out, which git would search.
"""

from __future__ import annotations

import os
import re
import warnings
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.files import read_write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path, PurePath

    from pathspec import GitIgnoreSpec

_GITIGNORE = ".gitignore"
# `pathspec` makes a regular expression of a pattern, which goes back over a name once more for each
# star. With four, it has an end; `**` counts as one.
_MOST_STARS = 4
# Where version control keeps its own files, with old versions of ours that nobody can change.
METADATA = (".git", ".svn", ".hg", ".bzr", ".jj", "_darcs", "CVS")


class Rules(NamedTuple):
    """Patterns, and the folder below which they count."""

    folder: Path
    spec: GitIgnoreSpec

    def verdict(self, path: PurePath, *, is_folder: bool = False) -> bool | None:
        """Whether the path is ignored, `None` if no pattern names it."""
        name = path.relative_to(self.folder).as_posix()
        return self.spec.check_file(name + "/" if is_folder else name).include


def rules(folder: Path, patterns: Iterable[str]) -> Rules | None:
    """Return the patterns as rules for a folder, `None` if there are none."""
    found = spec(patterns)
    return Rules(folder, found) if found else None


def spec(patterns: Iterable[str]) -> GitIgnoreSpec | None:
    """Return the patterns as one, those left out that are not valid; `None` if there are none."""
    usable = [pattern for pattern in patterns if pattern.strip() and is_pattern(pattern)]
    if not usable:
        return None
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(usable)


def is_pattern(text: str) -> bool:
    """Whether the text is a valid pattern, and has so few stars that it is soon compared."""
    if len(re.findall(r"\*+", text)) > _MOST_STARS:
        return False
    try:
        _spec([text])
    except (ValueError, re.error):
        return False
    return True


def _spec(patterns: Sequence[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    with warnings.catch_warnings():
        # Python's regular expressions may mean more by `[[]` one day than git does.
        warnings.simplefilter("ignore", FutureWarning)
        return GitIgnoreSpec.from_lines(patterns)


def is_ignored(path: Path) -> bool:
    """Whether a `.gitignore` names the path: one of its repository, else of any folder above.

    A path below an ignored folder is ignored, as for git.
    """
    # git looks at the folders first: below one that is ignored, no pattern brings a file back.
    top = top_of(path.parent) or path.parents[-1]
    above = [folder for folder in (path, *path.parents) if folder != top and top in folder.parents]
    return any(
        _ignored(
            folder,
            _rules_above(folder, top),
            is_folder=folder != path or read_write.is_folder(path),
        )
        for folder in above
    )


def top_of(folder: Path) -> Path | None:
    """Return the top folder of the repository around a folder, `None` outside of one."""
    return next(repositories_around(folder), None)


def repositories_around(folder: Path) -> Iterator[Path]:
    """Yield the top folders of the repositories around a folder, the innermost first."""
    return filter(_is_repository, (folder, *folder.parents))


def walk(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder that git would search, and folders that cannot be read.

    Links are not followed. In a repository inside the repository its own patterns count. A person
    who names an ignored folder means it: below that one, nothing is left out.
    """
    top = top_of(folder)
    if top and top != folder and is_ignored(folder):
        return _walk(folder, None)
    return _walk(folder, _rules_above(folder / _GITIGNORE, top or folder))


def _walk(folder: Path, above: Sequence[Rules] | None) -> Iterator[Path]:
    # Not recursive: folders may lie deeper than Python's calls.
    waiting = [(folder, above)]
    while waiting:
        here, known = waiting.pop()
        try:
            entries = list(os.scandir(here))
        except OSError:
            # Whoever reads it next learns the reason.
            yield here
            continue
        for entry in entries:
            path = here / entry.name
            is_folder = entry.is_dir(follow_symlinks=False)
            if known is not None and _ignored(path, known, is_folder=is_folder):
                continue
            if entry.is_file(follow_symlinks=False):
                yield path
            elif is_folder and entry.name not in METADATA:
                waiting.append((path, None if known is None else _rules_below(path, known)))


def _rules_below(folder: Path, known: Sequence[Rules]) -> list[Rules]:
    if _is_repository(folder):
        return _rules_above(folder / _GITIGNORE, folder)
    return [*known, *_rules_in(folder)]


def _is_repository(folder: Path) -> bool:
    return read_write.exists(folder / ".git")


def _rules_above(path: Path, top: Path) -> list[Rules]:
    folders = [folder for folder in path.parents if folder == top or top in folder.parents]
    excluded = _read(top, top / ".git" / "info" / "exclude")
    return [*excluded, *(found for folder in reversed(folders) for found in _rules_in(folder))]


def _rules_in(folder: Path) -> list[Rules]:
    return _read(folder, folder / _GITIGNORE)


def _read(folder: Path, file: Path) -> list[Rules]:
    read = read_write.read(file)
    if isinstance(read, read_write.Unreadable):
        return []
    found = rules(folder, read.text.splitlines())
    return [found] if found else []


def _ignored(path: Path, above: Sequence[Rules], *, is_folder: bool) -> bool:
    # As for git, the last pattern that names the path counts, and deeper files come later.
    verdicts = (each.verdict(path, is_folder=is_folder) for each in reversed(above))
    return next((verdict for verdict in verdicts if verdict is not None), False)
