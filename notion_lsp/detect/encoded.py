"""Encoded tokens of a text: found by decoding what stands around an encoded prefix."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.detect.decoded import Decoded, decoded
from notion_lsp.detect.encodings import BLOCKS, CODES, UTF_16, character, decode
from notion_lsp.detect.finding import Finding, told
from notion_lsp.detect.folds import folds
from notion_lsp.detect.repeated import UNKNOWN, find_written
from notion_lsp.detect.shapes import LONGEST
from notion_lsp.text import REACH, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from notion_lsp.detect.encodings import Block, Code
    from notion_lsp.detect.repeated import Known

_NO_TEXT = re.compile(r"[\x01-\x08\x0e-\x1f\x7f\udc80-\udcff]")
_LONGEST = 1 << 20  # code points of a block
_AROUND = 2 * LONGEST + REACH  # of a code: the token that it belongs to, and its context


def find_encoded(
    text: str, known: Known = UNKNOWN, *, again: bool = True, edges: bool = True
) -> tuple[Finding, ...]:
    """Return the encoded tokens of the text in order; those in one block have the same spans.

    The `known` ones were found elsewhere. With `again`, the decoded text of a block is searched for
    encoded tokens too. Without `edges`, a token of an exact form whose characters are written as
    codes may be part of a longer word.
    """
    found = [*_in_blocks(text, known, again=again), *_in_codes(text, known, edges=edges)]
    return tuple(sorted(found, key=lambda finding: finding.span))


class Run(NamedTuple):
    """A run of characters in which a token may be encoded.

    It has the name of the encoding, the text without its folds, the span of the run there, and the
    offset of the group of characters that the token begins in.
    """

    name: str
    unfolded: Decoded
    span: Span
    group: int

    @property
    def ways(self) -> tuple[Span, ...]:
        """The spans that the block may have, the shortest first.

        What the lines around begin or end with is maybe not of the block: the fewest rows count in
        which all is found, and none is cut.
        """
        return self._row_alone, self._even_rows, self.span

    def said(self, way: Span) -> str:
        """Return what a span of the text without its folds says."""
        return decode(self.name, way.of(self.unfolded.text))

    @property
    def _row_alone(self) -> Span:
        row = self.unfolded.row(self.group)
        start = max(self.span.start, row.start)
        to_group = (self.group - start) % BLOCKS[self.name].group
        return Span(start + to_group, min(self.span.end, row.end))

    @property
    def _even_rows(self) -> Span:
        # Rows have one width, but the first may be shorter, behind a label, and so is the last.
        start, end = self.span
        row, is_first = self.unfolded.row(self.group), True
        while row.end < end:
            below = self.unfolded.row(row.end)
            width, next_width = row.end - max(row.start, start), min(below.end, end) - row.end
            if next_width > width and not is_first:
                break
            row, is_first = below, False
            if next_width < width:
                break
        return Span(start, min(row.end, end))


def _in_blocks(text: str, known: Known, *, again: bool) -> Iterator[Finding]:
    for run in runs(text):
        for span, inside in _inside(run, known, again=again):
            first, *rest = _padded(text, run.unfolded.rows(span))
            yield Finding(inside.kind, first, inside.shape, tuple(rest), run.name, inside)


def _padded(text: str, rows: Sequence[Span]) -> Sequence[Span]:
    # Before a line break, the padding of base64 may have been taken for the soft break of a mail.
    *others, last = rows
    padding = len(text[last.end : last.end + 2]) - len(text[last.end : last.end + 2].lstrip("="))
    return (*others, Span(last.start, last.end + padding))


def runs(text: str) -> Iterator[Run]:
    """Yield the runs of characters in which a token may be encoded."""
    unfolded = decoded(text, folds(text), lambda _: "")
    for name, block in BLOCKS.items():
        # By where in a group a block begins: one with more needles than tokens is decoded once.
        ends = [0] * block.group
        for needle, group in _needles(unfolded.text, block):
            if needle < ends[group % block.group]:
                continue
            span = _run(name, unfolded.text, group)
            ends[group % block.group] = span.end
            yield Run(name, unfolded, span, group)


def _inside(run: Run, known: Known, *, again: bool) -> Iterator[tuple[Span, Finding]]:
    ways = ((way, run.said(way)) for way in run.ways)
    found = [(way, said, _tokens_in(said, known, again=again)) for way, said in ways]
    span, _, tokens = max(found, key=_told)
    return ((span, token) for token in tokens)


def _told(found: tuple[Span, str, Sequence[Finding]]) -> tuple[int, list[tuple[bool, bool, int]]]:
    _, said, tokens = found
    return len(tokens), [told(said, token) for token in tokens]


def _tokens_in(said: str, known: Known, *, again: bool) -> tuple[Finding, ...]:
    return (*find_written(said, known), *(find_encoded(said, known, again=False) if again else ()))


def _needles(text: str, block: Block) -> list[tuple[int, int]]:
    # The offset of each needle, and that of its group.
    found = []
    for needle, place in block.needles.items():
        # Of the group that the text begins within, the first characters are missing.
        at = text.find(needle, place)
        while at >= 0:
            found.append((at, at - place))
            at = text.find(needle, at + 1)
    return sorted(found)


def _run(name: str, text: str, group: int) -> Span:
    block = BLOCKS[name]
    start = _start_of_run(text, group, block)
    start += (group - start) % block.group
    start += _not_of_the_block(block, text[start:group])
    end = block.run.match(text, group, group + _LONGEST)
    return Span(start, end.end() if end else group)


def _not_of_the_block(block: Block, before: str) -> int:
    # A name such as `auth_` may stand before the block, or a word at the end of the line above.
    said = block.decode(before).decode("utf-8", "surrogateescape")
    strange = [found.end() for found in _NO_TEXT.finditer(said)]
    octets = len(said[: strange[-1]].encode("utf-8", "surrogateescape")) if strange else 0
    return -(-octets // block.octets) * block.group


def _start_of_run(text: str, end: int, block: Block) -> int:
    # In steps that grow, so that a short run costs little, and a long one no more than itself.
    start, step = end, 64
    while start > max(end - _LONGEST, 0):
        low = max(start - step, end - _LONGEST, 0)
        before = text[low:start].rstrip(block.alphabet)
        if before:
            return low + len(before)
        start, step = low, 2 * step
    return start


def _in_codes(text: str, known: Known, *, edges: bool) -> Iterator[Finding]:
    for name, code in CODES.items():
        for shift, window in _windows(text, code):
            found = _in_code(name, code, window, known, edges=edges and name != UTF_16)
            yield from (finding.shifted(shift) for finding in found)


def _windows(text: str, code: Code) -> Iterator[tuple[int, str]]:
    # A token that is written so has a code in it: the texts around the codes are decoded. Where a
    # code is one for nearly each character, as in a library for .NET, it is those around the
    # beginnings of tokens.
    start, end = 0, -1
    for found in (code.begins or code.pattern).finditer(text) if code.is_in(text) else ():
        if found.start() - _AROUND > end >= 0:
            yield start, text[start:end]
            start = found.start() - _AROUND
        elif end < 0:
            start = max(found.start() - _AROUND, 0)
        end = found.end() + _AROUND
    if end >= 0:
        yield start, text[start:end]


def _in_code(name: str, code: Code, text: str, known: Known, *, edges: bool) -> Iterator[Finding]:
    without = decoded(text, code.pattern.finditer(text), character)
    for inside in find_written(without.text, known, edges=edges):
        span = Span(without.offset(inside.span.start), without.end(inside.span.end))
        if span.size > inside.span.size:
            whole = inside.shifted(-inside.span.start)
            yield Finding(inside.kind, span, inside.shape, encoding=name, inside=whole)
