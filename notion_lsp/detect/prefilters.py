"""What a file must hold for a token to be found in it: fixed texts, and patterns for a search.

A search tool is fast while it looks for fixed texts. So a pattern begins with one, and what follows
only tells a `secret_` before a body from a `secret_key`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.detect.anchors import beginnings, fewest, names
from notion_lsp.detect.kinds import TOKEN_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from notion_lsp.detect.anchors import Beginning
    from notion_lsp.detect.kinds import TokenKind

# A file in UTF-16 is found by its byte order mark, and without one by the text that a token begins
# with. One string does for both byte orders: where the text begins, they have the same bytes.
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")

# What may stand between two pieces of a token, or between the lines of an encoded one: a quote, an
# escape, an interpolation, a code or a control character; but nothing that code has after a name.
_BROKEN_OFF = r"[^\w.,:;()\[\]<>/ =+*|?!@~^\n-]"

# Six decimal digits are nothing special: in hexadecimal, a colon follows, or its percent sign.
_COLON = r"(?:3[aA]|25)"


class Needle(NamedTuple):
    r"""A text that a token begins with in one of its forms, and a pattern of what follows it.

    The pattern is in what the dialects of Rust's `regex`, PCRE and `re` have in common, and is for
    bytes: `\w` is ASCII, and `$` the end of a line.
    """

    text: str
    follows: str = ""

    @property
    def pattern(self) -> str:
        """The pattern of the text and what follows it."""
        return "".join(map(_escaped, self.text)) + self.follows


def plain_texts(kinds: Sequence[TokenKind]) -> tuple[str, ...]:
    """Return the texts of which a file holds one if a token of the kinds is written out in it."""
    return fewest([*(each.text for each in beginnings(kinds)), *names(kinds)])


def needles(kinds: Sequence[TokenKind]) -> Iterator[Needle]:
    """Yield the needles of which a file holds one if a token of the kinds may be found in it."""
    from notion_lsp.detect import encodings

    plain = plain_texts(kinds)
    begin = [each for each in beginnings(kinds) if each.text in plain]
    for each in begin:
        yield Needle(each.text, _body(each))
    yield from map(Needle, names(kinds))
    # A call such as `"_".join(("ntn", "…"))` adds the underscore.
    stems = (text[:-1] for text in plain if text.endswith("_"))
    yield from (Needle(f"{quote}{stem}{quote}") for stem in stems for quote in "'\"")
    for text in encodings.search_strings(kinds):
        yield Needle(text, _COLON if text.isdecimal() else "")
    least = min(each.least for each in begin if each.base62)
    yield from (Needle(each, _base62(least)) for each in encodings.underscores(kinds))
    yield from (Needle("\0".join(text)) for text in plain)


def _body(begin: Beginning) -> str:
    if begin.base62:
        return _base62(begin.least)
    return rf"(?:[{begin.followed}]|{_BROKEN_OFF})" if begin.followed else ""


def _base62(least: int) -> str:
    # At the end of a line stands the soft break of a mail, or nothing in a list of words.
    return rf"(?:[A-Za-z0-9]{{{least}}}|[A-Za-z0-9]{{0,{least - 1}}}(?:{_BROKEN_OFF}|=?\r?$)| )"


def _escaped(character: str) -> str:
    # Not by `re.escape`: of what it gives, `\ ` and others are errors in Rust.
    return character if character.isalnum() or character in "_'\"`%" else f"\\x{ord(character):02x}"


@cache
def patterns() -> tuple[str, ...]:
    """Return the patterns of the needles of Notion's tokens."""
    return tuple(dict.fromkeys(each.pattern for each in needles(TOKEN_KINDS)))


@cache
def strings() -> tuple[bytes, ...]:
    """Return the bytes of which a file holds one if a token of Notion's may be found in it."""
    return tuple(text.encode() for text in fewest(each.text for each in needles(TOKEN_KINDS)))


def can_hold_a_token(data: bytes) -> bool:
    """Whether bytes hold any of the strings, or are in UTF-16."""
    return data.startswith(UTF_16_MARKS) or any(each in data for each in strings())
