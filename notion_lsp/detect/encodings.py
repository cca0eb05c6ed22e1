r"""How a text hides a token in plain sight: base64, hexadecimal, and codes for single characters.

A block (base64, hexadecimal) is decoded as a whole. A code stands for one character, and a token
may have one or only codes: `ntn%5F…`, `\x6e\x74\x6e\x5f…`, `&#110;tn_…`.
"""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_PREFIXES = (b"ntn_", b"nrt_", b"secret_", b"token_v2")


class Block(NamedTuple):
    """An encoding of a whole text: what a prefix of a token looks like in it, its own alphabet.

    `group` is how many characters stand for a whole number of bytes. `prefixes` have the place of
    their first character in its group.
    """

    prefixes: Mapping[str, int]
    alphabet: re.Pattern[str]
    group: int
    decode: Callable[[str], bytes]


def _base64_forms(prefixes: Iterable[bytes]) -> Iterator[tuple[int, str]]:
    # A prefix has three forms, by where in a group of three bytes it begins. What its neighbours
    # have a part in is left out.
    for prefix in prefixes:
        for before in range(3):
            bits = base64.b64encode(b"\0" * before + prefix + b"\0" * 3).decode()
            first = (8 * before + 5) // 6
            yield first % 4, bits[first : 8 * (before + len(prefix)) // 6]


def _from_base64(text: str) -> bytes:
    standard = text.rstrip("=").translate(str.maketrans("-_", "+/"))
    return base64.b64decode(standard[: len(standard) - (len(standard) % 4 == 1)] + "==")


_ONCE = {form: place for place, form in _base64_forms(_PREFIXES)}
# Encoded once more, as happens to a Kubernetes secret: what stands at its beginning then.
_AGAIN = [form.encode() for form, place in _ONCE.items() if not place]
_TWICE = {form: place for place, form in _base64_forms(_AGAIN)}
_HEXADECIMAL = [prefix.hex() for prefix in _PREFIXES]

BLOCKS = {
    "base64": Block(_ONCE | _TWICE, re.compile(r"[A-Za-z0-9+/_-]+={0,2}"), 4, _from_base64),
    "hexadecimal": Block(
        {form: 0 for each in _HEXADECIMAL for form in (each, each.upper())},
        re.compile(r"[0-9A-Fa-f]+"),
        2,
        lambda text: bytes.fromhex(text[: len(text) // 2 * 2]),
    ),
}

# The numbers of letters, digits and the underscore; all else stays as it is written.
_HEX = r"(?:3[0-9]|[46][1-9A-Fa-f]|[57][0-9Aa]|5[Ff])"
_OCTAL = r"(?:06[0-7]|07[01]|1(?:[04][1-7]|[1256][0-7]|[37][0-2]|37))"
_DECIMAL = r"(?:4[89]|5[0-7]|6[5-9]|[78]\d|9[05789]|1[01]\d|12[0-2])"

# Escaped again, a backslash becomes two: eight are three texts inside each other.
# A group's name says in which base a code has its number.
CODES = {
    "percent encoding": re.compile(rf"%(?:25)*(?P<hex>{_HEX})"),
    "escapes": re.compile(
        rf"\\{{1,8}}(?:[xX](?P<hex>{_HEX})|u00(?P<hex_2>{_HEX})|u\{{0*(?P<hex_3>{_HEX})\}}"
        rf"|U0{{6}}(?P<hex_4>{_HEX})|(?P<octal>{_OCTAL})|(?P<itself>_))"
    ),
    "character references": re.compile(rf"&#(?:[xX]0*(?P<hex>{_HEX})|0*(?P<decimal>{_DECIMAL}));"),
}

_BASES = {"hex": 16, "decimal": 10, "octal": 8}


# What a file holds where any of this is likely: fixed text, few, for a search by another program. A
# token in codes has its underscore in one; a rarer form is found in a file that is named or open.
PREFILTERS = (
    *(form for _, form in _base64_forms(_PREFIXES[:3])),
    *_HEXADECIMAL[:3],
    *("%5f", "%5F", "\\x5f", "\\u005f", "\\u005F", "&#95;", "ntn\\_", "secret\\_"),
)


def character(code: re.Match[str]) -> str:
    """Return what a code of `CODES` stands for."""
    name = code.lastgroup or ""
    if name == "itself":
        return code[name]
    return chr(int(code[name], _BASES[name.partition("_")[0]]))


def decode(encoding: str, text: str) -> str:
    """Return what the text says; what is not in the encoding stays as it is, or is lost."""
    if block := BLOCKS.get(encoding):
        try:
            return block.decode(text).decode("utf-8", "replace")
        except ValueError:
            return ""
    return CODES[encoding].sub(character, text)
