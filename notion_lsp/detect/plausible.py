"""Tells a random body from what a person wrote in its place.

Entropy cannot: samples in documentation and scanners' fixtures have as much of it as tokens do.
Words, sequences, repetition and missing classes of characters can.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from math import log

# A random body holds a given four-letter word in any case far more often than in lower, upper or
# title case: only these three count, and one real token in twenty thousand is lost to them.
_WORDS = (
    *("your", "here", "token", "example", "sample", "replace", "paste", "redact", "dummy", "test"),
    *("placeholder", "changeme", "notion", "insert", "secret", "xxxx", "fake"),
)
_SEQUENCES = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl")
_RUN = 8
_FEWEST_DIFFERENT = 10

# Words of any language run together, `HierDeinenSchluessel`: how much oftener a class of characters
# follows another there than in a random body. `v` is a small vowel, `c` another small letter, `u` a
# capital. A digit says nothing, as the head of a token is digits. Of random bodies at most one in
# e to the power of `_SURELY_WORDS` has that sum of logarithms, whatever the numbers below are.
_SURELY_WORDS = 7
_RANDOM = {"v": 6 / 62, "c": 20 / 62, "u": 26 / 62, "d": 10 / 62}
_IN_WORDS = {
    "v": {"v": 0.12, "c": 0.70, "u": 0.15, "d": 0.03},
    "c": {"v": 0.55, "c": 0.30, "u": 0.12, "d": 0.03},
    "u": {"v": 0.45, "c": 0.40, "u": 0.10, "d": 0.05},
    "d": _RANDOM,
}

# SHA-256 of the samples in Notion's own documentation that have a token's shape. They are
# published, so the hash hides nothing: it keeps token-shaped text out of this file.
DOCUMENTED = frozenset(
    {
        "d0762979b54a5ad9b3e76475eae17f20c9aec42925b7b5f0c563e9974cd7e6e7",  # webhooks
        "a07109c59443e6027bb169ec4b959f816525fd4aad77a0a510585f397ef8bc3c",  # authorization
    }
)


def looks_random(body: str, digits: int) -> bool:
    """Whether the body of a token can have been drawn at random.

    A base62 body has at least that many digits, and letters of both cases. With 0 the body is not
    base62: only repetition speaks against it.
    """
    if _repetition().search(body) or len(set(body)) < _FEWEST_DIFFERENT:
        return False
    if not digits:
        return True
    return (
        sum(map(str.isdigit, body)) >= digits
        and body not in (body.lower(), body.upper())
        and not _repeated_part().search(body)
        and not any(word in body for word in _words())
        and not _counts(body)
        and not _reads_as_words(body)
    )


def _counts(body: str) -> bool:
    # `a1b2c3d4` and `abc123def456` count in two ways at once.
    letters, digits = re.sub("[0-9]", "", body), re.sub("[^0-9]", "", body)
    text = f"{body} {letters} {digits}".lower()
    return any(run in text for run in _runs())


def _reads_as_words(body: str) -> bool:
    classes = body.translate(_classes())
    return sum(map(_odds().__getitem__, pairwise(classes))) > _SURELY_WORDS


@cache
def _classes() -> dict[int, str]:
    small, capitals = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return {
        **dict.fromkeys(map(ord, small), "c"),
        **dict.fromkeys(map(ord, "aeiouy"), "v"),
        **dict.fromkeys(map(ord, capitals), "u"),
        **dict.fromkeys(map(ord, "0123456789"), "d"),
    }


@cache
def _odds() -> dict[tuple[str, str], float]:
    return {
        (before, after): log(share / _RANDOM[after])
        for before, shares in _IN_WORDS.items()
        for after, share in shares.items()
    }


@cache
def _repetition() -> re.Pattern[str]:
    return re.compile(r"(.)\1{7,}|(.{2,8}?)\2{4,}")


@cache
def _repeated_part() -> re.Pattern[str]:
    # Six characters twice, or ten pairs of the same: no random body in a million has either.
    return re.compile(r"(.{6}).*\1|(?:(.)\2.*?){10}")


@cache
def _words() -> tuple[str, ...]:
    return tuple(form for word in _WORDS for form in (word, word.upper(), word.title()))


@cache
def _runs() -> tuple[str, ...]:
    return tuple(
        direction[start : start + _RUN]
        for sequence in _SEQUENCES
        for direction in (sequence, sequence[::-1])
        for start in range(len(sequence) - _RUN + 1)
    )
