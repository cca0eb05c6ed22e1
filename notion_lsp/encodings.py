r"""How a text hides a token in plain sight: base64, hexadecimal, and codes for single characters.

A block (base64, hexadecimal) is decoded as a whole. A code stands for one character, and a token
may have one or only codes: `ntn%5F…`, `\x6e\x74\x6e\x5f…`, `&#110;tn_…`.
"""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_PREFIXES = (b"ntn_", b"nrt_", b"secret_", b"token_v2")


class Block(NamedTuple):
    """An encoding of a whole text: what a prefix of a token looks like in it, its own alphabet.

    `group` is how many characters stand for a whole number of bytes. A match of `prefix` stands in
    its group at the number that the name of its group ends with.
    """

    prefix: re.Pattern[str]
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


def _pattern(forms: dict[int, list[str]]) -> re.Pattern[str]:
    groups = (f"(?P<at_{place}>{'|'.join(map(re.escape, each))})" for place, each in forms.items())
    return re.compile("|".join(groups))


_ONCE = tuple(_base64_forms(_PREFIXES))
# Encoded once more, as happens to a Kubernetes secret: what stands at its beginning then.
_TWICE = tuple(_base64_forms(form.encode() for place, form in _ONCE if not place))
_IN_BASE64: dict[int, list[str]] = {}
for _place, _form in (*_ONCE, *_TWICE):
    _IN_BASE64.setdefault(_place, []).append(_form)
_IN_HEXADECIMAL = [prefix.hex() for prefix in _PREFIXES]

BLOCKS = {
    "base64": Block(_pattern(_IN_BASE64), re.compile(r"[A-Za-z0-9+/_-]+={0,2}"), 4, _from_base64),
    "hexadecimal": Block(
        re.compile(f"(?i:{_pattern({0: _IN_HEXADECIMAL}).pattern})"),
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

_NUMBERS = ("5f", "5F", "6e", "6E", "73")  # of `_`, `n` and `s`

_BASES = {"hex": 16, "decimal": 10, "octal": 8}


# What a file holds where any of this is likely: fixed text, for a search by another program. Of a
# token in codes the underscore is one, or what it begins with.
PREFILTERS = (
    *(form for _, form in _ONCE),
    *(form for place, form in _TWICE if not place),
    *(form for each in _IN_HEXADECIMAL for form in (each, each.upper())),
    *(f"{code}{number}" for code in ("%", "\\x", "\\u00", "\\u{") for number in _NUMBERS),
    *(
        "\\U0000006e",
        "\\U0000006E",
        "\\137",
        "&#95;",
        "&#110;",
        "&#x5f;",
        "&#x5F;",
        "&#x6e;",
        "&#x6E;",
    ),
    *("ntn\\_", "nrt\\_", "secret\\_"),
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
