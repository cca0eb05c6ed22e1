"""A text with what is known of its file: the one place where the editor and `fix` compose it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.languages import language_of
from notion_lsp.project import neighbours
from notion_lsp.project.build_root import build_root
from notion_lsp.project.mentions import mentions_around
from notion_lsp.project.runtimes import where_it_runs
from notion_lsp.rewrite.notebook_cells import Cell, beside
from notion_lsp.rewrite.source import Source

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from notion_lsp.project.texts import Newer


@dataclass(frozen=True, slots=True)
class NotebookCell:
    """A cell by its number among the cells of its notebook, which an editor holds as documents."""

    cells: tuple[Cell, ...]
    number: int

    @property
    def cell(self) -> Cell:
        """The cell itself."""
        return self.cells[self.number]


class Around(NamedTuple):
    """The folder of a file's project, if it has one, and the texts that are newer than the disk.

    Without a project, what lies in one of the folders that were `searched` is taken for one build.
    """

    top: Path | None
    newer: Newer
    searched: Sequence[Path] = ()


def source_of(
    text: str, path: Path | None, around: Around, language_id: str | None = None
) -> Source:
    """Return a text with its file's package, kind of module and manifest.

    A text that is in no file has none of them, and its language is what the editor's id says. No
    manifest above the project counts.
    """
    top, newer, searched = around
    known = language_of(path, language_id, text)
    language = where_it_runs(known, text, path, top, newer) if known else None
    if path is None:
        return Source(text, language)
    return Source(
        text,
        language,
        neighbours.package_of(path, language, text, newer),
        neighbours.is_module(path, newer),
        neighbours.manifest(path, language, top, newer),
        mentioning=mentions_around(
            path, language, lambda: top or build_root(path, text, searched), newer
        ),
        name=path.name,
    )


def cell_source(cell: Cell, path: Path | None, top: Path | None, newer: Newer) -> Source:
    """Return a cell's text alone: its notebook's name says nothing of its language."""
    language = cell.language
    manifest = neighbours.manifest(path, language, top, newer) if path else None
    return Source(cell.text, language, manifest=manifest)


def among_cells(place: NotebookCell, alone: Source) -> Source:
    """Return a cell's text with those of the other cells, which it may see."""
    return replace(beside(place.cells, place.number), manifest=alone.manifest)
