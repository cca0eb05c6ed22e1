"""The comments of an open document that say no to tokens in it, by their lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.ignore.comments import (
    OWN,
    SWITCH,
    OwnComment,
    Switch,
    own_comment,
    switches_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence


class Note(NamedTuple):
    """The comment of ours on a line, and those on it that switch for several lines."""

    line: int
    comment: OwnComment | None
    switches: tuple[Switch, ...]


def notes_of(text: str, lines: Sequence[str], first: int) -> list[Note]:
    """Return the notes of a text that begins with the `first` line of its document, in order."""
    # Most texts have no comment of ours: one look at the text saves a look at each line.
    if OWN not in text and SWITCH not in text:
        return []
    notes = (
        Note(number, own_comment(line), switches_of(line, number))
        for number, line in enumerate(lines, first)
    )
    return [note for note in notes if note.comment or note.switches]


def moved(note: Note, added: int) -> Note:
    """Return the note that many lines further down."""
    switches = tuple(each._replace(line=each.line + added) for each in note.switches)
    return Note(note.line + added, note.comment, switches)
