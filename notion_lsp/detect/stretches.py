"""Whether a token may begin in a stretch of text, written in any way.

It lets more through than what is a token: neither edges nor a context is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.detect.anchors import NAMES, may_be_in_pieces
from notion_lsp.detect.encoded import runs
from notion_lsp.detect.encodings import CODES, decode
from notion_lsp.detect.plain import candidates, shapes_in_any_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from notion_lsp.detect.constants import Name

    # Whether the text that a stretch is of has a split token; see `split.may_begin`.
    _Anywhere = Callable[[AbstractSet[Name], AbstractSet[str]], bool]


def may_begin(text: str, blocks: Iterable[str], anywhere: _Anywhere) -> bool:
    """Whether a token may begin in a stretch, or in a block of one of its parts."""
    said = (each for part in blocks for each in _blocks(part))
    return _may_say(text) or any(map(_may_say, said)) or _may_be_in_pieces(text, anywhere)


def _may_say(text: str) -> bool:
    # A name tells a token that has no prefix, anywhere near it.
    return any(
        any(candidates(said, shapes_in_any_place, by_name=False))
        or any(name in said for name in NAMES)
        for said in (text, *_decoded(text))
    )


def _decoded(text: str) -> Iterator[str]:
    return (decode(name, text) for name, code in CODES.items() if code.is_in(text))


def _blocks(text: str, *, again: bool = True) -> Iterator[str]:
    for run in runs(text):
        for said in map(run.said, run.ways):
            yield said
            yield from _blocks(said, again=False) if again else ()


def _may_be_in_pieces(text: str, anywhere: _Anywhere) -> bool:
    if not may_be_in_pieces(text):
        return False
    from notion_lsp.detect import split  # to compile its patterns takes milliseconds

    return split.may_begin(text, anywhere)
