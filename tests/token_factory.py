"""Random tokens from a seed: shaped as Notion's are, and opening nothing.

Bodies that detection takes for a made-up example are drawn again: those with fewer than two digits
and those that may hold a word.
"""

from __future__ import annotations

import random
import re
import string

Seed = int | str

_BASE62 = string.digits + string.ascii_letters
_BASE64URL = _BASE62 + "-_"
_WORD = re.compile(r"[a-z]{4}|[A-Z]{4}|[A-Z][a-z]{3}")


def access_token(seed: int) -> str:
    """Return `ntn_`, a head of eleven characters, and 35 more."""
    return f"ntn_{_body(seed, 35, head=True)}"


def letter_headed_access_token(seed: int) -> str:
    """Return an access token whose number is short, so that its head begins with a letter."""
    return f"ntn_{_body(seed, 35, head=True, number=10**9)}"


def development_token(seed: int) -> str:
    return f"development_{access_token(seed)}"


def refresh_token(seed: int) -> str:
    return f"nrt_{_body(seed, 35, head=True)}"


def integration_token(seed: int) -> str:
    """Return `secret_` and 43 characters, as client secrets and webhook tokens have them too."""
    return f"secret_{_body(seed, 43)}"


def session_cookie(seed: Seed) -> str:
    """Return a `token_v2` of the middle form."""
    return f"v02:user_token_or_cookies:{_drawn(seed, 132, _BASE64URL)}"


def new_session_cookie(seed: Seed) -> str:
    """Return a `token_v2` of the newest form, an encrypted JSON web token."""
    sizes = (95, 0, 22, 200, 43)
    parts = [
        _drawn(seed + number if isinstance(seed, int) else f"{seed} {number}", size, _BASE64URL)
        for number, size in enumerate(sizes)
    ]
    return f"v03:eyJh{'.'.join(parts)}"


def old_session_cookie(seed: Seed) -> str:
    """Return a `token_v2` of the first form, which only its name gives away."""
    return _drawn(seed, 156, "0123456789abcdef")


def file_cookie(seed: Seed) -> str:
    return f"v02:file_token:{_drawn(seed, 156, _BASE64URL)}"


def headed_token(prefix: str, seed: str, letters: int = 0) -> str:
    """Return the prefix, a head of eleven characters of which so many are letters, and 35 more.

    Nothing is drawn again but what no token looks like, so a word may stand in it, as in real ones.
    """
    chosen = random.Random(seed)  # noqa: S311, opens nothing
    size = 11 - letters
    number = chosen.randrange(10 ** (size - 1), min(10**size, 2**36))
    padding = "".join(chosen.choices(string.ascii_letters, k=letters))
    return f"{prefix}{padding}{number}{base62(seed, 35)}"


def base62(seed: str, size: int) -> str:
    """Return so many letters and digits, with both cases and two digits among them."""
    chosen = random.Random(f"{seed} body")  # noqa: S311, opens nothing
    while True:
        body = "".join(chosen.choices(_BASE62, k=size))
        if sum(map(str.isdigit, body)) > 1 and body not in (body.lower(), body.upper()):
            return body


def _drawn(seed: Seed, size: int, alphabet: str) -> str:
    return "".join(random.Random(seed).choices(alphabet, k=size))  # noqa: S311, opens nothing


def _body(seed: int, size: int, *, head: bool = False, number: int = 2**36) -> str:
    chosen = random.Random(seed)  # noqa: S311, opens nothing
    while True:
        body = "".join(chosen.choices(_BASE62, k=size))
        if head:
            digits = str(chosen.randrange(number // 100, number))
            body = "".join(chosen.choices(string.ascii_letters, k=11 - len(digits))) + digits + body
        if sum(map(str.isdigit, body)) > 1 and not _WORD.search(body):
            return body
