r"""Needles: fixed texts of which a file with a token holds one, and what follows each.

A search tool looks for fixed texts much faster than for patterns, as long as they are rare, few and
short. So each form of a token has a needle: a text, and a pattern of what follows, which tells a
`secret_` before a body from a `secret_key`. Where the end of a prefix is rare enough, it is enough.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.detect.anchors import beginnings, fewest, names
from notion_lsp.detect.base64_rows import base64_needles, base64_row, character_class
from notion_lsp.detect.shapes import COLOUR

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from notion_lsp.detect.anchors import Beginning
    from notion_lsp.detect.kinds import TokenKind

# What may stand between two pieces of a token, or between the lines of an encoded one: a quote, an
# escape, an interpolation, a code or a control character; but nothing that code has after a name,
# and not the zero byte that ends a name in a compiled file.
_BROKEN_OFF = r"[^\x00\w.,:;()\[\]<>/ =+*|?!@~^\n-]"
_HEX_DIGITS = r"(?:3[0-9]|[46][1-9A-Fa-f]|[57][0-9Aa]|5[Ff])"  # of a letter, digit or underscore
_HEX_COLON = r"(?:3[aA]|25)"  # or the percent sign of one that is percent-encoded
_FEW = 8  # characters of a body that tell it from other text
_TAIL = 2  # characters at the end of a prefix
_HEXADECIMAL = frozenset("0123456789ABCDEFabcdef")
_AS_IT_IS = "_'\"`%"  # in any dialect, as letters and digits are
# What may follow a row that is folded: spaces, and what `folds.py` begins a fold with.
_FOLD = r"[ \t]*(?:[\\%&<=\x22'`^\r]|$)"
_END_OF_ROW = r"[ \t]*\r?$"  # behind a sign that the row goes on below
_ENDS_OF_ROWS = ("=", "?=", "|", "<")  # of a mail, of a word of its header, of dumps
# The values of an octet.
_ASCII, _ZERO = range(0x20, 0x80), range(1)
# How much of a text is looked for first. ripgrep looks for no text that goes beyond what may be any
# character, and there is none that stands behind the end of its line.
_NO_LONGER = r"(?:[^\n]$[^\n])?"
_HEAD = 3
_FIRST = 4  # of a prefix that is written out: a mail may break it off behind them
_MOST_FIRST = 25  # different characters that literals begin with

# How a code writes the underscore that a prefix ends with, how much of that is looked for first,
# and what else than letters and digits the codes of the body are made of.
_UNDERSCORES = (
    *((("%5f", "%5F"), 3, "%"), (("%255f", "%255F"), 4, "%"), (("u005f", "u005F"), 4, r"\\%")),
    *((("\\x5f", "\\x5F"), 3, r"\\"), (("\\U0000005f", "\\U0000005F"), 3, r"\\")),
    *((("\\137",), 4, r"\\"), (("u{5f}", "u{5F}"), 3, r"\\{}")),
    *((("&#95",), 4, "&#;"), (("&#x5f", "&#x5F"), 4, "&#;")),
)
# How it is written behind letters that are written out, by the first character of the code.
_LOW_LINE = "0*5[fF]"
_OTHERWISE = {
    "\\": rf"\\*(?:_|[xu]\{{?{_LOW_LINE}\}}?|U{_LOW_LINE}|{_LOW_LINE} ?|137)",
    "&": rf"(?:amp;)*(?:lowbar|UnderBar|#0*95|#[xX]{_LOW_LINE});?",
    "%": "(?:25)*5[fF]",
    "=": "5[fF]",
}
# What begins a code of a terminal, written out or not, and the rest of one or more.
_ESCAPES = "\\&^\x1b"
_COLOURS = r"(?:[\\^&#;xu0-37bBe{}\x1b\x0e\x0f]*[\[(]+[0-9;?]*[A-Za-z])+\x0f?"
_SOME = f"[A-Za-z0-9]{{{_FEW}}}|[A-Za-z0-9]{{0,{_FEW - 1}}}"  # of a body, up to what cuts it
_IN_A_MAIL = rf"(?:{_SOME}\??={_END_OF_ROW})"
_AMONG_COLOURS = rf"(?:{_SOME}[\\^&\x1b])"


class Needle(NamedTuple):
    r"""A text that a token has in one of its forms, and a pattern of what follows it.

    The pattern is in what the dialects of Rust's `regex`, PCRE and `re` have in common, and is for
    bytes: `\w` is ASCII, and `$` the end of a line. A search looks for the first `head` characters
    of the text, if that is given, or for all of it. One that is `quoted` counts behind a quote, and
    one that is `in_block` is of a token in base64 or hexadecimal.
    """

    text: str
    follows: str = ""
    head: int | None = None
    quoted: bool = False
    in_block: bool = False

    @property
    def literal(self) -> str:
        """The part of the text that is looked for first."""
        return self.text[: self.head]

    @property
    def rest(self) -> str:
        """The pattern of what is behind the literal."""
        rest = escaped(self.text[len(self.literal) :])
        return f"{_NO_LONGER if self.head else ''}{rest}{self.follows}"


# An archive is told by what it begins with (APPNOTE.TXT of PKWARE, 4.3.7; RFC 1952, section 2.3;
# the formats of xz, 2.1.1, of 7z and of bzip2), so that it is named as one that nobody looked into.
# Each character stands for a byte. There is no room for the others.
_BEGINNINGS = ("PK\x03\x04", "\x1f\x8b\x08", "7zXZ\x00", "7z\xbc\xaf", "AY&SY")
ARCHIVES = tuple(map(Needle, _BEGINNINGS))


def plain_texts(kinds: Sequence[TokenKind]) -> tuple[str, ...]:
    """Return the texts of which a file holds one if a token of the kinds is written out in it."""
    return fewest([*(each.text for each in beginnings(kinds)), *names(kinds)])


def needles(kinds: Sequence[TokenKind]) -> tuple[Needle, ...]:
    """Return the needles of which a file holds one if a token of the kinds may be found in it.

    ripgrep 13 takes three times as long if their literals have more than 250 bytes in all, begin
    with more than 25 different ones (the crate `regex` 1.5), or are more than 64.
    """
    plain = plain_texts(kinds)
    begin = [each for each in beginnings(kinds) if each.text in plain]
    forms = (
        *(_plain, _quoted, _otherwise, _coloured, _base64, _base64_twice, _hexadecimal, _codes),
        *(_utf_16, _wide_base64),
    )
    every = (needle for form in forms for needle in form(begin))
    found = tuple(dict.fromkeys((*every, *map(Needle, names(kinds)), *ARCHIVES)))
    first = {each.literal[0] for each in found}
    return (*found, *_cut_early(begin, first), *_below_a_fold(begin, first))


def _plain(begin: Sequence[Beginning]) -> Iterator[Needle]:
    for each in begin:
        colon = rf"(?:[{each.followed}]|{_BROKEN_OFF})" if each.followed else ""
        head = len(each.text.removesuffix("_"))
        yield Needle(each.text, _base62(each.least) if each.base62 else colon, min(head, _FIRST))


def _quoted(begin: Sequence[Beginning]) -> Iterator[Needle]:
    # A call such as `"_".join(("ntn", "…"))` adds the underscore.
    # What a key or an option is called would be set apart by one of these.
    ended = "(?:[^:=]|$)"
    for stem in _stems(begin):
        head = len(stem[:_FIRST])
        yield from (Needle(f"{stem}{quote}", ended, head, quoted=True) for quote in "'\"")
        for above in _from_the_first(stem):
            yield from (Needle(f"{above}{each}", _END_OF_ROW, head) for each in _ENDS_OF_ROWS)


def _otherwise(begin: Sequence[Beginning]) -> Iterator[Needle]:
    for stem in _stems(begin):
        for first, rest in _OTHERWISE.items():
            yield Needle(f"{stem}{first}", f"(?:{rest}){_IN_A_MAIL}", len(stem[:_FIRST]))


def _coloured(begin: Sequence[Beginning]) -> Iterator[Needle]:
    for stem in _stems(begin):
        for above in _from_the_first(stem):
            rest = f"{_COLOURS}{stem[len(above) :]}_{_AMONG_COLOURS}"
            yield from (Needle(f"{above}{each}", rest, len(stem[:_FIRST])) for each in _ESCAPES)


def _from_the_first(stem: str) -> Iterator[str]:
    """Yield what may stand above a cut of a stem: its first letters, up to all of them."""
    return (stem[:end] for end in range(min(len(stem), _FIRST), len(stem) + 1))


def _cut_early(begin: Sequence[Beginning], first: Collection[str]) -> Iterator[Needle]:
    # Of what a mail or a colour cuts within its first letters, the rest is looked for, as far as it
    # begins as other literals do, or else these letters with what cuts them.
    for each in begin:
        for cut in range(1, len(each.text[:-1][:_FIRST])) if each.text.endswith("_") else ():
            above, below = each.text[:cut], each.text[cut:]
            rests = (below[at:] for at in range(len(below) - _TAIL))
            if rest := next((rest for rest in rests if rest[0] in first), ""):
                yield Needle(rest, f"[A-Za-z0-9]{{{each.least}}}", len(rest))
            elif cut >= _TAIL:
                yield Needle(f"{above}=", _END_OF_ROW, cut + 1)


def _stems(begin: Iterable[Beginning]) -> list[str]:
    return [each.text[:-1] for each in begin if each.text.endswith("_")]


def _base64(begin: Sequence[Beginning]) -> Iterator[Needle]:
    forms = (form for each in begin for form in each.written)
    return (needle for form in forms for needle in _in_base64(form.encode()))


def _base64_twice(begin: Sequence[Beginning]) -> Iterator[Needle]:
    # The whole value of a secret of Kubernetes that was base64 before: it begins both blocks.
    for each in begin:
        once = next(base64_needles(each.text.encode()))[0]
        yield next(_in_base64(once.encode()))


def _wide_base64(_: Sequence[Beginning]) -> Iterator[Needle]:
    # The argument of PowerShell's -EncodedCommand is base64 of UTF-16.
    return _in_base64(b"\0_\0", (_ASCII, _ZERO))


def _in_base64(text: bytes, follows: tuple[range, ...] = (_ASCII,)) -> Iterator[Needle]:
    for before, (known, _) in enumerate(base64_needles(text)):
        row = map(character_class, base64_row(text, before, follows))
        parts = [*map(escaped, known[_HEAD:]), *row]
        begun = reduce(lambda rest, part: f"(?:{part}{rest})?", reversed(parts[:-1]), "")
        # Many a number in hexadecimal ends in `50b` or `AF8`.
        begun = begun.removesuffix("?") if _HEXADECIMAL.issuperset(known[:_HEAD]) else begun
        yield Needle(known[:_HEAD], f"(?:{''.join(parts)}|{begun}{_FOLD})", _HEAD, in_block=True)


def _below_a_fold(begin: Sequence[Beginning], first: set[str]) -> Iterator[Needle]:
    # Of what begins above a fold that cuts the head of a needle, the rest is looked for: as far as
    # the literals do not begin with too many different characters, those of the first rows.
    for text in (each.written[0].encode() for each in begin):
        for before, (known, _) in enumerate(base64_needles(text)):
            row = base64_row(text, before, (_ASCII,))
            rests = [known[_HEAD - 1 :]]
            if len(rests[0]) < _HEAD:
                rests = [f"{rests[0]}{each}" for each in row.pop(0)]
            for rest in (_from_a_known_one(each, first) for each in rests):
                if rest[0] in first or len(first) < _MOST_FIRST:
                    first.add(rest[0])
                    follows = "".join(map(character_class, row))
                    yield Needle(rest, follows, _HEAD, in_block=True)


def _from_a_known_one(text: str, first: Collection[str]) -> str:
    rests = (text[at:] for at in range(len(text) - _HEAD + 1))
    return next((rest for rest in rests if rest[0] in first), text)


def _hexadecimal(begin: Sequence[Beginning]) -> Iterator[Needle]:
    body = rf"(?:{_HEX_DIGITS}{{{_FEW}}}|{_HEX_DIGITS}{{0,{_FEW - 1}}}{_FOLD})"
    for each in begin:
        text, colon = (each.text, _HEX_COLON) if each.followed else (each.text[-_TAIL:], "")
        for digits in (text.encode().hex(), text.encode().hex().upper()):
            yield Needle(digits, colon + body, head=_HEAD, in_block=True)


def _codes(begin: Sequence[Beginning]) -> Iterator[Needle]:
    least = min(each.least for each in begin if each.text.endswith("_"))
    for texts, head, codes in _UNDERSCORES:
        yield from (Needle(text, rf"[\w{codes}-]{{{least}}}", head) for text in texts)


def _utf_16(begin: Sequence[Beginning]) -> Iterator[Needle]:
    # Where the text begins, both byte orders have the same bytes.
    for each in begin:
        if each.base62:
            follows = rf"(?:\x00[A-Za-z0-9]){{{each.least}}}"
            yield Needle("\0".join(each.text[-_TAIL:]), follows, _HEAD)
        else:
            yield Needle("\0".join(each.text), rf"\x00[{each.followed}]", _HEAD)


def _base62(least: int) -> str:
    # At the end of a line may stand nothing too, in a list of words.
    ends = rf"(?:{'|'.join(map(escaped, _ENDS_OF_ROWS))})?{_END_OF_ROW}|[ ]\r"
    cut = rf"(?:{_BROKEN_OFF}|\^\[\[|<wbr|{COLOUR}|{ends})"
    some = rf"[A-Za-z0-9]{{0,{least - 1}}}{cut}"
    # What ends a word of a list, or a value in a shell; a name such as `secret_key` is shorter.
    word = rf"(?:[A-Za-z0-9]{{{_FEW},{least - 1}}})?[ ;]"
    return rf"(?:[A-Za-z0-9]{{{least}}}|{some}|{word})"


def escaped(text: str) -> str:
    """Return a text as the pattern of it."""
    # Not by `re.escape`: of what it gives, `\ ` and others are errors in Rust.
    return "".join(map(_escaped, text))


def _escaped(character: str) -> str:
    is_plain = character.isascii() and character.isalnum()
    return character if is_plain or character in _AS_IT_IS else f"\\x{ord(character):02x}"
