"""However large a repository is, little of it is in the memory at once."""

from __future__ import annotations

import tempfile
from itertools import count, islice
from typing import TYPE_CHECKING

from notion_lsp.files.ahead import ahead
from notion_lsp.files.git_store import Objects

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Counted:
    """An iterator that counts what has been taken from it."""

    def __init__(self, things: Iterable[bytes]) -> None:
        self.things, self.taken = iter(things), 0

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        self.taken += 1
        return next(self.things)


def listing(size: int) -> Iterator[bytes]:
    # As `cat-file --batch-check` prints it, without an end.
    return (b"%040x blob %d\n" % (number, size) for number in count())


def test_a_batch_has_at_most_so_many_bytes() -> None:
    listed = Counted(listing(2**20))
    with tempfile.TemporaryFile() as passed, tempfile.TemporaryFile() as trees:
        first, second = islice(Objects(listed, passed, trees).batches(), 2)
    assert listed.taken <= 2 * 2**6
    assert first.starts[-1] + 2**20 < 2**26
    assert second.starts[0] == 0


def test_a_batch_has_at_most_so_many_objects() -> None:
    listed = Counted(listing(0))
    with tempfile.TemporaryFile() as passed, tempfile.TemporaryFile() as trees:
        first = next(Objects(listed, passed, trees).batches())
    assert len(first.object_ids) == len(first.starts) <= 2**15 < listed.taken


def test_what_is_too_large_is_in_no_batch() -> None:
    lines = [b"%040x blob %d\n" % (1, 2**40), b"%040x blob 3\n" % 2]
    with tempfile.TemporaryFile() as passed, tempfile.TemporaryFile() as trees:
        every = Objects(lines, passed, trees)
        (batch,) = every.batches()
    assert [int(each, 16) for each in batch.object_ids] == [2]
    assert [int(each, 16) for each in every.large] == [1]


def test_no_more_results_wait_than_there_are_processors() -> None:
    listed = Counted(listing(1))
    line, length = next(ahead(len, listed))
    assert len(line) == length
    assert listed.taken <= 5


def test_the_results_come_in_the_order_of_what_they_are_of() -> None:
    things = [bytes(length) for length in (9, 1, 7, 0, 5, 5, 2, 8)]
    assert [each for each, _ in ahead(len, things)] == things
    assert [length for _, length in ahead(len, things)] == [9, 1, 7, 0, 5, 5, 2, 8]
