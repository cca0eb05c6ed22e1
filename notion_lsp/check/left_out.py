"""What a check does not report because somebody said so, and what they said it with.

A file that is left out is not read to count its tokens: what counts is that a search found
something in it that may be one.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notion_lsp.explain.shown import Shown
    from notion_lsp.project.project import Project

COMMENTS = "comments"
ENTRIES = "entries of ignore files"
SEVERITY = "`severity` or `kinds`"


class LeftOut:
    """The numbers of files and of tokens that are left out, by what leaves them out."""

    def __init__(self) -> None:
        self.files: Counter[str] = Counter()
        self.tokens: Counter[str] = Counter()

    def __bool__(self) -> bool:
        return bool(self.files or self.tokens)

    def add_file(self, path: Path, project: Project) -> bool:
        """Count a file if its project leaves it out; return whether it does."""
        said = project.left_out_by(path)
        if said is None or project.folder is None:
            return False
        self.files[f"{said.how}{_name(project.folder / said.file)}"] += 1
        return True

    def add_tokens(self, by: Mapping[str, int], project: Project) -> None:
        """Count the tokens of a file of a project."""
        for how, number in by.items():
            where = f" in {_settings(project)}" if how == SEVERITY else ""
            self.tokens[f"{how}{where}"] += number

    def sentences(self) -> list[Shown]:
        """Return a sentence for each thing that leaves something out, sorted."""
        if not self:
            return []
        from notion_lsp.explain.shown import plain_masked
        from notion_lsp.text import counted

        every = [("file", self.files), ("token", self.tokens)]
        # The path of the settings may hold a token.
        return [
            plain_masked(f"{counted(number, noun)} left out by {by}.")
            for noun, numbers in every
            for by, number in sorted(numbers.items())
        ]


def _settings(project: Project) -> str:
    file, folder = project.settings_file, project.folder
    return _name(folder / file) if folder and file else "the editor's settings"


def _name(path: Path) -> str:
    here = Path.cwd()
    return (path.relative_to(here) if here in path.parents else path).as_posix()
