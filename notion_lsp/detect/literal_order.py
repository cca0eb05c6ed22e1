"""The order of literals in which ripgrep finds a choice of them fast.

Teddy, which looks for them, puts each literal into one of 16 buckets in turn. It looks closely
wherever three bytes agree with those that literals of one bucket begin with, the upper and the
lower half of each byte by itself: with `nrt` and `ntn` in the bucket of `secret`, wherever an `ent`
or a `str` stands (the crate `aho-corasick`, `packed/teddy`).
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    # Of each byte that is looked at, the bytes with such a lower half and with such an upper half,
    # as the bits of a number.
    _Halves = Sequence[tuple[int, int]]

_BUCKETS = 16
_LOOKED_AT = 3  # bytes
_COMMON = sum(1 << ord(each) for each in "etaoinsrcdlu_ ")  # characters of words and of names
_RARE = 0.1  # of a byte that is none of them
_LOWER = [sum(1 << byte for byte in range(half, 256, 16)) for half in range(16)]
_UPPER = [0xFFFF << 16 * half for half in range(16)]
_NOTHING: _Halves = ((0, 0),) * _LOOKED_AT


def dealt(literals: Iterable[str]) -> list[str]:
    """Return the literals, of three characters at the least, in an order that is found fast."""
    # Those that much agrees with come first, so that they get buckets of their own.
    every = sorted(literals, key=lambda each: (-_agreeing(_halves(each)), each))
    room = [len(every[at::_BUCKETS]) for at in range(_BUCKETS)]
    buckets: list[list[str]] = [[] for _ in room]
    halves = [_NOTHING] * _BUCKETS
    for literal in every:
        joined = [_joined(each, _halves(literal)) for each in halves]
        more = [_agreeing(new) - _agreeing(old) for new, old in zip(joined, halves, strict=True)]
        free = (at for at in range(_BUCKETS) if len(buckets[at]) < room[at])
        best = min(free, key=more.__getitem__)
        buckets[best].append(literal)
        halves[best] = joined[best]
    return [bucket[turn] for turn in range(room[0]) for bucket in buckets if turn < len(bucket)]


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
    return prod((lower & upper & _COMMON).bit_count() + _RARE for lower, upper in halves)
