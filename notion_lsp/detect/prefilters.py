"""What a file must hold for a token to be found in it: fixed texts, for `git grep` and its like.

Each text makes the search of a folder about three hundredths longer, so they are few.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from notion_lsp.detect.anchors import beginnings, fewest, names
from notion_lsp.detect.kinds import TOKEN_KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.detect.kinds import TokenKind

# A file in UTF-16 is found by its byte order mark, and without one by the text that a token begins
# with. One string does for both byte orders: where the text begins, they have the same bytes.
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def plain_texts(kinds: Sequence[TokenKind]) -> tuple[str, ...]:
    """Return the texts of which a file holds one if a token of the kinds is written out in it."""
    return fewest([*(each.text for each in beginnings(kinds)), *names(kinds)])


def search_strings(kinds: Sequence[TokenKind]) -> tuple[bytes, ...]:
    """Return the bytes of which a file holds one if a token of the kinds may be found in it."""
    from notion_lsp.detect import encodings

    plain = plain_texts(kinds)
    # A call such as `"_".join(("ntn", "…"))` adds the underscore.
    stems = (text[:-1] for text in plain if text.endswith("_"))
    quoted = (f"{quote}{stem}{quote}" for stem in stems for quote in "'\"")
    utf_8 = (*plain, *quoted, *encodings.search_strings(kinds))
    return (*map(str.encode, utf_8), *("\0".join(text).encode() for text in plain))


@cache
def strings() -> tuple[bytes, ...]:
    """Return the bytes of which a file holds one if a token of Notion's may be found in it."""
    return search_strings(TOKEN_KINDS)


def can_hold_a_token(data: bytes) -> bool:
    """Whether bytes hold any of the strings, or are in UTF-16."""
    return data.startswith(UTF_16_MARKS) or any(each in data for each in strings())
