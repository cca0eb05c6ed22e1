"""A first look at what stands around a needle: whether a token may be there.

A search of a folder meets many needles that no token follows, some in files of many megabytes. A
look at a few thousand bytes around each spares reading those files.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from notion_lsp.detect import prefilters
from notion_lsp.detect.shapes import COLOUR, ESCAPE, TERMINAL_CODE
from notion_lsp.text import Span, merged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from collections.abc import Set as AbstractSet

    from notion_lsp.detect.constants import Constants, Name

# Bytes before a needle: the rest of a prefix in codes, or what tells of pieces that they are put
# together. Behind it, a whole cookie in codes, or many pieces.
_BEFORE, _BEHIND = 2**10, 2**13
# A file in UTF-16 is found by its byte order mark, and without one by a needle.
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
# What may cut the text that is looked for: a code of a terminal, or a fold, with what a format puts
# around it, or the zero bytes of UTF-16. More counts than what is decoded later: to compile all of
# that takes long.
_CODE = re.compile(rf"{ESCAPE}{TERMINAL_CODE}|{COLOUR}".encode())
_ESCAPED_FOLDS = (b"\\r", b"\\n", b"%0A", b"%0a", b"&#10;", b"&#xA;", b"&#xa;", b"<br", b"<BR")
_AROUND_A_FOLD = b" \t\r\\\"'`=+&.,;:()<>{}[]|^$#*%!?@~"


def can_hold_a_token(data: bytes) -> bool:
    """Whether a token may be found in the bytes of a file, or they are in UTF-16."""
    if data.startswith(UTF_16_MARKS) or _has_a_stretch(data):
        return True
    return _has_a_stretch(_without_cuts(data))


def _without_cuts(data: bytes) -> bytes:
    data = data.replace(b"\0", b"")
    for fold in _ESCAPED_FOLDS:
        data = data.replace(fold, b"\n")
    rows = (line.strip(_AROUND_A_FOLD) for line in data.split(b"\n"))
    return _CODE.sub(b"", b"".join(rows))


def _has_a_stretch(data: bytes) -> bool:
    spans = around(prefilters.places(data))
    whole = Whole(lambda: _as_text(data))
    return any(may_hold(data[at.start : at.end], whole) for at in spans)


def around(needles: Iterable[int]) -> list[Span]:
    """Return the spans to look at around needles: from the offsets of these, all in bytes."""
    return merged(Span(max(needle - _BEFORE, 0), needle + _BEHIND) for needle in needles)


class Whole:
    """What stretches are of: whether it has a split token, be it part of a longer word.

    `read` returns the text, or None if it is too large to be held.
    """

    def __init__(self, read: Callable[[], str | None]) -> None:
        self._read = read

    def may_have_split(self, names: AbstractSet[Name], begun: AbstractSet[str]) -> bool:
        """Whether there is one that takes a value of the names, or that one of `begun` begins."""
        from notion_lsp.detect import split

        if self._constants is None or split.begins_with(self._constants, begun):
            return True
        # To look for a few names takes a tenth of what the search for a token takes.
        return any(self._constants.value(name, 0) for name in names) and self._has_split

    @cached_property
    def _constants(self) -> Constants | None:
        from notion_lsp.detect.constants import Constants

        text = self._read()
        return None if text is None else Constants(text)

    @cached_property
    def _has_split(self) -> bool:
        from notion_lsp.detect import split

        return self._constants is None or split.has_any(self._constants)


_UNKNOWN = Whole(lambda: None)


def may_hold(stretch: bytes, whole: Whole = _UNKNOWN) -> bool:
    """Whether a token may begin in a stretch; the rest of the whole may define its names."""
    # Most files have no needle, and the patterns take milliseconds to compile.
    from notion_lsp.detect.stretches import may_begin

    blocks = (_as_text(stretch[at.start : at.end]) for at in prefilters.blocks(stretch))
    return may_begin(_as_text(stretch), blocks, whole.may_have_split)


def _as_text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")
