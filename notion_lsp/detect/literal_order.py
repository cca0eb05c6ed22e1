"""The order of literals in which ripgrep finds a choice of them fast, and groups for `git grep`.

Teddy, which looks for them, puts each literal into one of 16 buckets in turn. It looks closely
wherever three bytes agree with those that literals of one bucket begin with, the upper and the
lower half of each byte by itself: with `nrt` and `ntn` in the bucket of `secret`, wherever an `ent`
or a `str` stands (the crate `aho-corasick`, `packed/teddy`).
"""

from __future__ import annotations

from itertools import combinations
from math import prod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    # Of each byte that is looked at, the bytes with such a lower half and with such an upper half,
    # as the bits of a number.
    _Halves = Sequence[tuple[int, int]]

_BUCKETS = 16
_LOOKED_AT = 3  # bytes
# The most frequent characters of the words in code, and of what is between them: neighbours are
# mostly of one sort.
_WORDS, _BETWEEN = "e trniasocldup_mfh", ' \0\n\tA_,0CE*;I)ST\1R=1DM/ONrLP"}'
_SORTS = [sum(1 << ord(each) for each in characters) for characters in (_WORDS, _BETWEEN)]
_OTHERS = 0.05  # of one of them, for another byte
_LOWER = [sum(1 << byte for byte in range(half, 256, 16)) for half in range(16)]
_UPPER = [0xFFFF << 16 * half for half in range(16)]
_NOTHING: _Halves = ((0, 0),) * _LOOKED_AT


def dealt(literals: Iterable[str]) -> list[str]:
    """Return the literals, of three characters at the least, in an order that is found fast."""
    halves = {each: _halves(each) for each in sorted(literals)}
    # A bucket begins with what is met most often, and takes what adds the least to that.
    left = sorted(halves, key=lambda each: -_agreeing(halves[each]))
    sizes = [len(left[at::_BUCKETS]) for at in range(_BUCKETS)]
    buckets = [_taken(left, size, halves) for size in sizes]
    return [bucket[turn] for turn in range(sizes[0]) for bucket in buckets if turn < len(bucket)]


def _taken(left: list[str], size: int, halves: Mapping[str, _Halves]) -> list[str]:
    """Take as many literals as go into one bucket."""
    bucket: list[str] = []
    agreed = _NOTHING
    while len(bucket) < size:
        joined = [_joined(agreed, halves[each]) for each in left]
        best = min(range(len(left)), key=lambda at: _agreeing(joined[at])) if bucket else 0
        agreed = joined[best]
        bucket.append(left.pop(best))
    return bucket


_COMMON = "etaoinsrcdlu_ "  # characters of words and of names
_RARE = 0.1  # of one of them, for another character
_FEW_ENOUGH = 2  # characters
_LITTLE = 0.2  # of what agrees, for one pass less over a text


def grouped(literals: Iterable[str]) -> list[list[str]]:
    """Return the literals in groups: of each, PCRE finds a choice in one fast pass over a text.

    That is where it may look for no more than two characters at each of two places
    (`fast_forward_first_n_chars` in its `pcre2_jit_compile.c`), and these are rare.
    """
    groups: list[list[str]] = []
    for literal in sorted(literals, key=lambda each: (-_met([each]), each)):
        more = [_met([*group, literal]) - _met(group) for group in groups]
        best = min(range(len(groups)), key=more.__getitem__, default=None)
        if best is None or more[best] > _LITTLE:
            groups.append([literal])
        else:
            groups[best].append(literal)
    return groups


def _met(group: Sequence[str]) -> float:
    """Return how often two places agree with the literals, where they agree the least."""
    places = [set(each) for each in zip(*(literal[:_LOOKED_AT] for literal in group), strict=True)]
    fast = [sum(map(_frequency, each)) for each in places if len(each) <= _FEW_ENOUGH]
    return min((one * other for one, other in combinations(fast, 2)), default=float("inf"))


def _frequency(character: str) -> float:
    return 1 if character in _COMMON else _RARE


def _halves(literal: str) -> _Halves:
    looked_at = literal.encode()[:_LOOKED_AT]
    return [(_LOWER[byte & 0xF], _UPPER[byte >> 4]) for byte in looked_at]


def _joined(one: _Halves, other: _Halves) -> _Halves:
    pairs = zip(one, other, strict=True)
    return [
        (lower | also_lower, upper | also_upper)
        for (lower, upper), (also_lower, also_upper) in pairs
    ]


def _agreeing(halves: _Halves) -> float:
    """Return how much of a text agrees, as a number to compare with others."""
    each_byte = [lower & upper for lower, upper in halves]
    return sum(
        prod((byte & sort).bit_count() + _OTHERS * byte.bit_count() for byte in each_byte)
        for sort in _SORTS
    )
