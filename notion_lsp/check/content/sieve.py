"""Which of many contents may hold a token: ripgrep finds the places, and a first look tells.

Without ripgrep, we look for the places ourselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from notion_lsp.detect import glance, prefilters
from notion_lsp.files import read_write, stream_search

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from notion_lsp.check.content import Content

Thing = TypeVar("Thing")

_HEAD = 2**9  # bytes, of which the encoding is told
_MOST = 2**16  # stretches that are remembered
# Paragraphs without a needle that are remembered: those of a large tree, in 50 MB.
_MOST_PARAGRAPHS = 2**19
_END_OF_PARAGRAPH = b"\n\n"
# What is searched at once: enough that to start the search does not count.
_BATCH, _MOST_IN_A_BATCH = 2**23, 2**14  # bytes, and contents


class Sieve:
    """A first look at contents, which those share that are alike in a stretch."""

    def __init__(self, folder: Path) -> None:
        self._search = stream_search.search_for(prefilters.patterns(), folder)
        self._needles = _Needles()
        # Nobody can make two stretches of one number, which is another one each time.
        self._seen: dict[int, bool] = {}

    def sifted(self, things: Iterable[tuple[Content, Thing]]) -> Iterator[tuple[Content, Thing]]:
        """Yield those things, in order, whose content may hold a token, or is not in the memory.

        What is not in the memory is yielded before the next thing is taken.
        """
        waiting: list[tuple[Content, Thing]] = []
        size = 0
        for each in things:
            data = each[0].data
            if isinstance(data, bytes):
                waiting.append(each)
                size += len(data)
            if size > _BATCH or len(waiting) == _MOST_IN_A_BATCH or not isinstance(data, bytes):
                yield from self._of(waiting)
                waiting, size = [], 0
            if not isinstance(data, bytes):
                yield each
        yield from self._of(waiting)

    def _of(self, waiting: Sequence[tuple[Content, Thing]]) -> Iterator[tuple[Content, Thing]]:
        contents = [each.data for each, _ in waiting if isinstance(each.data, bytes)]
        for each, data, places in zip(waiting, contents, self._places(contents), strict=True):
            if self.may_hold(data, places):
                yield each

    def _places(self, contents: Sequence[bytes]) -> Sequence[Sequence[int] | None]:
        if self._search is None or not contents:
            return [None] * len(contents)
        try:
            return self._search.of_contents(contents)
        except stream_search.SearchError:
            return [None] * len(contents)

    def lets_through(self, data: bytes) -> bool:
        """Whether a content may hold a token."""
        return self.may_hold(data, self._places([data])[0])

    def may_hold(self, data: bytes, places: Sequence[int] | None) -> bool:
        """Whether there may be a token at the places, at any if these are not known."""
        if data.startswith(glance.UTF_16_MARKS):
            return True
        if places is None:
            places = self._needles.places(data)
        if not places:
            return False
        # Bytes of UTF-16 are looked at as a whole.
        if read_write.encoding_of(data[:_HEAD])[1] != "utf-8":
            return True
        return any(map(self._may_say, (data[at.start : at.end] for at in glance.around(places))))

    def _may_say(self, stretch: bytes) -> bool:
        number = hash(stretch)
        if number not in self._seen:
            if len(self._seen) == _MOST:
                self._seen.clear()
            self._seen[number] = glance.may_hold(stretch)
        return self._seen[number]


class _Needles:
    """The places of needles in contents, each paragraph of which is searched once.

    To look for sixty texts takes a second for 20 MB, and the versions of a file in a history have
    most paragraphs in common. A needle is within a line.
    """

    def __init__(self) -> None:
        self._without: set[int] = set()

    def places(self, data: bytes) -> Sequence[int]:
        paragraphs = data.split(_END_OF_PARAGRAPH)
        new = set(map(hash, paragraphs)) - self._without
        if _has_none(b"\n".join(each for each in paragraphs if hash(each) in new)):
            self._remember(new)
            return ()
        return list(prefilters.places(data))

    def _remember(self, paragraphs: set[int]) -> None:
        if len(self._without) > _MOST_PARAGRAPHS:
            self._without.clear()
        self._without |= paragraphs


def _has_none(data: bytes) -> bool:
    return next(prefilters.places(data), None) is None
