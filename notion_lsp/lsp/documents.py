"""An open document: its lines, and what stands in them.

It takes the place of pygls' own, which splits lines where the protocol does not, clamps positions
one short and rebuilds the whole text for each keystroke. Here a change splices a list of lines and
only the lines it touches are searched, so that a keystroke costs the same in a file of any length.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import replace
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.workspace import TextDocument

from notion_lsp.detect import custom, kinds
from notion_lsp.detect.find import find_hidden
from notion_lsp.detect.finding import fingerprint, token_of
from notion_lsp.detect.plain import confirm, find_plain
from notion_lsp.ignore.comments import is_off, silences_file, silences_itself, silences_next
from notion_lsp.ignore.ignore_file import NOTHING
from notion_lsp.lsp.line_findings import LineFinding, by_line, moved, place_of
from notion_lsp.lsp.marks import LINE, Mark, marks_of
from notion_lsp.positions import LineIndex, column_at, width
from notion_lsp.text import Span, split_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pygls.workspace import Workspace

    from notion_lsp.detect.custom import Patterns
    from notion_lsp.detect.finding import Candidate, Finding
    from notion_lsp.ignore.comments import OwnComment
    from notion_lsp.ignore.ignore_file import Ignored
    from notion_lsp.positions import Encoding

# What of a text a message is made from, before and after a token: so many lines, cut where long.
AROUND = 4
_REACH = 1000
_WORD = re.compile(r"\w+")


class Document(TextDocument):
    """A text document that is cheap to change and knows its tokens."""

    def __init__(self, uri: str, source: str | None = None, **options: Any) -> None:  # noqa: ANN401, pygls' own options are handed on
        # Without a source, pygls reads the file on the disk.
        super().__init__(uri, source or "", **options)
        # The unit in which the client counts columns.
        self.encoding = encoding_of(self.position_codec.encoding)
        self._hidden: list[LineFinding] = []
        self._took_place: dict[str, frozenset[str]] = {}
        self._replace(source or "")

    @property
    def lines(self) -> Sequence[str]:
        """The lines with their breaks. The last one has no break, and may be empty."""
        return self._lines

    @property
    def source(self) -> str:
        """The whole text, joined when asked for."""
        return "".join(self._lines)

    def apply_change(self, change: types.TextDocumentContentChangeEvent) -> None:
        """Apply a change of a part or of the whole."""
        if isinstance(change, types.TextDocumentContentChangePartial):
            start = self.place(change.range.start)
            # A range that ends before it begins is taken for an empty one.
            self._splice(start, max(start, self.place(change.range.end)), change.text)
            return
        before, tokens = self.source, self._tokens(0, len(self._lines))
        self._replace(change.text)
        self._note(before, tokens, change.text, self._tokens(0, len(self._lines)))

    def place(self, position: types.Position) -> tuple[int, int]:
        """Return line and column, in code points; past the end is the end."""
        if position.line >= len(self._lines):
            last = len(self._lines) - 1
            return last, len(self._lines[last])
        line = self._lines[position.line]
        return position.line, column_at(line, position.character, self.encoding)

    def offset(self, position: types.Position) -> int:
        """Return how many code points of the text stand before the position."""
        line, column = self.place(position)
        return sum(map(len, self._lines[:line])) + column

    def range(self, line: int, span: Span) -> types.Range:
        """Return the client's range of some columns of a line."""
        text = self._lines[line]
        start = width(text[: span.start], self.encoding)
        end = start + width(span.of(text), self.encoding)
        return types.Range(types.Position(line, start), types.Position(line, end))

    def location(self, line: int, span: Span) -> types.Location:
        """Return the client's location of some columns of a line."""
        return types.Location(self.uri, self.range(line, span))

    def line_start(self, line: int) -> int:
        """Return the offset at which a line begins."""
        return sum(map(len, self._lines[:line]))

    def findings(self, ignored: Ignored = NOTHING) -> list[LineFinding]:
        """Return the tokens that nothing ignores, in order."""
        if silences_file(self._comments()):
            return []
        return list(self._left(ignored))

    def look_for_hidden(self, patterns: Patterns = custom.NONE) -> bool:
        """Look for hidden tokens; return whether they are others than those found before."""
        text, before = self.source, self._hidden
        found = find_hidden(text, find_plain(text), patterns)
        index = LineIndex(text) if found else None
        self._hidden = [by_line(each, text, index) for each in found if index]
        return self._hidden != before

    @property
    def took_place(self) -> Mapping[str, frozenset[str]]:
        """The words that an edit put where a token stood, by the token's fingerprint.

        Only the edit shows which variable a token went to: two may look the same from then on.
        """
        return self._took_place

    def excerpt(self, found: LineFinding) -> tuple[str, Finding]:
        """Return the lines around a token, and its finding in offsets of that text."""
        numbers = [found.line, *(line for line, _ in found.pieces)]
        start, end = min(numbers), max(numbers) + 1
        before = [line[-_REACH:] for line in self._lines[max(start - AROUND, 0) : start]]
        after = [line[:_REACH] for line in self._lines[end : end + AROUND]]
        lines = [*before, *self._lines[start:end], *after]
        first, starts = start - len(before), [0, *accumulate(map(len, lines))]
        finding = found.finding.shifted(starts[found.line - first])
        rest = tuple(span.shifted(starts[line - first]) for line, span in found.pieces)
        return "".join(lines), replace(finding, rest=rest) if rest else finding

    def whole(self, found: LineFinding) -> Finding:
        """Return a token's finding in offsets of the whole text."""
        rest = tuple(span.shifted(self.line_start(line)) for line, span in found.pieces)
        return replace(found.finding.shifted(self.line_start(found.line)), rest=rest)

    def token_hashes(self) -> frozenset[int]:
        """Return a number for each different token: to see whether any came or went."""
        return frozenset(
            # Numbers, so that what is kept to compare with holds no token.
            hash(found.token)
            for found in (*chain.from_iterable(map(self._confirmed, self._marks)), *self._hidden)
        )

    def unused_comments(self) -> list[tuple[int, OwnComment]]:
        """Return each ignore comment of ours that silences nothing, with its line."""
        comments = self._comments()
        if not comments:
            return []
        used = {mark.line for mark in self._marks if any(self._confirmed(mark))}
        used |= {found.line for found in self._hidden}
        return [(line, comment) for line, comment in comments if not comment.is_used(line, used)]

    def _comments(self) -> list[tuple[int, OwnComment]]:
        return [(mark.line, mark.comment) for mark in self._marks if mark.comment]

    def _left(self, ignored: Ignored) -> Iterator[LineFinding]:
        for found in self._heard():
            until = ignored.until(found.token, self._feeds(found.line) + 1)
            if not ignored.holds(until):
                yield found._replace(expired=until) if until else found

    def _feeds(self, line: int) -> int:
        # Nearly no text has a lone carriage return: then lines and line feeds are as many.
        return line - (_returns(self._lines[:line]) if self._lone_returns else 0)

    def _heard(self) -> Iterator[LineFinding]:
        switches = [each._replace(line=mark.line) for mark in self._marks for each in mark.switches]
        every: Iterator[LineFinding] = chain.from_iterable(
            self._confirmed(mark) for mark in self._marks if not mark.silent
        )
        if self._hidden:
            loud = (each for each in self._hidden if not silences_itself(self._lines[each.line]))
            every = iter(sorted([*every, *loud], key=place_of))
        for found in every:
            if not silences_next(self._before(found.line)) and not is_off(
                switches, found.line, found.finding.span.start
            ):
                yield found

    def _confirmed(self, mark: Mark) -> Iterator[LineFinding]:
        line = self._lines[mark.line]
        for found in mark.candidates:
            finding = self._confirm(mark.line, found)
            if finding:
                yield LineFinding(mark.line, finding, token_of(line, finding))

    def _confirm(self, line: int, found: tuple[Candidate, ...]) -> Finding | None:
        # Most shapes need no lines around them, and each keystroke would pay for joining these.
        if found[0].shape.nearby is None:
            return confirm(found, "")
        first = max(line - kinds.CONTEXT_LINES, 0)
        # A candidate counts columns of its line, and is confirmed in the text around the line.
        shift = sum(map(len, self._lines[first:line]))
        around = "".join(self._lines[first : line + kinds.CONTEXT_LINES + 1])
        finding = confirm(
            tuple(candidate._replace(span=candidate.span.shifted(shift)) for candidate in found),
            around,
        )
        return finding.shifted(-shift) if finding else None

    def _before(self, line: int) -> str:
        return self._lines[line - 1] if line else ""

    def _replace(self, text: str) -> None:
        self._lines = split_lines(text)
        self._lone_returns = _returns(self._lines) if "\r" in text else 0
        self._marks = marks_of(text, self._lines, 0)
        self._hidden = []

    def _splice(self, start: tuple[int, int], end: tuple[int, int], text: str) -> None:
        first, last = start[0], end[0]
        text = self._lines[first][: start[1]] + text + self._lines[last][end[1] :]
        # A `\r` and a `\n` that now meet are one break: the line before or after belongs to it.
        if text.startswith("\n") and self._before(first).endswith("\r"):
            first -= 1
            text = self._lines[first] + text
        if text.endswith("\r") and self._lines[last + 1 : last + 2] == ["\n"]:
            last += 1
            text += "\n"
        lines = split_lines(text)
        # Text that ends in a line break splits off an empty line: only the document's end has one.
        if last + 1 < len(self._lines):
            lines.pop()
        before, tokens = self._lines[first : last + 1], self._tokens(first, last)
        self._lone_returns += _returns(lines) - _returns(before)
        self._lines[first : last + 1] = lines
        self._splice_marks(first, last, text, lines)
        if tokens:
            self._note("".join(before), tokens, text, self._tokens(first, first + len(lines) - 1))

    def _tokens(self, first: int, last: int) -> Counter[str]:
        start = bisect_left(self._marks, first, key=LINE)
        end = bisect_right(self._marks, last, key=LINE)
        plain = chain.from_iterable(map(self._confirmed, self._marks[start:end]))
        hidden = (found for found in self._hidden if first <= found.line <= last)
        return Counter(found.token for found in (*plain, *hidden))

    def _note(self, before: str, tokens: Counter[str], after: str, left: Counter[str]) -> None:
        gone = tokens - left
        if len(gone) == 1:  # of several, nothing says which word is whose
            came = frozenset(_WORD.findall(after)).difference(_WORD.findall(before))
            self._took_place[fingerprint(*gone)] = came

    def _splice_marks(self, first: int, last: int, text: str, lines: Sequence[str]) -> None:
        added = len(lines) - (last + 1 - first)
        start = bisect_left(self._marks, first, key=LINE)
        end = bisect_right(self._marks, last, key=LINE)
        after = self._marks[end:]
        if added:
            after = [mark._replace(line=mark.line + added) for mark in after]
        # Lines that did not change are not searched again: their marks move with them.
        self._marks[start:] = [*marks_of(text, lines, first), *after]
        hidden = (moved(each, first, last, added) for each in self._hidden)
        self._hidden = [each for each in hidden if each]


def _returns(lines: Sequence[str]) -> int:
    # The lines that end in a lone carriage return.
    return sum(line.endswith("\r") for line in lines)


def encoding_of(negotiated: types.PositionEncodingKind | str | None) -> Encoding:
    """Return pygls' name of an encoding as one of ours."""
    match types.PositionEncodingKind(negotiated or "utf-16"):
        case types.PositionEncodingKind.Utf8:
            return "utf-8"
        case types.PositionEncodingKind.Utf32:
            return "utf-32"
        case _:
            return "utf-16"


def use_documents(workspace: Workspace) -> None:
    """Make the workspace hold documents of this class; the one private hook into pygls."""

    def create(
        doc_uri: str,
        source: str | None = None,
        version: int | None = None,
        language_id: str | None = None,
    ) -> Document:
        codec = workspace.position_codec
        return Document(
            doc_uri, source, version=version, language_id=language_id, position_codec=codec
        )

    workspace._create_text_document = create  # type: ignore[method-assign] # noqa: SLF001, pygls takes no other class
