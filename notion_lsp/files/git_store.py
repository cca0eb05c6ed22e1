"""All objects that a repository keeps, and those of them that a pattern may match.

Answers are read as they come: a history may be larger than the memory.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from array import array
from bisect import bisect_right
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, NamedTuple, cast

from notion_lsp.files import ripgrep
from notion_lsp.files.git_stream import GitError, answering, written
from notion_lsp.files.read_write import LARGEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from notion_lsp.files.git_stream import Repository

_LISTING = ("cat-file", "--buffer", "--batch-check")
_SEARCH = (
    *("--no-config", "--text", "--encoding=none", "--color=never", "--no-filename"),
    *("--byte-offset", "--no-line-number", "--only-matching", "--replace="),
)
# UTF-16 with a byte order mark is not decoded in a stream: each such text is looked into.
_MARKS = (r"^\xff\xfe", r"^\xfe\xff")
_FOUND_OR_NOT = (0, 1)


class Object(NamedTuple):
    """An object as git stores it; `kind` is `blob`, `commit` or `tag`."""

    object_id: str
    kind: str
    data: bytes


class Candidate(NamedTuple):
    """An object in which patterns match: at which offsets, `None` where nobody has looked."""

    stored: Object
    places: tuple[int, ...] | None


@dataclass(slots=True)
class Objects:
    """The blobs, commits and tags of a repository, or of some of its commits.

    Each takes a few bytes of memory: `names` is a file with a line for each, in the order of
    `starts`, which are the offsets at which `cat-file --batch` prints them. What is too large for
    the memory is in `large` instead.
    """

    names: IO[bytes]
    starts: array[int] = field(default_factory=lambda: array("Q"))
    commits: list[str] = field(default_factory=list)
    large: list[str] = field(default_factory=list)

    def name(self, number: int) -> str:
        """Return the id of an object by its number in the order of `starts`."""
        width = self.names.seek(0, os.SEEK_END) // len(self.starts)
        self.names.seek(number * width)
        return self.names.read(width).decode().rstrip()


@contextmanager
def objects(repository: Repository, revisions: Sequence[str] = ()) -> Iterator[Objects]:
    """Give all objects of a repository but trees, or those that the revisions bring.

    Revisions are ids of commits and tags, and those with `^` before them, whose objects count not.
    """
    with written(_brought(repository, revisions)) as asked, written(()) as names:
        every = () if revisions else ("--batch-all-objects", "--unordered")
        with answering(repository, [*_LISTING, *every], asked) as listed:
            yield _numbered(listed, names)


def _brought(repository: Repository, revisions: Sequence[str]) -> Iterator[str]:
    if not revisions:
        return
    listing = ["rev-list", "--objects", "--stdin"]
    with written(revisions) as asked, answering(repository, listing, asked) as listed:
        # What follows the id of a file is its path.
        yield from (line.split(None, 1)[0].decode() for line in listed)


def _numbered(listed: Iterable[bytes], names: IO[bytes]) -> Objects:
    found, end = Objects(names), 0
    try:
        for line in listed:
            object_id, kind, size = line.split()
            if kind == b"tree":
                continue
            if kind == b"commit":
                found.commits.append(object_id.decode())
            if int(size) > LARGEST:
                found.large.append(object_id.decode())
                continue
            names.write(object_id + b"\n")
            found.starts.append(end)
            end += len(line) + int(size) + 1  # the line, the content, a line feed
    except ValueError:
        # `ID missing`: it is broken.
        raise GitError from None
    return found


def candidates(
    repository: Repository, every: Objects, patterns: Sequence[str]
) -> Iterator[Candidate]:
    """Yield the objects in which a pattern matches, as ripgrep tells.

    Patterns are for bytes. Without any, and without ripgrep, all objects are given.
    """
    program = ripgrep.program_path(repository.folder) if patterns else None
    if program is None:
        for stored in read(repository, map(every.name, range(len(every.starts)))):
            yield Candidate(stored, None)
        return
    found = _places(repository, every, program, patterns)
    for stored, number in zip(read(repository, map(every.name, found)), found, strict=True):
        header = len(f"{stored.object_id} {stored.kind} {len(stored.data)}\n")
        begins = every.starts[number] + header
        yield Candidate(stored, tuple(max(place - begins, 0) for place in found[number]))


def _places(
    repository: Repository, every: Objects, program: str, patterns: Sequence[str]
) -> dict[int, list[int]]:
    pattern = f"(?-u:{'|'.join((*patterns, *_MARKS))})"
    found: dict[int, list[int]] = {}
    with (
        answering(repository, ["cat-file", "--batch", "--buffer"], every.names) as content,
        subprocess.Popen(  # noqa: S603, arguments of our own and no shell
            [program, *_SEARCH, "--regexp", pattern, "-"],
            cwd=repository.folder,
            stdin=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as search,
    ):
        # Held open here, it would let git wait for good if the search ended early.
        content.close()
        assert search.stdout is not None  # noqa: S101, it is a pipe
        for line in search.stdout:
            place = int(line.partition(b":")[0])
            found.setdefault(bisect_right(every.starts, place) - 1, []).append(place)
    if search.returncode not in _FOUND_OR_NOT:
        raise GitError
    return found


def read(repository: Repository, object_ids: Iterable[str]) -> Iterator[Object]:
    """Yield objects by their ids; one that is not here is an error."""
    with (
        written(object_ids) as asked,
        answering(repository, ["cat-file", "--batch", "--buffer"], asked) as content,
    ):
        while line := content.readline():
            object_id, kind, size = _header(line)
            yield Object(object_id.decode(), kind.decode(), content.read(int(size)))
            content.read(1)


def _header(line: bytes) -> list[bytes]:
    # `ID missing`, where there should be a kind and a size, also of what is broken.
    header = line.split()
    if len(header) != len(("id", "kind", "size")):
        raise GitError
    return header


def open_blob(repository: Repository, object_id: str) -> BinaryIO:
    """Return a blob as a file, for one that is too large for the memory."""
    file = tempfile.TemporaryFile()  # noqa: SIM115, whoever asked closes it
    arguments = ["cat-file", "blob", object_id]
    with answering(repository, arguments) as content:
        shutil.copyfileobj(content, file)
    file.seek(0)
    return cast("BinaryIO", file)
