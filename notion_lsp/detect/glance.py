"""A first look at what stands around a needle: whether a token may be there.

A search of a folder meets many needles that no token follows, some in files of many megabytes. A
look at a few thousand bytes around each spares reading those files.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from notion_lsp.detect import prefilters
from notion_lsp.text import Span, merged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# Bytes before a needle: the rest of a prefix in codes, or what tells of pieces that they are put
# together. Behind it, a whole cookie in codes, or many pieces.
_BEFORE, _BEHIND = 2**10, 2**13
# A file in UTF-16 is found by its byte order mark, and without one by a needle.
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SOFT_BREAK = re.compile(rb"=[ \t]*\r?\n")


def can_hold_a_token(data: bytes) -> bool:
    """Whether a token may be found in the bytes of a file, or they are in UTF-16."""
    if data.startswith(UTF_16_MARKS) or _has_a_stretch(data):
        return True
    # The soft break of a mail may cut the text that is looked for.
    unfolded = _SOFT_BREAK.sub(b"", data)
    return len(unfolded) < len(data) and _has_a_stretch(unfolded)


def _has_a_stretch(data: bytes) -> bool:
    spans = around(prefilters.places(data))
    anywhere = cache(lambda: has_split(_as_text(data)))
    return any(may_hold(data[at.start : at.end], anywhere) for at in spans)


def around(needles: Iterable[int]) -> list[Span]:
    """Return the spans to look at around needles: from the offsets of these, all in bytes."""
    return merged(Span(max(needle - _BEFORE, 0), needle + _BEHIND) for needle in needles)


def has_split(text: str) -> bool:
    """Whether a text has a split token."""
    from notion_lsp.detect import split

    return split.has_any(text)


def _unknown() -> bool:
    return True


def may_hold(stretch: bytes, anywhere: Callable[[], bool] = _unknown) -> bool:
    """Whether a token may begin in a stretch of a file.

    Where the rest of the file may define its names, `anywhere` says whether that has a split token.
    """
    # Most files have no needle, and the patterns take milliseconds to compile.
    from notion_lsp.detect.stretches import may_begin

    return may_begin(_as_text(stretch), anywhere)


def _as_text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")
