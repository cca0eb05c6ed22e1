"""All objects that a repository keeps, and those of them that a pattern may match.

Answers are read as they come: a history may be larger than the memory.
"""

from __future__ import annotations

import re
from array import array
from contextlib import contextmanager, suppress
from functools import partial
from typing import IO, TYPE_CHECKING, NamedTuple, cast

from notion_lsp.files.git_stream import GitError, answering, names, unnamed, written
from notion_lsp.files.read_write import LARGEST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import BinaryIO

    from notion_lsp.files.git_stream import Repository
    from notion_lsp.files.stream_search import Places, Search

_LISTING = ("cat-file", "--buffer", "--batch-check")
_CONTENTS = ("cat-file", "--batch", "--buffer")
_MISSING = b" missing\n"  # behind the id of what is not here, or is broken
_HEADER = re.compile(rb"([0-9a-f]+) ([a-z]+) (\d{1,18})\n")
# UTF-16 with a byte order mark is not decoded in a stream: each such text is looked into.
_MARKS = (r"^\xff\xfe", r"^\xfe\xff")
# What one git prints for one search: enough that starting the two does not count, and little enough
# that all processors have something to do, and that few answers wait.
_BATCH, _MOST_IN_A_BATCH = 2**25, 2**15  # bytes, and objects


class Object(NamedTuple):
    """An object as git stores it; `kind` is `blob`, `tree`, `commit` or `tag`."""

    object_id: str
    kind: str
    data: bytes


class Candidate(NamedTuple):
    """An object in which patterns match: at which offsets, `None` where nobody has looked."""

    stored: Object
    places: Sequence[int] | None


class Batch(NamedTuple):
    """Objects that are searched at once: their ids, and the offsets at which git prints each."""

    object_ids: Sequence[str]
    starts: array[int]


class Objects:
    """The objects of a repository, or of some of its commits, as git lists them.

    `large` has the kinds of those that are too large for the memory, and are in no batch, and
    `damaged` counts those that git cannot read; they are known once the `batches` have passed.
    Trees and commits are written into the files as they pass.
    """

    def __init__(self, listed: Iterable[bytes], passed: IO[bytes], trees: IO[bytes]) -> None:
        self.listed = listed
        self.passed = passed
        self.passed_trees = trees
        self.large: dict[str, str] = {}
        self.damaged = 0

    def batches(self) -> Iterator[Batch]:
        """Yield the blobs, commits and tags, once: the memory has a batch of them."""
        return _batched(self._to_search())

    def trees(self) -> Iterator[Batch]:
        """Yield the trees that have passed, which say what the files of a folder are called."""
        self.passed_trees.seek(0)
        return _batched(iter(self.passed_trees))

    def commits(self) -> Iterator[str]:
        """Yield the ids of the commits that have passed."""
        return names(self.passed)

    def _to_search(self) -> Iterator[bytes]:
        for line in self.listed:
            if line.endswith(_MISSING):
                self.damaged += 1
                continue
            object_id, kind, size = _header(line)
            if kind == b"commit":
                self.passed.write(object_id + b"\n")
            if kind == b"tree":
                self.passed_trees.write(line)
            elif size > LARGEST:
                self.large[object_id.decode()] = kind.decode()
            else:
                yield line


def _batched(listed: Iterable[bytes]) -> Iterator[Batch]:
    ids, starts, end = list[str](), array("Q"), 0
    for line in listed:
        if ids and (end > _BATCH or len(ids) == _MOST_IN_A_BATCH):
            yield Batch(ids, starts)
            ids, starts, end = [], array("Q"), 0
        object_id, _, size = _header(line)
        ids.append(object_id.decode())
        starts.append(end)
        end += len(line) + size + 1  # the line, the content, a line feed
    yield Batch(ids, starts)


@contextmanager
def objects(repository: Repository, revisions: Sequence[str] = ()) -> Iterator[Objects]:
    """Give all objects of a repository, or those that the revisions bring.

    Revisions are ids of commits and tags, and those with `^` before them, whose objects count not.
    """
    every = () if revisions else ("--batch-all-objects", "--unordered")
    with (
        written(_brought(repository, revisions)) as asked,
        written(()) as passed,
        written(()) as trees,
        answering(repository, [*_LISTING, *every], asked) as listed,
    ):
        yield Objects(listed, passed, trees)


def _brought(repository: Repository, revisions: Sequence[str]) -> Iterator[str]:
    if not revisions:
        return
    listing = ["rev-list", "--objects", "--stdin"]
    with written(revisions) as asked, answering(repository, listing, asked) as listed:
        # What follows the id of a file is its path.
        yield from (line.split(None, 1)[0].decode() for line in listed)


def candidates(
    repository: Repository, batches: Iterable[Batch], patterns: Sequence[str]
) -> Iterator[Candidate]:
    """Yield the objects of the batches in which a pattern matches, as ripgrep tells.

    Patterns are for bytes. Without any, and without ripgrep, all objects are given.
    """
    from notion_lsp.files.ahead import ahead
    from notion_lsp.files.stream_search import search_for

    search = search_for((*patterns, *_MARKS), repository.folder) if patterns else None
    if search is None:
        for batch in batches:
            yield from (Candidate(stored, None) for stored in read(repository, batch.object_ids))
        return
    for batch, found in ahead(partial(_places, repository, search), batches):
        stored = read(repository, (batch.object_ids[number] for number in found))
        for each, (number, places) in zip(stored, found.items(), strict=True):
            header = len(f"{each.object_id} {each.kind} {len(each.data)}\n")
            begins = batch.starts[number] + header
            yield Candidate(each, array("Q", (max(place - begins, 0) for place in places)))


def _places(repository: Repository, search: Search, batch: Batch) -> Places:
    from notion_lsp.files.stream_search import SearchError

    with (
        written(batch.object_ids) as asked,
        answering(repository, _CONTENTS, asked) as content,
    ):
        try:
            return search.of_file(content, batch.starts)
        except SearchError:
            raise GitError from None


def read(repository: Repository, object_ids: Iterable[str]) -> Iterator[Object]:
    """Yield objects by their ids; one that is not here is an error."""
    with (
        written(object_ids) as asked,
        answering(repository, _CONTENTS, asked) as content,
    ):
        while line := content.readline():
            object_id, kind, size = _header(line)
            yield Object(object_id.decode(), kind.decode(), content.read(size))
            content.read(1)


def _header(line: bytes) -> tuple[bytes, bytes, int]:
    # Of an object that is here: its id, kind and size.
    found = _HEADER.fullmatch(line)
    if found is None:
        raise GitError
    return found[1], found[2], int(found[3])


def contents(
    repository: Repository, object_ids: Iterable[str]
) -> Iterator[bytes | Callable[[], BinaryIO] | None]:
    """Yield the content of each object, `None` for one that is not here.

    What is too large for the memory is opened instead, with a function.
    """
    asked_for = list(object_ids)
    with written(asked_for) as asked:
        answered = _answered(repository, asked)
        yield from (next(answered, None) for _ in asked_for)


def _answered(
    repository: Repository, asked: IO[bytes]
) -> Iterator[bytes | Callable[[], BinaryIO] | None]:
    # In a partial clone, git ends at the first that is not here.
    with suppress(GitError), answering(repository, _CONTENTS, asked) as content:
        for found in map(_HEADER.fullmatch, content):
            size = int(found[3]) if found else 0
            if found and size > LARGEST:
                yield partial(opened, repository, found[1].decode(), found[2].decode())
                _pass_over(content, size + 1)
            elif found:
                data = content.read(size + 1)
                yield data[:-1] if len(data) > size else None
            else:
                yield None


def _pass_over(content: IO[bytes], size: int) -> None:
    while size and (block := content.read(min(size, LARGEST))):
        size -= len(block)


def read_small(repository: Repository, object_ids: Iterable[str]) -> Iterator[bytes]:
    """Yield the contents of those objects that are not too large for the memory."""
    return (each for each in contents(repository, object_ids) if isinstance(each, bytes))


def opened(repository: Repository, object_id: str, kind: str) -> BinaryIO:
    """Return an object as a file, for one that is too large for the memory."""
    import shutil

    file = unnamed()  # whoever asked closes it
    with answering(repository, ["cat-file", kind, object_id]) as content:
        shutil.copyfileobj(content, file)
    file.seek(0)
    return cast("BinaryIO", file)
