"""What git keeps of files: in its index, in the last commit, and on remote branches.

All by plumbing, which runs no program that the configuration of a repository names, and without a
fetch. Names and ids are given on standard input, where no other user can read them.
"""

from __future__ import annotations

import os
import re
import time
from functools import cache
from itertools import chain
from typing import IO, TYPE_CHECKING, NamedTuple

from notion_lsp.files import git, read_write
from notion_lsp.files.programs import Ends

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

INDEX, HEAD = "", "HEAD"

_REMOTES, TAGS = b"refs/remotes/", "refs/tags/"
# To read a file's id from each takes a fifth of a millisecond, and there may be thousands.
_MOST_BRANCHES = 10
_MOST_TAGS = 50
_OBJECT = re.compile(rb"(?P<id>[0-9a-f]{40,64}) (?P<kind>[a-z]+) (?P<size>\d+)\n")
_PROMISED = re.compile(r"^[ \t]*(?:promisor|partialclone)\b", re.IGNORECASE | re.MULTILINE)
_SHALLOW = "shallow"  # the file in the folder of git
_LARGEST = 8 << 20  # bytes; a larger version of a file is not read
MOST_COMMITS = 50
_LARGEST_OF_MANY = 1 << 20


class Version(NamedTuple):
    """A version of a file: where it is, and its text.

    It is in the `INDEX`, in the last commit, `HEAD`, in a tag of that full name, or in the commit
    with which these `branches` of remotes end.
    """

    where: str
    text: str
    branches: Sequence[bytes] = ()


class Commit(NamedTuple):
    """A commit: its id, and its author's name and day, as the author has them."""

    object_id: str
    author: str
    day: str


def versions(top: Path, names: Sequence[str]) -> Mapping[str, Sequence[Version]] | None:
    """Return the versions that the repository has of files, by their paths from the top, with `/`.

    Of a remote, the branches nearest to the current one are looked at. A file whose name has a line
    feed has none. The answer is `None` where git cannot read the repository.
    """
    asked = [name for name in names if "\n" not in name]
    own = [(of, name) for name in asked for of in (INDEX, HEAD)]
    branches = cache(lambda: _branches(top))

    def remote() -> list[tuple[str, str]]:
        return [(of, name) for of in branches() or {} for name in asked]

    # The index and the last commit are read while the branches are listed.
    texts = _texts(top, map(_place, own), _LARGEST, lambda: map(_place, remote()))
    ends = branches()
    if ends is None:
        return None
    found: dict[str, list[Version]] = {name: [] for name in names}
    for (of, name), text in zip(chain(own, remote()), texts, strict=False):
        if text is not None:
            found[name].append(Version(of, text, ends.get(of, ())))
    return found


def _place(of: tuple[str, str]) -> str:
    return ":".join(of)


def newest_tags(top: Path) -> Sequence[str]:
    """Return the full names of the newest tags, as their names tell."""
    # By name, as to sort by date would read each of thousands.
    asked = ["for-each-ref", "--sort=-version:refname", f"--count={_MOST_TAGS}"]
    done = git.run(top, [*asked, "--format=%(refname)", TAGS])
    said = done.stdout.decode("utf-8", "surrogateescape") if done else ""
    return [ref for ref in said.split("\n") if ref]


def in_tags(top: Path, tags: Sequence[str], name: str) -> list[Version]:
    """Return the versions of a file, by its path from the top, in tags by their full names."""
    if not tags or "\n" in name:
        return []
    texts = _texts(top, [f"{tag}:{name}" for tag in tags], _LARGEST_OF_MANY)
    found = zip(tags, texts, strict=False)
    return [Version(tag, text) for tag, text in found if text is not None]


def changes(
    top: Path, commit: str, name: str, seconds: float
) -> list[tuple[Commit, str | None]] | None:
    """Return the last commits up to one that changed a file, each with its text.

    The newest comes first. The answer is `None` where to find them takes longer.
    """
    # `%x00` is a zero byte. What a signature or the configuration says is not asked for.
    arguments = ["--literal-pathspecs", "rev-list", f"--max-count={MOST_COMMITS}"]
    arguments += ["--format=%H%x00%an%x00%as", "--stdin"]
    request = f"{commit}\n--\n{name}\n".encode("utf-8", "surrogateescape")
    done = git.run(top, arguments, request, seconds)
    if done is None or done.returncode:
        return None
    rows = [row.split(b"\0") for row in done.stdout.split(b"\n") if b"\0" in row]
    commits = [Commit(*(field.decode("utf-8", "replace") for field in row)) for row in rows]
    places = [f"{each.object_id}:{name}" for each in commits]
    return list(zip(commits, _texts(top, places, _LARGEST_OF_MANY), strict=False))


def remote_tips(top: Path) -> Mapping[str, Sequence[bytes]]:
    """Return the last commits of all branches of each remote, as of the last fetch or push."""
    done = git.run(top, ["for-each-ref", "--format=%(objectname) %(refname)", _REMOTES.decode()])
    lines = done.stdout.split(b"\n") if done else []
    rows = (line.partition(b" ") for line in lines if line)
    tips = {name[len(_REMOTES) :]: tip for tip, _, name in rows}
    of: dict[str, list[bytes]] = {}
    for branch, remote in remotes_of(top, tips).items():
        of.setdefault(remote, []).append(tips[branch])
    return of


def remotes_with(
    top: Path, commit: str, of: Mapping[str, Sequence[bytes]], seconds: float
) -> tuple[str, ...]:
    """Return the remotes of which a branch has a commit, as far as that is soon found.

    All that came before the last commit of a branch counts.
    """
    end = time.monotonic() + seconds
    found = (remote for remote, every in of.items() if _is_before(top, commit, every, end))
    return tuple(sorted(found))


def _is_before(top: Path, commit: str, tips: Iterable[bytes], end: float) -> bool:
    # What is not behind any of them is the commit itself, if they do not have it.
    request = b"".join((commit.encode(), b"\n", *(b"^%s\n" % tip for tip in tips)))
    arguments = ["rev-list", "--max-count=1", "--stdin"]
    left = end - time.monotonic()
    done = git.run(top, arguments, request, left) if left > 0 else None
    return done is not None and not done.returncode and not done.stdout


def is_shallow(top: Path) -> bool:
    """Whether older commits were not fetched."""
    return read_write.exists(_shared(top) / _SHALLOW)


def shallow_commits(top: Path) -> frozenset[str]:
    """Return the ids of the commits whose parents were not fetched."""
    # gitrepository-layout(5): an id in each line.
    return frozenset((read_write.text_of(_shared(top) / _SHALLOW) or "").split())


def is_partial(top: Path) -> bool:
    """Whether the contents of some files were not fetched."""
    shared = _shared(top)
    if _PROMISED.search(read_write.text_of(shared / "config") or ""):
        return True
    # A repository may borrow the objects of others (gitrepository-layout(5)). A pack of what is not
    # all there has a file beside it (git-clone(1), `--filter`).
    own = shared / "objects"
    borrowed = (read_write.text_of(own / "info" / "alternates") or "").splitlines()
    packs = (own / folder / "pack" for folder in ("", *borrowed))
    return any(path.suffix == ".promisor" for each in packs for path in read_write.children(each))


def _shared(top: Path) -> Path:
    # Of a work tree that `git worktree` made, a file names the folder that all work trees share
    # (gitrepository-layout(5)).
    own = git.git_folder(top)
    shared = read_write.text_of(own / "commondir")
    return own / shared.strip() if shared else own


def _texts(
    top: Path,
    places: Iterable[str],
    largest: int,
    more: Callable[[], Iterable[str]] | None = None,
) -> list[str | None]:
    """Return the text of the file at each place, `None` where none is, or one too large.

    There are fewer where git fails.
    """
    import tempfile

    given = _request(places)
    if not given:
        return []
    # To start git takes longest: it is asked once, and may answer with more than the memory has.
    with tempfile.TemporaryFile() as answers:
        ends = Ends(given, answers.fileno(), (lambda: _request(more())) if more else None)
        git.run_into(top, ["cat-file", "--batch", "--buffer"], ends)
        answers.seek(0)
        return list(_read(answers, largest))


def _request(places: Iterable[str]) -> bytes:
    return "".join(f"{each}\n" for each in places).encode("utf-8", "surrogateescape")


def _read(answers: IO[bytes], largest: int) -> Iterator[str | None]:
    kept: dict[bytes, str] = {}  # what several places have is one
    for line in iter(answers.readline, b""):
        # What is not there is answered by the name that was asked for.
        found = _OBJECT.fullmatch(line)
        if found is None:
            yield None
            continue
        object_id, size = found["id"], int(found["size"])
        if found["kind"] == b"blob" and size <= largest and object_id not in kept:
            kept[object_id] = read_write.decode_any(answers.read(size)).text
            size = 0
        answers.seek(size + 1, os.SEEK_CUR)
        yield kept.get(object_id)


def _branches(top: Path) -> dict[str, list[bytes]] | None:
    """Return the remote branches nearest to the current one, by the commits that they end with."""
    # `for-each-ref` takes twice the time for thousands. A line that is empty at the top of a work
    # tree stands before the current branch and the one that it follows, if there are any.
    every = ["--remotes", "--symbolic", "--remotes", "--show-prefix"]
    done = git.run(top, ["rev-parse", *every, "--symbolic-full-name", "HEAD", "@{upstream}"])
    if done is None:
        return {}
    lines = done.stdout.splitlines()
    if b"" not in lines:
        return None
    end = lines.index(b"")
    return _nearest(lines[: end // 2], lines[end // 2 : end], lines[end + 1 :])


def _nearest(
    commits: Sequence[bytes], names: Sequence[bytes], current: Sequence[bytes]
) -> dict[str, list[bytes]]:
    followed = [each.removeprefix(_REMOTES) for each in current]
    # What a remote has checked out, and a branch of the same name.
    beside = (b"/HEAD", *(b"/" + name.rpartition(b"/")[2] for name in current[:1]))
    near = (each for each in names if each.endswith(beside))
    # There may be thousands: only the few that are taken are looked up by their names.
    first = map(names.index, (*(each for each in followed if each in names), *near))
    found: dict[str, list[bytes]] = {}
    for number in chain(first, range(len(names))):
        commit = commits[number].decode()
        if len(found) == _MOST_BRANCHES and commit not in found:
            break
        found.setdefault(commit, []).append(names[number])
    return found


def remotes_of(top: Path, branches: Collection[bytes]) -> dict[bytes, str]:
    """Return the remote of each branch of one, such as `team/fork` of `team/fork/main`."""
    long: list[bytes] = []
    # The name of a branch may have a slash too: only the configuration tells which of them is it.
    if any(branch.count(b"/") > 1 for branch in branches):
        asked = ["config", "--null", "--name-only", "--get-regexp", r"^remote\..*/.*\.url$"]
        done = git.run(top, asked)
        keys = done.stdout.split(b"\0") if done else []
        long = sorted((key[len(b"remote.") : -len(b".url")] for key in keys), key=len)
    short = {branch: branch.partition(b"/")[0] for branch in branches}
    of = {each: name for name in long for each in branches if name and each.startswith(name + b"/")}
    return {
        branch: of.get(branch, name).decode("utf-8", "surrogateescape")
        for branch, name in short.items()
    }
