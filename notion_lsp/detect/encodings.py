r"""How a text hides a token in plain sight: base64, hexadecimal, and codes for single characters.

A block (base64, hexadecimal) is decoded as a whole. A code stands for one character, and a token
may have one code or nothing but codes: `ntn%5F…`, `\x6e\x74\x6e\x5f…`, `&#110;tn_…`.
"""

from __future__ import annotations

import base64
import re
import string
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.detect.anchors import FEWEST, beginnings, fewest, names, prefixes
from notion_lsp.detect.base64_rows import base64_needles
from notion_lsp.detect.kinds import TOKEN_KINDS
from notion_lsp.detect.shapes import COLOUR, ESCAPE, ESCAPED, ESCAPES, SEQUENCE, TERMINAL_CODE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from notion_lsp.detect.kinds import TokenKind


class Block(NamedTuple):
    """An encoding of a whole text: its alphabet, a run, and how the beginning of a token looks.

    `group` is how many characters stand for a whole number of bytes, `octets`. `needles` maps each
    text that a token begins with, encoded, to the place of its first character in a group.
    """

    needles: Mapping[str, int]
    alphabet: str
    run: re.Pattern[str]
    group: int
    octets: int
    decode: Callable[[str], bytes]


def blocks(kinds: Sequence[TokenKind]) -> dict[str, Block]:
    """Return the encodings of whole texts, by name, in which tokens of the kinds are found."""
    written = (form for each in beginnings(kinds) for form in each.written)
    texts = [text.encode() for text in fewest([*written, *names(kinds)])]
    once = _needles(texts)
    # Encoded once more, as Kubernetes encodes a secret that was base64 before. The form at the
    # beginning of the inner text is enough: with the other two there would be nine for each text.
    twice = _needles(needle.encode() for needle, place in once.items() if not place)
    # The argument of PowerShell's -EncodedCommand is base64 of UTF-16.
    wide = _needles("\0".join(text).encode() for text in prefixes(kinds))
    hexadecimal = {form: 0 for text in texts for form in (text.hex(), text.hex().upper())}
    return {
        "base64": Block(
            once | twice | wide,
            f"{string.ascii_letters}{string.digits}+/_-",
            re.compile(r"[A-Za-z0-9+/_-]+={0,2}"),
            4,
            3,
            _from_base64,
        ),
        "hexadecimal": Block(
            hexadecimal, string.hexdigits, re.compile("[0-9A-Fa-f]+"), 2, 1, _from_hexadecimal
        ),
    }


def _needles(texts: Iterable[bytes]) -> dict[str, int]:
    return {needle: place for text in texts for needle, place in base64_needles(text)}


def _from_base64(text: str) -> bytes:
    standard = text.rstrip("=").translate(str.maketrans("-_", "+/"))
    return base64.b64decode(standard[: len(standard) - (len(standard) % 4 == 1)] + "==")


def _from_hexadecimal(text: str) -> bytes:
    return bytes.fromhex(text[: len(text) // 2 * 2])


BLOCKS = blocks(TOKEN_KINDS)

# The numbers of letters, digits, and the other characters of a token or a cookie: `_`, `-`, `.` and
# `:`. All else stays as it is written.
_HEX = r"(?:2[DdEe]|3[0-9Aa]|[46][1-9A-Fa-f]|[57][0-9Aa]|5[Ff])"
_OCTAL = r"(?:05[56]|06[0-7]|07[0-2]|1(?:[04][1-7]|[1256][0-7]|[37][0-2]|37))"
_DECIMAL = r"(?:4[5689]|5[0-8]|6[5-9]|[78]\d|9[05789]|1[01]\d|12[0-2])"

# https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda, as bytes or written out.
_HYPERLINK = (
    r"\]8;[^\x07\x1b\\\n]{0,2000}"
    rf"(?:{ESCAPE}\\{{1,2}}|\x07|\\(?:x07|u0007|a))"
)
# A soft hyphen, the spaces and joiners without a width (U+200B to U+200D, U+2060), the mark of the
# byte order, and the element of HTML with that meaning.
_INVISIBLE = (
    *"\xad\u200b\u200c\u200d\u2060\ufeff",
    "<wbr[ ]?/?>",
    "&(?:shy|ZeroWidthSpace|NoBreak|zwn?j);",
    "&#(?:173|820[345]|8288|65279|[xX](?:[aA][dD]|200[bBcCdD]|2060|[fF][eE][fF][fF]));",
    r"\\u(?:00[aA][dD]|200[bBcCdD]|2060|[fF][eE][fF][fF])",
)


# What begins a code of a terminal, or is the first part of one.
_BEGINS_TERMINAL_CODE = (
    *("\x1b", "\x9b", "\x0e", "\x0f", COLOUR, r"\^\["),
    *(r"\\(?:x1[bB]|u001[bB]|u\{1[bB]\}|033|e)[\[(\]]", "&#(?:27|[xX]1[bB]);"),
)


class Code(NamedTuple):
    """A code for single characters. The name of a group says in which base it has a number.

    A `low_line` stands for an underscore. What has none of these groups stands for what `itself`
    holds, or for nothing. With `begins`, it is decoded only around what that matches. A text with
    such a code has a match of one of the `parts`: a pattern that begins with a fixed text is found
    fast.
    """

    pattern: re.Pattern[str]
    begins: re.Pattern[str] | None = None
    parts: tuple[re.Pattern[str], ...] = ()

    def is_in(self, text: str) -> bool:
        """Whether a text has such a code."""
        found = any(each.search(text) for each in self.parts or (self.pattern,))
        return found and (self.begins is None or bool(self.begins.search(text)))


_QUOTED = rf"=(?:(?P<hex>{_HEX})|[ \t]*(?:\r\n|\n|\r))"
_NEXT_WORD = r"\?=\s{1,4}=\?[\w*-]{1,40}\?[qQ]\?"
_CODES = {
    # A cookie may have its colons so in any case.
    "percent encoding": Code(
        re.compile(rf"%(?:25)*(?!3[aA])(?:(?P<hex>{_HEX})|u00(?P<hex_2>{_HEX}))")
    ),
    # A backslash is doubled for each string that the text is written into: eight are three
    # levels.
    "escapes": Code(
        re.compile(
            rf"\\\\{{0,7}}(?:[xX](?P<hex>{_HEX})|u00(?P<hex_2>{_HEX})"
            rf"|[xu]\{{0*(?P<hex_3>{_HEX})\}}|U0{{6}}(?P<hex_4>{_HEX})|(?P<octal>{_OCTAL})"
            # In CSS a space ends a number that has not all of its digits.
            rf"|0000(?P<hex_5>{_HEX}) ?|(?P<hex_6>{_HEX}) |(?P<itself>_))"
        )
    ),
    "character references": Code(
        # HTML does without the semicolon.
        re.compile(
            rf"&(?:amp;)*(?:#(?:[xX]0*(?P<hex>{_HEX})(?![0-9A-Fa-f])"
            rf"|0*(?P<decimal>{_DECIMAL})(?!\d))|(?P<low_line>lowbar|UnderBar));?"
        )
    ),
    # A line of mail that is folded ends in `=` (RFC 2045, section 6.7), and what a header has in
    # this code goes on in the next word (RFC 2047, section 2).
    "quoted-printable": Code(
        re.compile(rf"{_QUOTED}|{_NEXT_WORD}"),
        parts=(re.compile(_QUOTED), re.compile(_NEXT_WORD)),
    ),
    # A search for the prefix puts a colour behind it; some make a link of what they found.
    "terminal codes": Code(
        re.compile(
            rf"[{ESCAPES}\x9b\[\x0e\x0f](?:{ESCAPED}(?:{TERMINAL_CODE}|{_HYPERLINK})"
            rf"|(?<=\x9b){SEQUENCE}|(?<=\[)[0-9;]{{1,20}}m|(?<=[\x0e\x0f]))"
        ),
        parts=tuple(map(re.compile, _BEGINS_TERMINAL_CODE)),
    ),
    # A printer has bold letters and underlined ones by going back.
    "letters struck twice": Code(re.compile(r"[^\n\x08]\x08"), parts=(re.compile(r"\x08"),)),
    # Chats and web pages tell by them where a long word may break.
    "invisible characters": Code(
        re.compile("|".join(_INVISIBLE)), parts=tuple(map(re.compile, _INVISIBLE))
    ),
}
UTF_16 = "UTF-16"  # a token in it needs no edges

# Where a long line goes on in the next row: in a calendar, a card or a manifest behind a space (RFC
# 5545, section 3.1); in what `xxd`, `hexdump -C`, `od -z` and `tcpdump -X` write behind the offset
# and the bytes; and where a shell echoes what is typed, behind a space that is overwritten, or the
# character that is written anew.
_BYTES = "(?:[0-9a-fA-F]{2,4}[ ]{1,2})"
_DUMPED = rf"(?::[ ]{{1,2}}(?:[0-9a-fA-F]{{2,4}}[ ])+[ ]+|[ ]{{1,2}}{_BYTES}+[ ]*[|>])"
_END_OF_ROW = r"(?:[|<]?\r?\n|[ ]\r)"
_WRAP = (
    rf"{_END_OF_ROW}(?:(?<=\n)(?:[ \t]*(?:0x)?[0-9a-fA-F]{{4,16}}{_DUMPED}|[ \t])"
    r"|(?<=[ ]\r)(?:\x1b\[K(\w)\r(?=\1))?)(?=[\w%:-])"
)
_LONGEST_ROW = 200  # code points


def codes(kinds: Sequence[TokenKind]) -> dict[str, Code]:
    """Return the codes, by name, in which tokens of the kinds are found."""
    wide = "|".join(re.escape("\0".join(text)) for text in prefixes(kinds))
    # Amid other bytes: what Windows PowerShell appends to a file, a constant of .NET. One pattern
    # does for both byte orders, as the last character needs no zero byte.
    utf_16 = Code(re.compile(r"(?P<itself>[\t\n\r -~])\0"), re.compile(wide), (re.compile("\0"),))
    cut_off = "|".join(map(_cut_off, prefixes(kinds)))
    # Each character may be the first of a wrap: what is cut off is found in a tenth of the time.
    wrapped = Code(re.compile(_WRAP), re.compile(cut_off), (re.compile(r"[\r\n]"),))
    return {**_CODES, UTF_16: utf_16, "wrapped lines": wrapped}


def _cut_off(prefix: str) -> str:
    # The line of a token goes on below behind some of its body, or within its prefix.
    first, rest = re.escape(prefix[:FEWEST]), prefix[FEWEST:]
    body = rf"{re.escape(rest)}[\w%:.-]{{0,{_LONGEST_ROW}}}"
    some = reduce(lambda below, letter: f"(?:{re.escape(letter)}{below})?", rest[-2::-1], "")
    return rf"{first}(?:{body}|(?<!\w{first}){some}){_END_OF_ROW}"


CODES = codes(TOKEN_KINDS)

_BASES = {"hex": 16, "decimal": 10, "octal": 8}


def character(code: re.Match[str]) -> str:
    """Return the character that a code of `CODES` stands for."""
    name = code.lastgroup
    if name is None:
        return ""
    if name in {"itself", "low_line"}:
        return code[name] if name == "itself" else "_"
    return chr(int(code[name], _BASES[name.partition("_")[0]]))


def decode(encoding: str, text: str) -> str:
    """Return what the text says in an encoding of `BLOCKS` or `CODES`.

    A block that cannot be decoded gives an empty text. Around codes, the text stays as it is.
    """
    if block := BLOCKS.get(encoding):
        try:
            return block.decode(text).decode("utf-8", "replace")
        except ValueError:
            return ""
    return CODES[encoding].pattern.sub(character, text)
