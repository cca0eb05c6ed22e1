"""What a file must hold for a token to be found in it: fixed text, for a search by another program.

Each takes the search of a tree some three hundredths longer.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from notion_lsp.detect.kinds import PREFILTERS

if TYPE_CHECKING:
    from pathlib import Path

# A file in UTF-16 is found by its mark, and without one by what begins a token. Of either order:
# where that begins, both have the same bytes.
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")

_IN_PIECES = tuple(f"{quote}{word}{quote}" for quote in "'\"" for word in ("ntn", "secret"))
_PIECE = 2**20


@cache
def strings() -> tuple[bytes, ...]:
    """Return the texts of which a file holds one, as bytes."""
    from notion_lsp.detect import encodings

    utf_8 = (*PREFILTERS, *_IN_PIECES, *encodings.PREFILTERS)
    return (*map(str.encode, utf_8), *("\0".join(each).encode() for each in PREFILTERS))


def can_hold_a_token(data: bytes) -> bool:
    """Whether bytes hold any of the texts, or are in UTF-16."""
    return data.startswith(UTF_16_MARKS) or any(each in data for each in strings())


def can_be_read_for_one(path: Path) -> bool:
    """Whether a file can hold a token, read piece by piece; so can one that cannot be read."""
    longest = max(map(len, strings()))
    try:
        with path.open("rb") as file:
            before = b""
            while piece := file.read(_PIECE):
                if can_hold_a_token(before + piece):
                    return True
                before = piece[-longest:]
    except OSError:
        return True
    return False
