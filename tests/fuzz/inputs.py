"""Inputs drawn by chance: samples that are cut, joined, nested and repeated, each from a seed."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LONGEST = 30_000  # bytes
_PIECE = re.compile(rb"\w+|\s+|[^\w\s]+")
_BRACKETS = ((b"(", b")"), (b"[", b"]"), (b"{", b"}"), (b"<", b">"), (b'"', b'"'), (b"/*", b"*/"))
# What ends a line for one and not for another, is no text, or is longer than it looks.
_ODD = (
    *(b"\0", b"\r", b"\r\n", b"\n\n", b"\t", b"\x0c", b"\x1b[0m", b"\xff", b"\xc3", b"\\"),
    *("\u2028\u200b\u202e\u00ad\ufeff\U0001f600\u0301".encode(), b"\xed\xa0\x80", b"${", b"#{"),
    *(b"'''", b'"""', b"```", b"<<EOF\n", b"@", b"%", b"&a", b"*a", b"!!", b"<!--", b"-->", b"<?"),
    *(b"0", b"-1", b"1e999", b"9" * 400, b"null", b"\\ud800", b"\\u0000", b": ", b"- ", b"? "),
)
_MANY = (*(2, 2, 3, 3, 5, 5, 10, 10, 20, 30, 50, 100) * 3, 300, 1_000, 5_000, 20_000)  # mostly few


class Inputs:
    """The inputs that some samples lead to, by number; the same for the same seed."""

    def __init__(self, samples: Sequence[bytes], seed: str) -> None:
        self._samples = samples
        self._seed = seed
        self._pieces = sorted({piece for each in samples for piece in _PIECE.findall(each)})

    def numbered(self, number: int) -> bytes:
        """Return the input of a number."""
        return _Drawing(self._samples, self._pieces, f"{self._seed} {number}").drawn()


class _Drawing:
    """One input as it is made."""

    def __init__(self, samples: Sequence[bytes], pieces: Sequence[bytes], seed: str) -> None:
        self._samples, self._pieces = samples, pieces
        self._chosen = random.Random(seed)  # noqa: S311, any inputs will do

    def drawn(self) -> bytes:
        data = self._chosen.choice(self._samples) if self._chosen.random() < 0.9 else b""
        changes: list[Callable[[bytes], bytes]]
        changes = [self._insert, self._insert, self._remove, self._repeat, self._nest, self._splice]
        for _ in range(self._chosen.choice((1, 1, 2, 3, 5, 10))):
            data = self._chosen.choice(changes)(data)[:LONGEST]
        return data

    def _place(self, data: bytes) -> int:
        """Return a place in the data, most often one where a piece begins."""
        place = self._chosen.randint(0, len(data))
        found = _PIECE.search(data, place) if self._chosen.random() < 0.8 else None
        return found.end() if found else place

    def _some(self, data: bytes) -> tuple[int, int]:
        start = self._place(data)
        size = self._chosen.choice((1, 3, 10, 50, len(data)))
        return start, min(start + size, len(data))

    def _piece(self) -> bytes:
        if self._pieces and self._chosen.random() < 0.6:
            return b"".join(self._chosen.choices(self._pieces, k=self._chosen.randint(1, 4)))
        return self._chosen.choice((*_ODD, *(each for pair in _BRACKETS for each in pair)))

    def _insert(self, data: bytes) -> bytes:
        at = self._place(data)
        return data[:at] + self._piece() + data[at:]

    def _remove(self, data: bytes) -> bytes:
        start, end = self._some(data)
        return data[:start] + data[end:]

    def _repeat(self, data: bytes) -> bytes:
        start, end = self._some(data)
        unit = data[start:end] if self._chosen.random() < 0.5 else self._piece()
        count = min(self._chosen.choice(_MANY), LONGEST // max(len(unit), 1))
        return data[:start] + unit * count + data[start:]

    def _nest(self, data: bytes) -> bytes:
        start, end = self._some(data)
        opening, closing = self._chosen.choice((*_BRACKETS, (self._piece(), self._piece())))
        count = min(self._chosen.choice(_MANY), LONGEST // (len(opening) + len(closing) + 1))
        closed = closing * self._chosen.choice((count, count, 0))
        return data[:start] + opening * count + data[start:end] + closed + data[end:]

    def _splice(self, data: bytes) -> bytes:
        other = self._chosen.choice(self._samples)
        return data[: self._place(data)] + other[self._place(other) :]
