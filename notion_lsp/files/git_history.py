"""The commits of a repository: what each brought, who wrote it, and from where it is reached.

By plumbing alone, which runs no program that the configuration of a repository names, and reads no
setting that would change its answers. Whatever git is asked about is given on standard input.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.files.git_index import WITH_CONTENT
from notion_lsp.files.git_objects import shallow_commits
from notion_lsp.files.git_store import read
from notion_lsp.files.git_stream import GitError, answering, fields, repository_around, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from notion_lsp.files.git_store import Object
    from notion_lsp.files.git_stream import Repository

_CHANGES = (
    *("diff-tree", "--stdin", "-r", "-c", "--root", "--raw", "-z", "--no-abbrev"),
    *("--no-renames", "--no-ext-diff", "--no-textconv"),
)
HEAD = "HEAD"
_DAMAGED = "git could not read all that was asked for; git fsck says what is wrong"

_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")  # in full, with SHA-1 or SHA-256
_AT_ONCE = 2**16  # commits
_FIELDS = 3  # of an object that is here: its id, kind and size
_AUTHOR = re.compile(rb"^(?:author|tagger) (.*) <[^<>\n]*> (\d{1,18}) ([+-]\d{4})$", re.MULTILINE)


class Commit(NamedTuple):
    """A commit or tag: its author, and when it was written, as a day there and as seconds."""

    object_id: str
    author: str
    day: date
    seconds: int


class Change(NamedTuple):
    """A file that a commit brings, and the ids of what stood in its place in the parents.

    What went with the same commit may have stood there too, by another name. A merge brings what
    differs from all of its parents. `path` is from the top, in bytes; it `is_new` if no parent has
    it.
    """

    commit: str
    path: bytes
    object_id: str
    before: tuple[str, ...]
    is_new: bool = True


class Entry(NamedTuple):
    """A file or folder in a tree, by its name there; that of a submodule is the id of a commit."""

    name: bytes
    object_id: str


def entries(stored: Object) -> Iterator[Entry]:
    """Yield what a tree has (git-scm.com/book, "Git Objects")."""
    size = len(stored.object_id) // 2  # of an id in bytes
    for found in re.finditer(rb"\d+ ([^\0]+)\0(.{%d})" % size, stored.data, re.DOTALL):
        yield Entry(found[1], found[2].hex())


def changes(
    repository: Repository,
    commits: Iterable[str],
    wanted: AbstractSet[str],
    called: AbstractSet[bytes] = frozenset(),
) -> Iterator[Change]:
    """Yield the files that commits bring and are wanted: by an id, or by a name in their path."""
    sought, every = _Sought({each.encode() for each in wanted}, called), iter(commits)
    # git keeps something of each commit that it has been asked about.
    while some := list(islice(every, _AT_ONCE)):
        with written(some) as asked, answering(repository, _CHANGES, asked) as content:
            try:
                yield from _wanted(fields(content), sought)
            except (ValueError, IndexError):  # git was ended amid its answer
                raise GitError from None


class _Sought(NamedTuple):
    """The files that are asked for: ids, and names of files and folders."""

    ids: AbstractSet[bytes]
    names: AbstractSet[bytes]

    def has(self, object_id: bytes, path: bytes) -> bool:
        return object_id in self.ids or not self.names.isdisjoint(path.split(b"/"))


def _wanted(told: Iterator[bytes], sought: _Sought) -> Iterator[Change]:
    commit, found, gone = "", list[tuple[bytes, bytes]](), list[str]()
    for each in told:
        if not each.startswith(b":"):
            yield from _changes(commit, found, gone)
            commit, found, gone = each.decode(), [], []
            continue
        path = next(told, b"")
        # The last two are the id of the file and what changed; what goes has zeros.
        now = each.rsplit(b" ", 2)[-2]
        if not now.strip(b"0"):
            gone += _ids(each)[:-1]
        elif sought.has(now, path):
            found.append((each, path))
    yield from _changes(commit, found, gone)


def _changes(
    commit: str, found: Iterable[tuple[bytes, bytes]], gone: Iterable[str]
) -> Iterator[Change]:
    for entry, path in found:
        *before, now = _ids(entry)
        earlier = tuple(filter(None, (*before, *gone)))
        yield Change(commit, path, now, earlier, is_new=not any(before))


def _ids(entry: bytes) -> list[str]:
    # `:` for each parent, a mode and an id for each and for the file itself, and what changed.
    parents = len(entry) - len(entry.lstrip(b":"))
    parts = entry.lstrip(b":").split()
    pairs = zip(parts[: parents + 1], parts[parents + 1 :], strict=False)
    # A submodule and what is not there have no content to search.
    return [each.decode() if mode.startswith(WITH_CONTENT) else "" for mode, each in pairs]


def commits_of(repository: Repository, object_ids: Iterable[str]) -> dict[str, Commit]:
    """Return what commits say of themselves, by their ids."""
    return {each.object_id: commit_of(each) for each in read(repository, object_ids)}


def commit_of(stored: Object) -> Commit:
    """Return what a commit or a tag says of itself."""
    found = _AUTHOR.search(stored.data.partition(b"\n\n")[0])
    if not found:
        return Commit(stored.object_id, "", date.min, 0)
    name, seconds = found[1].decode("utf-8", "replace"), int(found[2])
    try:
        # Nothing keeps a commit from naming a day that there is not, or a zone.
        zone = timezone(timedelta(minutes=_minutes(found[3])))
        day = datetime.fromtimestamp(seconds, zone).date()
    except (OverflowError, ValueError, OSError):
        day = date.max
    return Commit(stored.object_id, name, day, seconds)


def _minutes(zone: bytes) -> int:
    # As `+0130`.
    minutes = int(zone[1:3]) * 60 + int(zone[3:])
    return -minutes if zone.startswith(b"-") else minutes


def in_tree(repository: Repository, wanted: AbstractSet[bytes]) -> set[bytes]:
    """Return those of the ids and paths that files of `HEAD` have; none if it has no commit yet."""
    try:
        with answering(repository, ["ls-tree", "-r", "-z", "HEAD"]) as content:
            listed = (each.partition(b"\t") for each in fields(content))
            return {told for entry, _, path in listed for told in (entry.split()[2], path)} & wanted
    except GitError:
        return set()


def reached_from(repository: Repository, wanted: AbstractSet[str]) -> dict[str, tuple[str, ...]]:
    """Return the names of the refs from which each of the commits or tags is reached, if any is."""
    named = _refs(repository)
    names = sorted({name for each in named.values() for name in each})
    bits = {name: 1 << number for number, name in enumerate(names)}
    reached: dict[str, int] = {}
    found = {each: tuple(named[each]) for each in wanted & named.keys()}
    arguments = ["rev-list", "--all", "--topo-order", "--parents"]
    with answering(repository, arguments) as content:
        for line in content:
            # A commit comes after all that have it as a parent: what reaches it is known by then.
            commit, *parents = line.decode().split()
            mark = reached.pop(commit, 0) | sum(bits[name] for name in named.get(commit, ()))
            if commit in wanted:
                found[commit] = tuple(name for name in names if bits[name] & mark)
            for parent in parents:
                reached[parent] = reached.get(parent, 0) | mark
    return found


def _refs(repository: Repository) -> dict[str, list[str]]:
    # By what they name: an annotated tag names a commit too.
    arguments = ["for-each-ref", "--format=%(objectname) %(*objectname) %(refname)"]
    found: dict[str, list[str]] = {}
    with answering(repository, arguments) as content:
        for line in content:
            *ids, name = line.decode("utf-8", "replace").split()
            for each in ids:
                found.setdefault(each, []).append(name)
    (head,) = resolved(repository, [HEAD])
    if head:
        found.setdefault(head, []).append(HEAD)
    return found


def tips(repository: Repository, below: str = "", but: AbstractSet[str] = frozenset()) -> list[str]:
    """Return what `HEAD` and all refs name, or those whose names begin so, but some of them."""
    return [
        each
        for each, names in _refs(repository).items()
        if any(name.startswith(below) and name not in but for name in names)
    ]


def names_of_refs(repository: Repository) -> list[str]:
    """Return the names of all branches, tags and other refs."""
    return sorted({name for names in _refs(repository).values() for name in names})


def resolved(repository: Repository, names: Sequence[str]) -> list[str]:
    """Return the ids of the commits that the names name, each empty where there is none here."""
    # git is asked in lines, and no name has a line feed: with a space it is none that is here.
    wanted = (f"{name}^{{commit}}".replace("\n", " ") for name in names)
    with (
        written(wanted) as asked,
        answering(repository, ["cat-file", "--batch-check"], asked) as found,
    ):
        lines = [line.split() for line in found]
    # `NAME missing`: a name may have spaces.
    there = [each[1:2] == [b"commit"] and len(each) == _FIELDS for each in lines]
    return [each[0].decode() if ok else "" for each, ok in zip(lines, there, strict=True)]


def is_gone(folder: Path, name: str) -> bool:
    """Whether a name is the id of a commit that is not here, as after a forced push."""
    if not _ID.fullmatch(name):
        return False
    try:
        return not all(resolved(repository_around(folder), [name]))
    except GitError:
        return False


def incomplete(repository: Repository) -> str:
    """Return why a clone has not all of its history, as the end of a sentence; empty if it has."""
    if _says(repository, "rev-parse", "--is-shallow-repository"):
        return "the clone is shallow; git fetch --unshallow fetches the rest"
    try:
        partial = _says(repository, "config", "--get-regexp", r"^remote\..*\.promisor$")
    except GitError:  # there is no such setting
        return ""
    fetches = "git fetch --refetch --filter=blob:limit=1t fetches the rest"
    return f"the clone is partial; {fetches}" if partial else ""


def demand_all(repository: Repository) -> None:
    """Raise `GitError` if an object is not here that a ref, a stash or a reflog leads to.

    git lists the objects that it has: one that is gone is in no list.
    """
    listing = ["rev-list", "--objects", "--quiet", "--all", "--reflog"]
    # Its file for commits would vouch for one that is gone.
    with answering(repository, ["-c", "core.commitGraph=false", *listing]):
        pass


def what_failed(repository: Repository) -> str:
    """Return why git could not read all that it was asked for, as the end of a sentence."""
    try:
        return incomplete(repository) or _DAMAGED
    except GitError:
        return _DAMAGED


def is_cut_off(repository: Repository, revisions: Sequence[str]) -> bool:
    """Whether some of the commits that the revisions bring were not fetched, as it seems."""
    ends = shallow_commits(repository.folder)
    if not ends:
        return False
    with (
        written(revisions) as asked,
        answering(repository, ["rev-list", "--stdin"], asked) as listed,
    ):
        return any(line.decode().strip() in ends for line in listed)


def _says(repository: Repository, *arguments: str) -> bool:
    with answering(repository, arguments) as content:
        return b"true" in content.read()
