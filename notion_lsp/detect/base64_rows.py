"""What a text looks like in base64, wherever in a group of three bytes it begins."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Not of `string`, which compiles a pattern as it is loaded.
_BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_BASE64_CHARACTER = r"[\w+/-]"
_UNKNOWN = (range(0x100),) * 2  # the values of an octet
_ROW = 4  # characters that tell a text from other bytes


def base64_needles(text: bytes) -> Iterator[tuple[str, int]]:
    """Yield the forms that a text has in base64, each with its place in a group of four.

    There are three, by where in a group of three bytes the text begins. The first and the last
    character are left out where a neighbour of the text has bits in them.
    """
    for before in range(3):
        encoded = b64encode(b"\0" * before + text + b"\0" * 3).decode()
        first = (8 * before + 5) // 6
        yield encoded[first : 8 * (before + len(text)) // 6], first % 4


def base64_row(text: bytes, before: int, follows: tuple[range, ...]) -> list[str]:
    """Return the characters that each place may have behind a text in base64."""
    octets = (*_UNKNOWN[:before], *(range(each, each + 1) for each in text), *follows * _ROW)
    first = 8 * (before + len(text)) // 6
    places = (divmod(6 * at, 8) for at in range(first, first + _ROW))
    return [_base64_characters(octets[octet], octets[octet + 1], bit) for octet, bit in places]


@cache
def _base64_characters(octet: range, below: range, bit: int) -> str:
    """Return the characters with the six bits from a bit of an octet on."""
    # Of both octets only the bits that count, or there would be thousands of pairs.
    upper = {each << 8 >> (10 - bit) & 0x3F for each in octet}
    lower = {each >> (10 - bit) for each in below}
    return "".join(sorted({_BASE64[high | low] for high in upper for low in lower}))


def character_class(characters: str) -> str:
    """Return the pattern of one of the characters, for bytes."""
    if len(characters) == len(_BASE64):
        return _BASE64_CHARACTER
    return f"[{characters}]"
