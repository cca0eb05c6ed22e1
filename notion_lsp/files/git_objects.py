"""What git keeps of files: in its index, in the last commit, and on remote branches.

All by plumbing, which runs no program that the configuration of a repository names, and without a
fetch. Names and ids are given on standard input, where no other user can read them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.files import git

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

INDEX, HEAD = "", "HEAD"

_REMOTES = "refs/remotes/"
_FIELDS = ("HEAD", "upstream", "symref", "objectname", "refname")
# To read a file's id from 50 commits takes some milliseconds; a large repository has thousands of
# branches. Of those of many files fewer are read.
_MOST_BRANCHES = 50
_MOST_LOOKUPS = 5000
_LARGEST = 8 << 20  # bytes; a larger version of a file is not read


class Version(NamedTuple):
    """A version of a file: `INDEX`, `HEAD` or the name of a remote, and the id of its content."""

    where: str
    object_id: str


class _Branch(NamedTuple):
    remote: str
    commit: str


def versions(top: Path, names: Sequence[str]) -> Mapping[str, Sequence[Version]]:
    """Return the versions that the repository has of files, by their paths from the top, with `/`.

    Of a remote, the branches nearest to the current one are looked at. A file whose name has a line
    feed has none.
    """
    asked = [name for name in names if "\n" not in name]
    branches = _branches(top)[: min(_MOST_BRANCHES, _MOST_LOOKUPS // max(len(asked), 1))]
    places = [(INDEX, ""), (HEAD, "HEAD"), *((each.remote, each.commit) for each in branches)]
    wanted = [(name, where, f"{of}:{name}") for name in asked for where, of in places]
    request = "".join(f"{specification}\n" for _, _, specification in wanted)
    form = "--batch-check=%(objecttype) %(objectname) %(objectsize)"
    done = git.run(top, ["cat-file", form], request.encode("utf-8", "surrogateescape"))
    answers = done.stdout.split(b"\n") if done and not done.returncode else []
    found: dict[str, list[Version]] = {name: [] for name in names}
    for (name, where, _), answer in zip(wanted, answers, strict=False):
        if object_id := _blob(answer):
            found[name].append(Version(where, object_id))
    return found


def blobs(top: Path, object_ids: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Yield each blob that is here by its id."""
    request = "".join(f"{object_id}\n" for object_id in object_ids).encode()
    done = git.run(top, ["cat-file", "--batch"], request)
    rest = memoryview(done.stdout if done and not done.returncode else b"")
    while rest:
        header = bytes(rest[:200]).partition(b"\n")[0]
        start = len(header) + 1
        object_id, *what = header.split()
        size = int(what[1]) if len(what) > 1 else -1  # `ID missing` has no content
        if size >= 0:
            yield object_id.decode(), bytes(rest[start : start + size])
        rest = rest[start + size + 1 :]


def _blob(answer: bytes) -> str | None:
    kind, _, rest = answer.partition(b" ")
    # What is not there is answered by the name that was asked for, which may have spaces.
    if kind != b"blob" or answer.endswith(b" missing"):
        return None
    object_id, _, size = rest.partition(b" ")
    return object_id.decode() if int(size) <= _LARGEST else None


def _branches(top: Path) -> list[_Branch]:
    form = "%00".join(f"%({field})" for field in _FIELDS)
    done = git.run(top, ["for-each-ref", f"--format={form}", "refs/heads", _REMOTES])
    output = done.stdout.decode("utf-8", "surrogateescape") if done else ""
    rows = [tuple(line.split("\0")) for line in output.split("\n") if line]
    current = [row for row in rows if row[0] == "*"]
    upstream = {row[1] for row in current} | {row[2] for row in rows}
    same = {row[4].rpartition("/")[2] for row in current}
    remote = [row for row in rows if row[4].startswith(_REMOTES)]

    def distance(row: tuple[str, ...]) -> tuple[bool, bool]:
        return row[4] not in upstream, row[4].rpartition("/")[2] not in same

    near = sorted(remote, key=distance)
    return list(
        dict.fromkeys(
            _Branch(row[4].removeprefix(_REMOTES).partition("/")[0], row[3]) for row in near
        )
    )
