"""The cells of a notebook that an editor holds, each a text of its own: one text for a rewrite."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.languages import Part, language_of
from notion_lsp.languages.notebook import has_magic, read_by_ipython
from notion_lsp.refused import Refused
from notion_lsp.rewrite.source import Source
from notion_lsp.syntax.embedded import read
from notion_lsp.syntax.line_patterns import LineGrammar
from notion_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.languages import Language
    from notion_lsp.syntax.site import Syntax

_NO_LANGUAGE = Refused("How this kind of cell reads a variable is not known: take the token out.")


class Cell(NamedTuple):
    """A cell's text, and the editor's id of its language."""

    text: str
    language_id: str | None

    @property
    def language(self) -> Language | None:
        """What the cell is written in."""
        return language_of(None, self.language_id, self.text)


def beside(cells: Sequence[Cell], number: int) -> Source:
    """Return one of the cells with the others: a text that begins with it, and sees those above."""
    cell = cells[number]
    below = "".join(f"\n{other.text}" for at, other in enumerate(cells) if at != number)
    language = cell.language
    # The parts are all there is to it: a parser would read one cell on in the next.
    whole = language and replace(
        language, grammar=LineGrammar(()), parts=partial(_parts, cells, number, len(below))
    )
    return Source(cell.text + below, whole)


def _parts(cells: Sequence[Cell], number: int, below: int, syntax: Syntax) -> tuple[Part, ...]:
    # What begins the text may have changed since, the others below it have not.
    start = len(syntax.text) - below
    parts = []
    for at, cell in enumerate(cells):
        if at == number:
            changed = cell._replace(text=syntax.text[: len(syntax.text) - below])
            parts.append(_part(changed, 0))
        else:
            parts.append(_part(cell, start + 1))
            start += 1 + len(cell.text)
    return tuple(parts)


def _part(cell: Cell, start: int) -> Part:
    language = cell.language if cell.language and cell.language.grammar else None
    # A shell is one of many kernels, or a process of each cell's own: nothing says which.
    alone = language is not None and language.id == "shell"
    embedded = read([(cell.text, Span(start, start + len(cell.text)))])
    part = Part(embedded, cell.text, language or _NO_LANGUAGE, _in_line_feeds, alone=alone)
    in_python = language is not None and language.id == "python"
    return read_by_ipython(part) if in_python or has_magic(part) else part


def _in_line_feeds(new_text: str, _ends: bool) -> str:  # noqa: FBT001, the part's own call
    return new_text.replace("\r\n", "\n").replace("\r", "\n")
