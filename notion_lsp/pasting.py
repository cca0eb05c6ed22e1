"""A token that is about to be pasted: what to paste instead, so that no text ever holds it.

The text as it would be is rewritten in memory, and the edits are turned into those of the text as
it is: what takes the token's place, and what changes around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from notion_lsp.assists import MOVE, Change, assist
from notion_lsp.detect.kinds import Confidence
from notion_lsp.detect.plain import find_plain
from notion_lsp.explain.messages import severity
from notion_lsp.ignore.review import review
from notion_lsp.rewrite.file import rewrite_all
from notion_lsp.rewrite.to_dotenv import DOTENV
from notion_lsp.text import Edit, Span, apply_edits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from notion_lsp.assists import FileChange
    from notion_lsp.detect.finding import Finding
    from notion_lsp.ignore.ignore_file import Ignored
    from notion_lsp.project.sources import NotebookCell
    from notion_lsp.subject import Subject

LONGEST = 2**10  # code points of a pasted text that may be a token and nothing else

LOOKUP = "lookup"

_INTO_DOTENV = f"Put it into {DOTENV} and paste the lookup"

_QUOTED = re.compile(r"""\s*(?P<quote>["'`]?)(?P<token>\S+)(?P=quote)\s*""")


@dataclass(frozen=True)
class Paste:
    """What can be pasted instead of a token: the text, and edits around it and of other files.

    `id` is `LOOKUP` or that of an assist. Edits are in code points of the text before the paste.
    """

    id: str
    title: str
    text: str
    edits: tuple[Edit, ...]
    beside: Sequence[FileChange] = ()


@dataclass(frozen=True, slots=True)
class _Pasted:
    """A text as it would be: what was pasted, and where, in the text before."""

    subject: Subject
    at: Span
    text: str
    finding: Finding

    @property
    def span(self) -> Span:
        """Where the pasted text would stand."""
        return Span(self.at.start, self.at.start + len(self.text))


def pastes(subject: Subject, at: Span, pasted: str, ignored: Ignored) -> tuple[Paste, ...]:
    """Return what can be pasted instead of a token, the best first; empty for any other text.

    `at` is what the paste replaces. Nothing is returned where a lookup cannot stand, or where a
    person has said that such a token is none.
    """
    for written in _ways_to_write(pasted):
        before = _pasted(subject, at, written, ignored)
        if before and (found := tuple(_pastes(before))):
            return found
    return ()


def _ways_to_write(pasted: str) -> Iterator[str]:
    """Yield a token as a part of the string that is there, and as a string of its own."""
    found = _QUOTED.fullmatch(pasted) if len(pasted) <= LONGEST else None
    token = found["token"] if found else ""
    if found and [each.span for each in find_plain(token)] == [Span(0, len(token))]:
        yield token
        quote = found["quote"] or '"'
        yield f"{quote}{token}{quote}"


def _pasted(subject: Subject, at: Span, written: str, ignored: Ignored) -> _Pasted | None:
    text = subject.text[: at.start] + written + subject.text[at.end :]
    findings = review(text, ignored, patterns=subject.project.patterns).findings
    place = Span(at.start, at.start + len(written))
    for finding in findings:
        certain = finding.confidence is Confidence.CERTAIN
        if certain and place.contains(finding.span) and _is_shown(subject, finding):
            virtual = replace(subject, text=text, findings=findings, cell=_cell(subject, text))
            return _Pasted(virtual, at, written, finding)
    return None


def _is_shown(subject: Subject, finding: Finding) -> bool:
    return severity(finding, subject.project.settings) != "off"


def _cell(subject: Subject, text: str) -> NotebookCell | None:
    if subject.cell is None:
        return None
    cells, number = subject.cell.cells, subject.cell.number
    changed = (*cells[:number], cells[number]._replace(text=text), *cells[number + 1 :])
    return replace(subject.cell, cells=changed)


def _pastes(pasted: _Pasted) -> Iterator[Paste]:
    subject, finding = pasted.subject, pasted.finding
    settings = subject.project.settings
    made = rewrite_all(subject.source, (finding,), subject.store, subject.names, settings)
    done = made.done.get(finding)
    # A text that only a person reads gets no lookup, and an example of a `.env` no value.
    if done is None or done.redacted or not _text(pasted, made.edits):
        return
    yield Paste(LOOKUP, f"Paste as a lookup: {done.title}", *_around(pasted, made.edits))
    moved = assist(subject, MOVE, finding)
    if moved and isinstance(moved.change, Change):
        text, edits = _around(pasted, moved.change.edits)
        yield Paste(MOVE, _INTO_DOTENV, text, edits, moved.change.beside)


def _around(pasted: _Pasted, edits: Sequence[Edit]) -> tuple[str, tuple[Edit, ...]]:
    """Return what is pasted after these edits, and the edits of the text before the paste."""
    return _text(pasted, edits), tuple(part for each in edits for part in _outside(pasted, each))


def _text(pasted: _Pasted, edits: Sequence[Edit]) -> str:
    span = pasted.span
    inside = (
        (max(edit.span.start, span.start), min(edit.span.end, span.end), edit.new_text)
        for edit in edits
        if _touches(edit, span)
    )
    written = (Edit(Span(start, end).shifted(-span.start), new) for start, end, new in inside)
    return apply_edits(pasted.text, written)


def _outside(pasted: _Pasted, edit: Edit) -> Iterator[Edit]:
    span, grown = pasted.span, len(pasted.text) - (pasted.at.end - pasted.at.start)
    if not _touches(edit, span):
        before = edit.span.end <= span.start
        yield edit if before else Edit(edit.span.shifted(-grown), edit.new_text)
        return
    # What such an edit writes is pasted: of the text around, such as quotes, the rest goes.
    if edit.span.start < span.start:
        yield Edit(Span(edit.span.start, span.start), "")
    if edit.span.end > span.end:
        yield Edit(Span(span.end, edit.span.end).shifted(-grown), "")


def _touches(edit: Edit, span: Span) -> bool:
    # What is inserted at an end of the pasted text is pasted with it.
    overlaps = edit.span.start < span.end and edit.span.end > span.start
    return overlaps or span.contains(edit.span)
