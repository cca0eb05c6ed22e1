"""The files that are not looked into: those that hold others, packed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.files import git, gitignore
from notion_lsp.project.search import searched

if TYPE_CHECKING:
    from pathlib import Path

    from notion_lsp.project.project import Project

# Documents of offices are archives too.
_ENDINGS = (
    *(".zip", ".jar", ".war", ".ear", ".apk", ".aar", ".ipa", ".whl", ".egg", ".nupkg", ".vsix"),
    *(".xpi", ".crx", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".epub", ".tar", ".tgz", ".tbz2"),
    *(".txz", ".gz", ".bz2", ".xz", ".zst", ".lz4", ".7z", ".rar", ".cab", ".deb", ".rpm", ".gem"),
)
_MOST_NAMES = 5


def archives(project: Project, folder: Path) -> tuple[Path, ...]:
    """Return the archives among the files that a search of the folder meets, sorted."""
    found = git.grep(folder, (), options=searched(folder), endings=_ENDINGS)
    every = gitignore.walk(folder) if found is None else found
    return tuple(sorted(path for path in every if is_archive(path) and not project.excludes(path)))


def is_archive(path: Path) -> bool:
    """Whether a file's name is that of an archive."""
    return path.suffix.lower() in _ENDINGS


def not_read(names: list[str]) -> str:
    """Return a sentence on the archives that nobody has looked into."""
    listed = ", ".join(names[:_MOST_NAMES])
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    subject = "1 archive was" if len(names) == 1 else f"{len(names)} archives were"
    return f"{subject} not looked into: {listed}{more}"
