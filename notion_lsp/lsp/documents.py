"""An open document: its lines, and what stands in them.

It takes the place of pygls' own, which splits lines where the protocol does not, clamps positions
one short and rebuilds the whole text for each keystroke. Here a change splices a list of lines and
only the lines it touches are searched, so that a keystroke costs the same in a file of any length.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.workspace import TextDocument

from notion_lsp.detect import custom
from notion_lsp.detect.finding import fingerprint
from notion_lsp.detect.repeated import UNKNOWN
from notion_lsp.lsp.document_findings import DocumentFindings
from notion_lsp.lsp.rules import DEFAULT
from notion_lsp.lsp.spots import WORDED_BY
from notion_lsp.positions import Ruler, width
from notion_lsp.text import LINE_BREAK, REACH, Span, split_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pygls.workspace import Workspace

    from notion_lsp.detect.custom import Patterns
    from notion_lsp.detect.finding import Finding
    from notion_lsp.detect.repeated import Known
    from notion_lsp.lsp.line_findings import LineFinding
    from notion_lsp.lsp.rules import Rules
    from notion_lsp.positions import Encoding

_REACH = 1000
_APART = "\n" * (WORDED_BY + 1)
_WORD = re.compile(r"\w+")
_REMEMBERED = 1000  # tokens that edits took out of a document; more than anybody looks after


class Document(TextDocument):
    """A text document that is cheap to change and knows its tokens."""

    def __init__(self, uri: str, source: str | None = None, **options: Any) -> None:  # noqa: ANN401, pygls' own options are handed on
        # Without a source, pygls reads the file on the disk.
        super().__init__(uri, source or "", **options)
        # The unit in which the client counts columns.
        self.encoding = encoding_of(self.position_codec.encoding)
        self._took_place: dict[str, frozenset[str]] = {}
        self._last_ruler = Ruler("", self.encoding)
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
            end = max(start, self.place(change.range.end))
            if not self._edit_long_line(start, end, change.text):
                self._splice(start, end, change.text)
            return
        before, known = self.source, self.known
        tokens = known.tokens(0, len(self._lines))
        self._replace(change.text)
        self.known.follow(known)
        self._note(before, tokens, change.text, self.known.tokens(0, len(self._lines)))

    def place(self, position: types.Position) -> tuple[int, int]:
        """Return line and column, in code points; past the end is the end."""
        if position.line >= len(self._lines):
            last = len(self._lines) - 1
            return last, len(self._lines[last])
        return position.line, self._ruler(position.line).column(position.character)

    def offset(self, position: types.Position) -> int:
        """Return how many code points of the text stand before the position."""
        line, column = self.place(position)
        return sum(map(len, self._lines[:line])) + column

    def range(self, line: int, span: Span) -> types.Range:
        """Return the client's range of some columns of a line."""
        ruler = self._ruler(line)
        start, end = ruler.units(span.start), ruler.units(span.end)
        return types.Range(types.Position(line, start), types.Position(line, end))

    def location(self, line: int, span: Span) -> types.Location:
        """Return the client's location of some columns of a line."""
        return types.Location(self.uri, self.range(line, span))

    def findings(self, rules: Rules = DEFAULT) -> list[LineFinding]:
        """Return the tokens that these rules show, in order."""
        return [spot.at(line) for line, spot in self.known.shown(rules)]

    def look_for_hidden(self, patterns: Patterns = custom.NONE, known: Known = UNKNOWN) -> bool:
        """Look for hidden tokens; return whether they are others than those found before.

        The `known` tokens stand in other documents.
        """
        return self.known.look_for_hidden(self.source, patterns, known)

    @property
    def took_place(self) -> Mapping[str, frozenset[str]]:
        """The words that an edit put where a token stood, by the token's fingerprint.

        Only the edit shows which variable a token went to: two may look the same from then on.
        """
        return self._took_place

    def excerpt(self, found: LineFinding) -> tuple[str, Finding]:
        """Return what stands around a token, and its finding in offsets of that text.

        Of one that is put together, the other pieces stand behind it, apart.
        """
        line, span = self._lines[found.line], found.finding.span
        start, end = max(span.start - REACH, 0), span.end + REACH
        above = self._lines[max(found.line - WORDED_BY, 0) : found.line] if start == 0 else []
        below = self._lines[found.line + 1 : found.line + 1 + WORDED_BY] if end >= len(line) else []
        before = "".join(each[-_REACH:] for each in above)
        texts = [before, line[start:end], *(each[:_REACH] for each in below)]
        for number, piece in found.pieces:
            texts += [_APART, piece.of(self._lines[number])]
        finding = found.finding.shifted(len(before) - start)
        if not found.pieces:
            return "".join(texts), finding
        ends = list(accumulate(map(len, texts)))[-2 * len(found.pieces) + 1 :: 2]
        widths = (piece.size for _, piece in found.pieces)
        rest = tuple(Span(end - size, end) for end, size in zip(ends, widths, strict=True))
        return "".join(texts), finding._replace(rest=rest)

    def in_text(self, found: Iterable[LineFinding]) -> list[Finding]:
        """Return the findings of tokens in offsets of the whole text."""
        starts = [0, *accumulate(map(len, self._lines))]
        return [
            each.finding.shifted(starts[each.line])._replace(
                rest=tuple(span.shifted(starts[line]) for line, span in each.pieces),
            )
            for each in found
        ]

    def _ruler(self, line: int) -> Ruler:
        # Many questions in a row are about one line, and that may be as long as the file.
        if self._last_ruler.line is not self._lines[line]:
            self._last_ruler = Ruler(self._lines[line], self.encoding)
        return self._last_ruler

    def _replace(self, text: str) -> None:
        self._lines = split_lines(text)
        self.known = DocumentFindings(text, self._lines)

    def _edit_long_line(self, start: tuple[int, int], end: tuple[int, int], text: str) -> bool:
        number, edited = start[0], Span(start[1], end[1])
        line = self._lines[number]
        # Whatever is left must have no break that meets that of another line.
        if end[0] != number or LINE_BREAK.search(text) or not self.known.may_wait(number, edited):
            return False
        replaced = edited.of(line)
        self._lines[number] = "".join([line[: edited.start], text, line[edited.end :]])
        units = width(text, self.encoding) - width(replaced, self.encoding)
        gone = self.known.move(number, edited, len(text) - len(replaced), units)
        self._note(replaced, Counter(spot.token for spot in gone if spot.finding), text, Counter())
        return True

    def _splice(self, start: tuple[int, int], end: tuple[int, int], text: str) -> None:
        first, last = start[0], end[0]
        text = self._lines[first][: start[1]] + text + self._lines[last][end[1] :]
        # A `\r` and a `\n` that now meet are one break: the line before or after belongs to it.
        if text.startswith("\n") and first and self._lines[first - 1].endswith("\r"):
            first -= 1
            text = self._lines[first] + text
        if text.endswith("\r") and self._lines[last + 1 : last + 2] == ["\n"]:
            last += 1
            text += "\n"
        lines = split_lines(text)
        # Text that ends in a line break splits off an empty line: only the document's end has one.
        if last + 1 < len(self._lines):
            lines.pop()
        before, tokens = self._lines[first : last + 1], self.known.tokens(first, last)
        self._lines[first : last + 1] = lines
        self.known.splice(first, before, text, lines)
        if tokens:
            left = self.known.tokens(first, first + len(lines) - 1)
            self._note("".join(before), tokens, text, left)

    def _note(self, before: str, tokens: Counter[str], after: str, left: Counter[str]) -> None:
        gone = tokens - left
        if len(gone) == 1:  # of several, nothing says which word is whose
            came = frozenset(_WORD.findall(after)).difference(_WORD.findall(before))
            self._took_place[fingerprint(*gone)] = came
            for first in list(self._took_place)[:-_REMEMBERED]:
                del self._took_place[first]


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
    """Make the workspace hold documents of this class, by a private hook of pygls."""

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
