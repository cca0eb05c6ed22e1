"""A text that a native parser reads in pieces, and only for as long as it may take."""

from __future__ import annotations

from time import thread_time

# Of the processor's time, as a busy machine makes no text harder. A million bytes of code take a
# fifth of a second.
_SECONDS, _SECONDS_A_BYTE = 0.5, 2e-6
_READ = 1 << 16  # bytes at once; the binding asks for progress only where it is given such pieces

_CONTINUING = range(0x80, 0xC0)  # what a character in UTF-8 does not begin with


class TimedText:
    """A text in UTF-8 that ends where the time is over; its time begins when it is made."""

    def __init__(self, source: bytes) -> None:
        self._source, self._view = source, memoryview(source)
        self._pieces: list[memoryview] = []
        self._end = thread_time() + _SECONDS + _SECONDS_A_BYTE * len(source)

    def is_over(self, *_progress: object) -> bool:
        """Whether the time is over: then what was read may be a part of the text only."""
        return thread_time() > self._end

    def read(self, start: int, _: object) -> memoryview:
        """Return what stands from a byte on.

        A scanner that finds nothing is asked again at each character, and reads to the end each
        time. tree-sitter reports progress after the last of them only; an end here ends them all.
        """
        stop = start if self.is_over() else self._before_a_character(start + _READ)
        self._pieces.append(self._view[start:stop])
        return self._pieces[-1]

    def release(self) -> None:
        """Let go of the text: the binding never frees what it has read (0.26.1)."""
        for piece in (*self._pieces, self._view):
            piece.release()

    def _before_a_character(self, byte: int) -> int:
        # tree-sitter reads on without a look where a character is cut and nothing follows.
        while byte < len(self._source) and self._source[byte] in _CONTINUING:
            byte -= 1
        return byte
