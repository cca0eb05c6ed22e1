"""Whether edits break a text, and which of many do, with few parses."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from notion_lsp.rewrite.source import Source
from notion_lsp.text import apply_edits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from notion_lsp.text import Edit

_Change = TypeVar("_Change")


def breaks(source: Source, edits: Iterable[Edit]) -> bool:
    """Whether edits leave more syntax errors than there were."""
    made = dict.fromkeys(edits)
    after = Source(apply_edits(source.text, made), source.language).syntax if made else None
    return bool(after and source.syntax and after.error_count > source.syntax.error_count)


def breaking(
    source: Source,
    changes: Sequence[_Change],
    edits: Callable[[Sequence[_Change]], Iterable[Edit]],
) -> Iterator[_Change]:
    """Yield those of the changes of a text that break it; `edits` are those of some together.

    All of them are parsed together, and in halves only where they break something.
    """
    if not breaks(source, edits(changes)):
        return
    if len(changes) == 1:
        yield changes[0]
        return
    half = len(changes) // 2
    yield from breaking(source, changes[:half], edits)
    yield from breaking(source, changes[half:], edits)


def holding(
    source: Source,
    changes: Sequence[_Change],
    edits: Callable[[Sequence[_Change]], Iterable[Edit]],
) -> tuple[_Change, ...]:
    """Return those of the changes that do not break a text together.

    Some break it only beside others, where a grammar takes two readings for one: of these the later
    ones go. Those that hold are parsed with more of them at once, in halves where that breaks.
    """

    def joined(held: tuple[_Change, ...], new: Sequence[_Change]) -> tuple[_Change, ...]:
        if not breaks(source, edits([*held, *new])):
            return (*held, *new)
        half = len(new) // 2
        return joined(joined(held, new[:half]), new[half:]) if half else held

    return joined((), changes)
