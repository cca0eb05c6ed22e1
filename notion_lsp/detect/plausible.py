"""Tells the random body of a token from an example that a person made up.

Entropy cannot: the examples in Notion's documentation and in the tests of scanners have as much of
it as real tokens. Words, sequences, repetition and missing classes of characters can.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from math import log

# Only lower, upper and title case count. In other mixes of cases a word is far more likely to come
# about at random; as it is, one real token in twenty thousand is lost to this list.
_WORDS = (
    *("your", "here", "token", "example", "sample", "replace", "paste", "redact", "dummy", "test"),
    *("placeholder", "changeme", "notion", "insert", "secret", "xxxx", "fake"),
)
_SEQUENCES = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl")
_RUN = 8
_PART = 6  # characters that come twice in one random body in a million
_DOUBLED = 10  # so do as many pairs of the same character
_DOUBLE = re.compile(r"(.)\1")
_FEWEST_DIFFERENT = 10

# Words of any language run together, such as `HierDeinenSchluessel`, are told by which class of
# characters follows which: `v` is a lower-case vowel, `c` another lower-case letter, `u` an
# upper-case letter, `d` a digit. A digit tells nothing, as the head of a token is digits. What
# decides is the sum of the logarithms of the likelihood ratios of all pairs. By Markov's
# inequality, at most one random body in e^7 has a sum over 7, whatever the shares below are.
_SURELY_WORDS = 7
_RANDOM = {"v": 6 / 62, "c": 20 / 62, "u": 26 / 62, "d": 10 / 62}
_IN_WORDS = {
    "v": {"v": 0.12, "c": 0.70, "u": 0.15, "d": 0.03},
    "c": {"v": 0.55, "c": 0.30, "u": 0.12, "d": 0.03},
    "u": {"v": 0.45, "c": 0.40, "u": 0.10, "d": 0.05},
    "d": _RANDOM,
}

# The SHA-256 of the examples in Notion's documentation that have the shape of a token. They are
# public, so the hash hides nothing; it keeps token-shaped text out of this file.
DOCUMENTED = frozenset(
    {
        "d0762979b54a5ad9b3e76475eae17f20c9aec42925b7b5f0c563e9974cd7e6e7",  # webhooks
        "a07109c59443e6027bb169ec4b959f816525fd4aad77a0a510585f397ef8bc3c",  # authorization
    }
)


# Two shapes of a kind, and each key in a line of many tokens, ask about the same body again.
@lru_cache(maxsize=1024)
def looks_random(body: str, digits: int) -> bool:
    """Whether the body of a token can have been drawn at random.

    A base62 body has at least that many digits, and letters of both cases. With 0 the body is not
    base62: only repetition speaks against it.
    """
    # What repeats in any way has a part twice: most bodies need no pattern that looks for it.
    repeats = _has_a_part_twice(body)
    if (repeats and _repetition().search(body)) or len(set(body)) < _FEWEST_DIFFERENT:
        return False
    if not digits:
        return True
    return (
        sum(map(str.isdigit, body)) >= digits
        and body not in (body.lower(), body.upper())
        and not (repeats and _repeated_part().search(body))
        and len(_DOUBLE.findall(body)) < _DOUBLED
        and not any(word in body for word in _words())
        and not _counts(body)
        and not _reads_as_words(body)
    )


def _has_a_part_twice(body: str) -> bool:
    parts = [body[start : start + _PART] for start in range(len(body) - _PART + 1)]
    return len(set(parts)) < len(parts)


def _counts(body: str) -> bool:
    # In `a1b2c3d4` and `abc123def456` the letters and the digits are a sequence each.
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
    return re.compile(rf"(.{{{_PART}}}).*\1")


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
