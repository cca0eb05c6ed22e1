"""Encoded tokens of a text: found by decoding what stands around an encoded prefix."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from notion_lsp.detect.encodings import BLOCKS, CODES, character, decode
from notion_lsp.detect.finding import Finding
from notion_lsp.detect.plain import find_plain
from notion_lsp.text import Span, line_bounds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from notion_lsp.detect.encodings import Block

_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffd]")
_NARROWEST = 32  # code points in a line of a block that is wrapped
_MOST_ROWS = 2000
_LONGEST = 1 << 20  # code points of a block


def find_encoded(text: str, *, again: bool = True) -> tuple[Finding, ...]:
    """Return the encoded tokens of the text in order; those in one block have the same span.

    With `again`, the decoded text of a block is searched for encoded tokens too.
    """
    found = [*_in_blocks(text, again=again), *_in_codes(text)]
    return tuple(sorted(found, key=lambda finding: finding.span))


def _in_blocks(text: str, *, again: bool) -> Iterator[Finding]:
    for name, block in BLOCKS.items():
        end = 0
        for needle, group in _needles(text, block):
            if needle < end:
                continue
            span, *rest = spans = _block(name, text, group)
            end = spans[-1].end
            decoded = decode(name, "".join(each.of(text) for each in spans))
            for inside in (
                *find_plain(decoded),
                *(find_encoded(decoded, again=False) if again else ()),
            ):
                yield Finding(inside.kind, span, inside.shape, tuple(rest), name, inside)


def _needles(text: str, block: Block) -> list[tuple[int, int]]:
    # The offset of each needle, and that of its group.
    found = []
    for needle, place in block.needles.items():
        at = text.find(needle)
        while at >= 0:
            found.append((at, at - place))
            at = text.find(needle, at + 1)
    return sorted(found)


def _block(name: str, text: str, group: int) -> list[Span]:
    block = BLOCKS[name]
    around = text[max(group - _LONGEST, 0) : max(group, 0)]
    start = group - len(around) + _start_of_run(around, block)
    start += (group - start) % block.group
    if _NO_TEXT.search(decode(name, text[start:group])):
        start = group  # the characters before are not of the block: a name such as `auth_`
    end = block.alphabet.match(text, group, group + _LONGEST)
    return _wrapped(text, Span(start, end.end() if end else group), block.alphabet)


def _wrapped(text: str, block: Span, alphabet: re.Pattern[str]) -> list[Span]:
    # Lines of one length that hold nothing else are one block, as MIME, PEM and `base64 -w` write
    # it; the last line may be shorter.
    rows, width = [block], block.end - block.start
    if width < _NARROWEST or _row(text, block.start) != block:
        return rows
    while len(rows) < _MOST_ROWS and (
        above := _row(text, line_bounds(text, rows[0].start).start - 1)
    ):
        if above.end - above.start != width or not alphabet.fullmatch(text, *_ends(above)):
            break
        rows.insert(0, above)
    while len(rows) < _MOST_ROWS and rows[-1].end - rows[-1].start == width:
        below = _row(text, line_bounds(text, rows[-1].end).end + 1)
        if (
            below is None
            or below.end - below.start > width
            or not alphabet.fullmatch(text, *_ends(below))
        ):
            break
        rows.append(below)
    return rows


def _row(text: str, offset: int) -> Span | None:
    # The text of the line at an offset, without the white space around it.
    if not 0 <= offset < len(text):
        return None
    line = line_bounds(text, offset)
    content = line.of(text)
    start = line.start + len(content) - len(content.lstrip())
    return Span(start, max(start, line.start + len(content.rstrip())))


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _start_of_run(text: str, block: Block) -> int:
    start = len(text)
    while start and block.alphabet.fullmatch(text[start - 1]):
        start -= 1
    return start


def _in_codes(text: str) -> Iterator[Finding]:
    for name, code in CODES.items():
        if not code.search(text):
            continue
        decoded, places = _decoded(text, code)
        for inside in find_plain(decoded):
            start, end = (_place(places, each) for each in (inside.span.start, inside.span.end))
            if end - start > inside.span.end - inside.span.start:
                whole = inside.shifted(-inside.span.start)
                span = Span(start, end)
                yield Finding(inside.kind, span, inside.shape, encoding=name, inside=whole)


def _decoded(text: str, code: re.Pattern[str]) -> tuple[str, list[tuple[int, int]]]:
    # Each place is the end of a code: its offset in the decoded text, and in the text itself.
    decoded, places, length, end = list[str](), [(0, 0)], 0, 0
    for found in code.finditer(text):
        decoded += [text[end : found.start()], character(found)]
        length += found.start() - end + 1
        end = found.end()
        places.append((length, end))
    return "".join([*decoded, text[end:]]), places


def _place(places: list[tuple[int, int]], offset: int) -> int:
    inner, outer = places[bisect_right(places, offset, key=_inner) - 1]
    return outer + offset - inner


def _inner(place: tuple[int, int]) -> int:
    return place[0]
