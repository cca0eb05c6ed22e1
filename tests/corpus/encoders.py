r"""The ways in which a case's text is encoded.

Those that write each character on its own keep a token's place: it is where its characters are.
Of base64 and hex the whole run is the token's place.
"""

from __future__ import annotations

import base64
import textwrap
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Piece(NamedTuple):
    """A piece of a token in a text: which token, which part of it, and where it stands."""

    token: str
    letters: str
    offset: int
    start: int
    end: int


class Text(NamedTuple):
    """A text and the pieces of tokens in it."""

    text: str
    pieces: tuple[Piece, ...]


def shifted(pieces: Iterable[Piece], by: int) -> list[Piece]:
    """Return the pieces moved by that many characters."""
    return [piece._replace(start=piece.start + by, end=piece.end + by) for piece in pieces]


def _whole(encode: Callable[[str], str]) -> Callable[[Text], Text]:
    def encoded(plain: Text) -> Text:
        text = encode(plain.text)
        return Text(text, tuple(each._replace(start=0, end=len(text)) for each in plain.pieces))

    return encoded


def _each(encode: Callable[[str], str]) -> Callable[[Text], Text]:
    def encoded(plain: Text) -> Text:
        written = [encode(character) for character in plain.text]
        at = [0, *accumulate(map(len, written))]
        moved = (each._replace(start=at[each.start], end=at[each.end]) for each in plain.pieces)
        return Text("".join(written), tuple(moved))

    return encoded


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _rows(width: int, fold: str, encoding: str = "utf-8") -> Callable[[Text], Text]:
    def encode(text: str) -> str:
        return fold.join(textwrap.wrap(base64.b64encode(text.encode(encoding)).decode(), width))

    return _whole(encode)


def _broken(at: int, code: str) -> Callable[[Text], Text]:
    return _whole(lambda text: text[:at] + code + text[at:])


ENCODERS: dict[str, Callable[[Text], Text]] = {
    "base64": _whole(_base64),
    "base64-unpadded": _whole(lambda text: _base64(text).rstrip("=")),
    "base64url": _whole(lambda text: base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")),
    "base64-wrapped": _whole(lambda text: textwrap.fill(_base64(text), 40)),
    "base64-mime": _rows(76, "\r\n"),
    "base64-60": _rows(60, r"\n"),
    "base64-quoted": _rows(64, '"\n  "'),
    "base64-plus": _rows(72, '" +\n  "'),
    "base64-indented": _rows(70, "\n    "),
    "base64-starred": _rows(68, '" *\n    "'),
    "base64-commented": _rows(77, "\n# "),
    "base64-shell": _rows(64, "\\\n"),
    "base64-utf-16": _rows(10_000, "", "utf-16-le"),
    "soft-break": _broken(20, "=\n"),
    "soft-break-early": _broken(2, "=\n"),
    "word-of-a-header": _broken(20, "?=\n =?utf-8?Q?"),
    "folded-line": _broken(20, "\r\n "),
    "dumped": _broken(9, "\n00000010: 3132 3334 3536 3738 3930 3132 3334 3536  "),
    "typed": _broken(30, " \r"),
    "colour": _broken(4, "\x1b[0m"),
    "colour-at-the-end": _broken(47, "\x1b[01;31m\x1b[K"),
    "colour-and-erase": _broken(7, "\x1b[m\x1b[K"),
    "utf-16": _each(lambda character: f"{character}\0"),
    "hex": _whole(lambda text: text.encode().hex()),
    "HEX": _whole(lambda text: text.encode().hex().upper()),
    "percent": _each(lambda character: quote(character, safe="")),
    "percent-all": _each(lambda character: f"%{ord(character):02X}"),
    "percent-twice": _each(lambda character: quote(quote(character, safe=""), safe="")),
    r"\x": _each(lambda character: rf"\x{ord(character):02x}"),
    r"\u": _each(lambda character: rf"\u{ord(character):04x}"),
    r"\u{}": _each(lambda character: rf"\u{{{ord(character):x}}}"),
    r"\U": _each(lambda character: rf"\U{ord(character):08x}"),
    r"\ooo": _each(lambda character: rf"\{ord(character):03o}"),
    "&#": _each(lambda character: f"&#{ord(character)};"),
    "markdown": _each(lambda character: rf"\{character}"),
    "json": _each(lambda character: {'"': r"\"", "\\": r"\\"}.get(character, character)),
}
