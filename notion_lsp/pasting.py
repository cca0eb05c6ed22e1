"""A token that is about to be pasted: what to paste instead, so that no text ever holds it.

The text as it would be is rewritten in memory, and the edits are turned into those of the text as
it is.
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

    from notion_lsp.detect.finding import Finding
    from notion_lsp.ignore.ignore_file import Ignored
    from notion_lsp.project.sources import NotebookCell
    from notion_lsp.subject import Subject

LONGEST = 2**10  # code points of a pasted text that may be a token and nothing else

LOOKUP = "lookup"

_INTO_DOTENV = f"Put it into {DOTENV} and paste the lookup"

_QUOTE = '"'
_QUOTED = re.compile(r"""\s*(?P<quote>["'`]?)(?P<token>\S+)(?P=quote)\s*""")


@dataclass(frozen=True)
class Paste:
    """What can be done instead of pasting a token: edits of the text before the paste, and beside.

    `id` is `LOOKUP` or that of an assist.
    """

    id: str
    title: str
    change: Change


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

    @property
    def is_quoted(self) -> bool:
        """Whether the pasted text is to be a string of its own."""
        return self.span != self.finding.span


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
        # Whoever copies a token from a text may have its marks for code, which few languages know.
        for quote in dict.fromkeys((found["quote"] or _QUOTE, _QUOTE)):
            yield f"{quote}{token}{quote}"


def _pasted(subject: Subject, at: Span, written: str, ignored: Ignored) -> _Pasted | None:
    text = subject.text[: at.start] + written + subject.text[at.end :]
    findings = review(text, ignored, patterns=subject.project.patterns).findings
    place = Span(at.start, at.start + len(written))
    for finding in findings:
        # What may be none is pasted as it is: a wrong guess would change what a person pastes.
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
    if done is None or done.redacted or not _instead(pasted, made.edits).new_text:
        return
    # In a string that is there, quotes of our own would be a part of it.
    if pasted.is_quoted and not any(edit.span.contains(pasted.span) for edit in made.edits):
        return
    edits = _before_the_paste(pasted, made.edits)
    yield Paste(LOOKUP, f"Paste as a lookup: {done.title}", Change(edits))
    # The token leaves the clipboard for the file on the disk, and is in no buffer on the way.
    moved = assist(subject, MOVE, finding)
    if moved and isinstance(moved.change, Change):
        edits = _before_the_paste(pasted, moved.change.edits)
        yield Paste(MOVE, _INTO_DOTENV, replace(moved.change, edits=edits))


def _before_the_paste(pasted: _Pasted, edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return edits of the text as it would be as those of the text as it is."""
    apart = [edit for edit in edits if not _touches(edit, pasted.span)]
    moved = (Edit(_moved(pasted, edit.span), edit.new_text) for edit in apart)
    return tuple(sorted((*moved, _instead(pasted, edits)), key=lambda edit: edit.span))


def _instead(pasted: _Pasted, edits: Sequence[Edit]) -> Edit:
    """Return the one edit that takes the place of the paste, and of the text that goes with it."""
    # One: VS Code makes none of several edits that touch one another in a paste.
    touching = [edit for edit in edits if _touches(edit, pasted.span)]
    start = min(pasted.span.start, *(edit.span.start for edit in touching))
    end = max(pasted.span.end, *(edit.span.end for edit in touching))
    inside = (Edit(edit.span.shifted(-start), edit.new_text) for edit in touching)
    written = apply_edits(pasted.subject.text[start:end], inside)
    return Edit(_moved(pasted, Span(start, end)), written)


def _moved(pasted: _Pasted, span: Span) -> Span:
    """Return a span of the text as it would be, around the pasted text or apart from it."""
    grown = len(pasted.text) - pasted.at.size
    behind = pasted.span.end
    start = span.start - grown if span.start >= behind else span.start
    return Span(start, span.end - grown if span.end >= behind else span.end)


def _touches(edit: Edit, span: Span) -> bool:
    # What is inserted at an end of the pasted text is pasted with it.
    overlaps = edit.span.start < span.end and edit.span.end > span.start
    return overlaps or span.contains(edit.span)
