"""What the patterns of tokens are put together from, and where one may begin."""

import re
from functools import cache

# Not inside a word, but right after an escape, a percent code or a colour, whose last character
# is one: `%20ntn_`, `\\nntn_`, `\\u0022ntn_`, `=3Dntn_` of a mail.
LEFT = (
    r"(?:(?<![A-Za-z0-9])|(?<=%(?:25)*[0-9A-Fa-f]{2})|(?<=\\[abefnrtv0])"
    r"|(?<=\\x[0-9A-Fa-f]{2})|(?<=\\u[0-9A-Fa-f]{4})|(?<=\\[0-7]{3})|(?<==3D)"
    r"|(?<=(?:\x1b|\\(?:x1[bB]|u001[bB]|033|e))\[[0-9;]{0,20}m))"
)
# `client_secret_`, `sb_secret_`, `pi_3N…_secret_` belong to other vendors.
LEFT_OF_SECRET = r"(?<![A-Za-z0-9]_)" + LEFT
RIGHT = r"(?![A-Za-z0-9])"
COLON = r"(?::|%(?:25)?3[Aa])"

# The first 11 characters are a 36-bit number padded on the left with letters: one token in seven
# begins with a letter, which the usual rule of eleven digits misses.
HEAD = r"(?=[A-Za-z]{0,4}[0-9]{7})"
NTN_BODY = r"[A-Za-z0-9]{46}"

PREFIXES = ("development_ntn_", "ntn_", "nrt_", "secret_", "v02", "v03")
BEGINNINGS = sorted(
    {prefix[:length] for prefix in PREFIXES for length in range(2, len(prefix))}, reverse=True
)

_HEX_COOKIE = 156

# Where a shape may begin. The standard library's module: it finds a choice of literals in half
# the time, and nothing but this runs over text without tokens, be it full of `secret_key`.
_BODY = r"(?=[A-Za-z0-9]{40})"  # not once for all: a choice of groups is found at half the speed
_ANCHOR = re.compile(
    rf"development_ntn_|ntn_{_BODY}|nrt_{_BODY}|secret_{_BODY}|v02(?=[:%])|v03(?=[:%])"
)
_ANCHOR_OR_HEX = re.compile(rf"{_ANCHOR.pattern}|(?<![0-9A-Za-z])[0-9a-f]{{{_HEX_COOKIE}}}")


def anchor(text: str, *, hexadecimal: bool) -> re.Pattern[str]:
    """Return the pattern of the places of the text where a token may begin."""
    return _ANCHOR_OR_HEX if hexadecimal and len(text) >= _HEX_COOKIE else _ANCHOR


@cache
def _half_a_prefix() -> re.Pattern[str]:
    return re.compile(rf"""["'`](?:{"|".join(BEGINNINGS)})["'`$\\#{{]""")


def may_be_in_pieces(text: str) -> bool:
    """Whether a token may be put together in the text: it holds a prefix, or the half of one."""
    return any(prefix in text for prefix in PREFIXES) or bool(_half_a_prefix().search(text))
