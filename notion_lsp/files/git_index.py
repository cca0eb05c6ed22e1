"""What is staged: the files that the next commit brings, and their contents."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.files import git, git_store, read_write
from notion_lsp.files.git_stream import Repository

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import BinaryIO

# Modes of what has a content: 100644 and its like are files, 120000 is a link, whose content is the
# path that it leads to. A submodule has none.
WITH_CONTENT = (b"100", b"120")
# Attributes of the repository may name programs for a diff. A rename is a file that goes, and one
# that comes.
_DIFF = (
    *("diff", "--cached", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-relative"),
    *("--no-ext-diff", "--no-textconv", "--no-color", "--diff-filter=ACDMT"),
)
# `git merge` names what it merges in its environment, and in a file once the hook has run.
_MERGED, _MERGE_HEAD = "GITHEAD_", "MERGE_HEAD"
_HEX = set("0123456789abcdef")


class Staged(NamedTuple):
    """A file that the next commit brings: the ids of its content, and of what was there before.

    A merge brings what differs from all of its parents. What stood in a file that goes was there
    before too: the file may have a new name. One that `is_new` is in no parent.
    """

    path: Path
    object_id: str
    before: tuple[str, ...]
    is_new: bool


class Index(NamedTuple):
    """The top of a work tree, and the files that the next commit adds to it or changes, in order.

    As for git's own hooks, a path in the environment is one from the top.
    """

    top: Path
    files: list[Staged]

    @property
    def repository(self) -> Repository:
        """The repository, as one of its hooks sees it."""
        return Repository(self.top, in_hook=True)


class _Change(NamedTuple):
    """The ids of a file's content before and now, empty where there is none."""

    before: str
    now: str


def is_left_out(path: Path) -> bool:
    """Whether the index has a file that a sparse checkout leaves out."""
    folder = next(filter(read_write.is_folder, path.parents), path.parent)
    # The whole index: a token may stand in the name, and everybody may read the arguments.
    done = git.run(folder, ["ls-files", "-t", "-z", "--cached", "--", ":/"])
    row = b"S " + os.fsencode(path.relative_to(folder).as_posix())
    return done is not None and row in done.stdout.split(b"\0")


def names(folder: Path) -> frozenset[str]:
    """Return the files of the index, on the disk or not, as paths relative to the folder."""
    done = git.run(folder, ["ls-files", "-z", "--cached", "--", ":/"])
    listed = done.stdout.split(b"\0") if done and not done.returncode else []
    return frozenset(map(os.fsdecode, filter(None, listed)))


def staged(folder: Path) -> Index | None:
    """Return what the next commit would bring to the repository around a folder."""
    places = _places(folder)
    if places is None:
        return None
    top, merging = places
    found = [_changes(top, parent) for parent in ((), *((each,) for each in _merged(merging)))]
    changes = [each for each in found if each is not None]
    if len(changes) < len(found):
        return None
    gone = [each.before for each in changes[0].values() if not each.now]
    files = [
        _staged(top / os.fsdecode(name), [each[name] for each in changes], gone)
        for name, change in changes[0].items()
        if change.now and all(name in each for each in changes)
    ]
    return Index(top, files)


def _staged(path: Path, changes: Sequence[_Change], gone: Sequence[str]) -> Staged:
    before = [each.before for each in changes if each.before]
    return Staged(path, changes[0].now, (*before, *filter(None, gone)), is_new=not before)


def _changes(top: Path, parent: Sequence[str]) -> dict[bytes, _Change] | None:
    done = git.run(top, [*_DIFF, *parent], staged=True)
    if done is None or done.returncode:
        return None
    fields = done.stdout.split(b"\0")
    return {
        name: _change(entry.lstrip(b":").split(b" "))
        for entry, name in zip(fields[::2], fields[1::2], strict=False)
    }


def _change(entry: Sequence[bytes]) -> _Change:
    *modes, before, now, _ = entry
    ids = zip(modes, (before, now), strict=True)
    return _Change(*(each.decode() if mode.startswith(WITH_CONTENT) else "" for mode, each in ids))


def _places(folder: Path) -> tuple[Path, Path] | None:
    # The top of the work tree, and the file that names what is merged. Asked for at once, as a
    # commit waits for each start of git.
    asked = ["rev-parse", "--git-path", _MERGE_HEAD, "--show-toplevel"]
    done = git.run(folder, asked, staged=True)
    if done is None or done.returncode:
        return None
    # The name of a folder may have a line feed in it, or at its end.
    above, name, top = done.stdout.partition(_MERGE_HEAD.encode() + b"\n")
    merging = folder / os.fsdecode(above + name.removesuffix(b"\n"))
    return Path(os.fsdecode(top.removesuffix(b"\n"))), merging


def _merged(merging: Path) -> list[str]:
    found = [name.removeprefix(_MERGED) for name in os.environ if name.startswith(_MERGED)]
    found = found or (read_write.text_of(merging) or "").split()
    return [each for each in found if set(each) <= _HEX]


def contents(
    here: Repository, files: Sequence[Staged]
) -> Iterator[tuple[Staged, bytes | Callable[[], BinaryIO] | None]]:
    """Return what the next commit would put into each file, `None` where git has not fetched it.

    What is too large for the memory is opened instead, with a function.
    """
    found = git_store.contents(here, [file.object_id for file in files])
    return zip(files, found, strict=True)
