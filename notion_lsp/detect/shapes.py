r"""What the pattern of a token is made of: its edges, and the body behind its prefix."""

import re
from typing import NamedTuple

# What a terminal obeys and does not show (ECMA-48): an escape, and then a colour, an erasure, a
# character set, which Japanese mail has too, or one character. A log may have the escape as text,
# as `cat -v` has it; where a log is shown, it may have been taken out, and the colour is left.
ESCAPES = r"\x1b\\^&"
# What follows the first character of an escape.
ESCAPED = (
    r"(?:(?<=\x1b)|(?<=\^)\[|(?<=\\)(?:x1[bB]|u001[bB]|u\{1[bB]\}|033|e)"
    r"|(?<=&)#(?:27|[xX]1[bB]);)"
)
ESCAPE = f"[{ESCAPES}]{ESCAPED}"
SEQUENCE = r"[0-?]{0,40}[ -/]{0,2}[@-~]"  # behind the bracket, or behind U+009B in place of both
TERMINAL_CODE = rf"(?:\[{SEQUENCE}|\([A-Z0-9]|(?<=\x1b)[0-9=>DEHMZc])"
COLOUR = r"\[[0-9;]{1,20}m"
# A token does not begin inside a word, but it may follow an escape, a percent code or a code of a
# terminal, each of which ends in a letter or digit: `%20ntn_`, `\nntn_`, `\u0022ntn_`, and
# `=A0ntn_` in the quoted-printable text of a mail.
_CODE = (
    r"(?:%(?:25)*[0-9A-Fa-f]{2}|\\[abefnrtv0]|\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\[0-7]{3}"
    rf"|=[0-9A-Fa-f]{{2}}|{ESCAPE}{TERMINAL_CODE}|\x9b{SEQUENCE}|{COLOUR}"
    # The string of a pickle in text, whose code stands at the beginning of a line; and behind the
    # line feed that tells the first field of a protobuf message, the length of most tokens, 50.
    r"|\AV|\n[V2])\Z"
)
_LONGEST_CODE = 60  # code points
# After a word and an underscore the same prefix belongs to another vendor: `client_secret_…`,
# Supabase's `sb_secret_…`, and Stripe's `pi_…_secret_…`.
NO_VENDOR = r"(?<![A-Za-z0-9]_)"
RIGHT = r"(?![A-Za-z0-9])"
# A cookie is often copied percent-encoded, and encoded once more in a URL.
COLON = r"(?::|%(?:25)?3[Aa])"

LONGEST = 1200  # code points of a cookie, with room: those counted in public code have about 450

_LETTER_OR_DIGIT = "[A-Za-z0-9]"
# The first 11 characters are a 36-bit number in decimal, padded on the left with random letters:
# one token in seven begins with a letter. The usual rule of eleven digits misses those.
_HEAD = r"(?=[A-Za-z]{0,4}[0-9]{7})"


def is_edge(text: str, start: int) -> bool:
    """Whether a token may begin at an offset of the text: not inside a word."""
    before = text[max(start - _LONGEST_CODE, 0) : start]
    last = before[-1:]
    return not (last.isascii() and last.isalnum()) or bool(re.search(_CODE, before))


class Body(NamedTuple):
    """What follows the prefix of a token: a pattern that matches within a line.

    It matches `least` to `most` code points. A base62 body has at least one upper-case letter, one
    lower-case letter and as many `digits`; with 0 digits the body is not base62. Of a body that may
    have any length, `counted` is a pattern of those that were seen: where nothing tells the end.
    """

    pattern: str
    least: int
    most: int = LONGEST
    digits: int = 0
    counted: str = ""

    @property
    def exact(self) -> str:
        """The pattern of the lengths that were seen."""
        return self.counted or self.pattern


def base62(least: int, most: int = 0, *, digits: int = 1, head: bool = False) -> Body:
    """Return a body of letters and digits, of one length unless `most` is given.

    With a `head` it begins with the number that access and refresh tokens begin with.
    """
    most = most or least
    pattern = f"{_LETTER_OR_DIGIT}{{{least},{most}}}"
    return Body(f"{_HEAD if head else ''}{pattern}", least, most, digits)


def cookie(name: str, *, counted: int) -> Body:
    """Return the body of a cookie: its name, and characters of which so many were counted."""
    begun = rf"{name}{COLON}[\w-]"
    return Body(f"{begun}{{100,}}", least=111, counted=f"{begun}{{{counted}}}")


# A JSON Web Encryption in its compact form (RFC 7516): `eyJ` is `{"` in base64, and the second
# part, the encrypted key, is empty.
_JWE = r"eyJ[\w-]{{20,}}\.[\w-]*\.[\w-]{{{nonce}}}\.[\w-]{{40,}}\.[\w-]{{{tag}}}"
ENCRYPTED = Body(
    rf"{_JWE.format(nonce='16,', tag='20,')}(?![\w-])",
    least=103,
    counted=_JWE.format(nonce=22, tag=43),
)
