"""What a file declares at its top level, as the query of its language finds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notion_lsp.text import Span


class Import(NamedTuple):
    """An import the file has: where, of what, and the name it is called by here."""

    span: Span
    module: str
    member: str
    name: str


class Defined(NamedTuple):
    """A function that the file has, or a type that has one."""

    name: str
    span: Span


class Home(NamedTuple):
    """The body of a type, in which a helper may stand that does not begin with `without`."""

    span: Span
    without: str


@dataclass(frozen=True)
class Outline:
    """What a file declares at its top level."""

    imports: tuple[Import, ...]
    header_end: int
    declared: frozenset[str]
    handed: frozenset[str]
    definitions: tuple[Defined, ...]
    homes: tuple[Home, ...]
    captures: Mapping[str, tuple[Span, ...]]

    def home(self, offset: int) -> Home | None:
        """Return the outermost body of a type around the offset."""
        return next((home for home in self.homes if home.span.start < offset < home.span.end), None)
