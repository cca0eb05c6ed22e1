"""The patterns of a `.gitignore`, and the files of a folder where git is missing.

Only `.gitignore` files and `.git/info/exclude` are read, not the index and not the user's own
exclude file: a tracked file that a pattern names is left out, which git would search.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.files import read_write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path, PurePath

    from notion_lsp.files.path_patterns import PathPatterns

_GITIGNORE = ".gitignore"
# Where version control keeps its own files, with old versions of ours that nobody can change.
METADATA = (".git", ".svn", ".hg", ".bzr", ".jj", ".sl", ".pijul", "_darcs", "CVS")


class Rules(NamedTuple):
    """Patterns, and the folder below which they count."""

    folder: Path
    patterns: PathPatterns

    def verdict(self, path: PurePath, *, is_folder: bool) -> bool | None:
        """Whether the path itself is ignored, `None` if no pattern names it."""
        return self.patterns.verdict(self._names(path), is_folder=is_folder)

    def leave_out(self, path: PurePath) -> bool:
        """Whether a file is left out, by its own name or by a folder around it."""
        return self.patterns.leave_out(self._names(path))

    def _names(self, path: PurePath) -> Sequence[str]:
        return path.relative_to(self.folder).parts


def rules(folder: Path, lines: Iterable[str]) -> Rules | None:
    """Return the patterns of some lines as rules for a folder, `None` if there are none."""
    from notion_lsp.files import path_patterns  # its patterns take milliseconds to compile

    found = path_patterns.parse_all(lines)
    return Rules(folder, found) if found.patterns else None


def is_metadata(path: PurePath) -> bool:
    """Whether a file is version control's own, by a folder around it."""
    return not set(METADATA).isdisjoint(path.parts[:-1])


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


def is_bare(folder: Path) -> bool:
    """Whether a folder looks like a repository that has no work tree around it."""
    return all(read_write.exists(folder / name) for name in ("HEAD", "objects", "refs"))


def walk(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder that git would search, and folders that cannot be read.

    Links are not followed. In a repository inside the repository its own patterns count. A person
    who names an ignored folder means it: below that one, nothing is left out.
    """
    top = top_of(folder)
    if top and top != folder and is_ignored(folder):
        return everything(folder)
    return _walk(folder, _rules_above(folder / _GITIGNORE, top or folder))


def everything(folder: Path) -> Iterator[Path]:
    """Yield all files below a folder but those of version control, and what cannot be read."""
    return _walk(folder, None)


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
    read = read_write.read(file, read_write.LARGEST_BY_HAND)
    if isinstance(read, read_write.Unreadable):
        return []
    from notion_lsp.files import path_patterns

    found = rules(folder, path_patterns.lines_of(read.text))
    return [found] if found else []


def _ignored(path: Path, above: Sequence[Rules], *, is_folder: bool) -> bool:
    # As for git, the last pattern that names the path counts, and deeper files come later.
    verdicts = (each.verdict(path, is_folder=is_folder) for each in reversed(above))
    return next((verdict for verdict in verdicts if verdict is not None), False)
