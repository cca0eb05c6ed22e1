"""A first look at what stands around a needle: whether a token may be there.

A search of a folder meets many needles that no token follows, some in files of many megabytes. A
look at a few thousand bytes around each spares reading those files. It lets more through than what
is a token: neither edges nor a context is asked for, and a name may be defined anywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.detect import prefilters
from notion_lsp.detect.anchors import NAMES, may_be_in_pieces
from notion_lsp.detect.encoded import runs, ways
from notion_lsp.detect.encodings import CODES, decode
from notion_lsp.detect.plain import candidates, shapes_in_any_place
from notion_lsp.text import Span, merged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Bytes before a needle: the rest of a prefix in codes, or what tells of pieces that they are put
# together. Behind it, a whole cookie in codes, or many pieces.
_BEFORE, _BEHIND = 2**10, 2**13
# A file in UTF-16 is found by its byte order mark, and without one by a needle.
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def can_hold_a_token(data: bytes) -> bool:
    """Whether a token may be found in the bytes of a file, or they are in UTF-16."""
    spans = around(prefilters.places(data))
    return data.startswith(_UTF_16_MARKS) or any(may_hold(data[at.start : at.end]) for at in spans)


def around(needles: Iterable[int]) -> list[Span]:
    """Return the spans to look at around needles: from the offsets of these, all in bytes."""
    return merged(Span(max(needle - _BEFORE, 0), needle + _BEHIND) for needle in needles)


def may_hold(stretch: bytes) -> bool:
    """Whether a token may begin in a stretch of a file."""
    text = stretch.decode("utf-8", "surrogateescape")
    return _may_say(text) or any(map(_may_say, _blocks(text))) or _may_be_in_pieces(text)


def _may_say(text: str) -> bool:
    # A name tells a token that has no prefix, anywhere near it.
    return any(
        any(candidates(said, shapes_in_any_place, by_name=False))
        or any(name in said for name in NAMES)
        for said in (text, *_decoded(text))
    )


def _decoded(text: str) -> Iterator[str]:
    return (decode(name, text) for name, code in CODES.items() if code.pattern.search(text))


def _blocks(text: str, *, again: bool = True) -> Iterator[str]:
    for name, unfolded, run, group in runs(text):
        for way in ways(name, unfolded, run, group):
            said = decode(name, way.of(unfolded.text))
            yield said
            yield from _blocks(said, again=False) if again else ()


def _may_be_in_pieces(text: str) -> bool:
    if not may_be_in_pieces(text):
        return False
    from notion_lsp.detect.split import may_begin  # to compile its patterns takes milliseconds

    return may_begin(text)
