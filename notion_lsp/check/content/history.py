"""The contents that a repository keeps: files of all commits, and messages of commits and tags.

What no commit has any more is among them: amended commits, dropped stashes, what was staged once.
"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.check.content import Content, Source, Version
from notion_lsp.check.content.old_names import OldNames, in_no_commit, told_by_name
from notion_lsp.check.content.sieve import Sieve
from notion_lsp.detect import prefilters
from notion_lsp.detect.find import find_tokens
from notion_lsp.files import git_history, git_store, read_write
from notion_lsp.files.git_history import Change
from notion_lsp.files.git_stream import GitError
from notion_lsp.files.read_write import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from notion_lsp.check.content import Opener, ProjectOf
    from notion_lsp.detect.custom import Patterns
    from notion_lsp.files.git_history import Commit
    from notion_lsp.files.git_store import Object, Objects
    from notion_lsp.files.git_stream import Repository

_SHORT = 10  # digits of an id in a name
_REFS = "names of branches and tags"


def source(
    repository: Repository,
    project_of: ProjectOf,
    revisions: Sequence[str] = (),
    refs: Sequence[str] = (),
) -> Source:
    """Return the source of a history, or of what the revisions bring: see `git_store.objects`.

    What the revisions bring has what stood there before. The names of the `refs` count too.
    """
    told = OldNames(repository.folder)
    contents = _History(repository, project_of, revisions, told, "\n".join(refs)).contents
    # Each token of a history is told once, wherever else it stands.
    return Source(contents, told.versions, told.archives, tuple, told.versions)


class _History(NamedTuple):
    repository: Repository
    project_of: ProjectOf
    revisions: Sequence[str]
    told: OldNames
    refs: str

    def contents(self) -> Iterator[Content]:
        """Yield what holds a token, oldest first, after what cannot be seen."""
        top = self.repository.folder
        problem = "" if self.revisions else git_history.incomplete(self.repository)
        if problem:
            yield Content(top, Unreadable(top, problem), named=True)
        if self.refs:
            yield Content(top / _REFS, self.refs.encode(errors="replace"), sifted=False)
        with git_store.objects(self.repository, self.revisions) as every:
            hits = yield from self._messages(every)
            changes, commits = self._changes(every, {*hits, *every.large})
            ordered = sorted(changes, key=lambda each: _age(commits.get(each.commit)))
            for change, data in _read(self.repository, ordered, every.large):
                path = top / (os.fsdecode(change.path) or _named(change.object_id, every.large))
                version = Version(change.object_id, path, commits.get(change.commit))
                before = self._before(change)
                yield Content(path, data, in_folder=False, version=version, before=before)
            # What could be read has been told by now.
            if every.damaged:
                raise GitError
            if not (self.revisions or problem):
                git_history.demand_all(self.repository)

    def _messages(self, every: Objects) -> Generator[Content, None, Sequence[str]]:
        # Returns the ids of the files that hold a token: they are read again, in their order.
        top = self.repository.folder
        patterns = self.project_of(top / "any").patterns
        sought = () if patterns else prefilters.patterns()
        sieve = Sieve(top)
        hits: list[str] = []
        for stored, places in git_store.candidates(self.repository, every.batches(), sought):
            if stored.kind != "blob":
                yield from _message(top, stored, patterns)
            elif patterns or sieve.may_hold(stored.data, places):
                hits += [stored.object_id] * _has_token(stored.data, patterns)
        return hits

    def _changes(
        self, every: Objects, found: AbstractSet[str]
    ) -> tuple[Sequence[Change], Mapping[str, Commit]]:
        called = told_by_name(self.repository, every.trees())
        asked = every.commits() if found or called else ()
        changes = list(git_history.changes(self.repository, asked, found, called.keys()))
        commits = git_history.commits_of(self.repository, {each.commit for each in changes})
        # A tree that a new commit has may be an old one, of a folder that it did not touch.
        rest = [] if self.revisions else in_no_commit(called, changes)
        self.told.add([*changes, *rest], commits, self.project_of)
        brought = [each for each in changes if each.object_id in found]
        in_none = found - {each.object_id for each in brought}
        return [*brought, *(Change("", b"", each, ()) for each in sorted(in_none))], commits

    def _before(self, change: Change) -> Callable[[], Iterable[bytes]] | None:
        if not (self.revisions and change.before):
            return None
        return partial(git_store.read_small, self.repository, change.before)


def _named(object_id: str, large: Mapping[str, str]) -> str:
    what = "object" if large.get(object_id, "blob") == "blob" else "message of"
    return f"{what} {object_id[:_SHORT]}"


def _message(top: Path, stored: Object, patterns: Patterns) -> Iterator[Content]:
    # A header has the author, and a merge the message of a tag (gitformat-signature(5)).
    header, _, message = stored.data.partition(b"\n\n")
    for what, data in (("message", message), ("header", header)):
        if _has_token(data, patterns):
            path = top / f"{what} of {stored.object_id[:_SHORT]}"
            version = Version(stored.object_id, path, git_history.commit_of(stored))
            yield Content(path, data, version=version)


def _has_token(data: bytes, patterns: Patterns) -> bool:
    return bool(find_tokens(read_write.decode_any(data).text, patterns))


def _age(commit: Commit | None) -> tuple[bool, int, str]:
    # What no commit has comes last.
    return (False, commit.seconds, commit.object_id) if commit else (True, 0, "")


def _read(
    repository: Repository, changes: Sequence[Change], large: Mapping[str, str]
) -> Iterator[tuple[Change, bytes | Opener]]:
    small = [each for each in changes if each.object_id not in large]
    stored = git_store.read(repository, (each.object_id for each in small))
    for change, each in zip(small, stored, strict=True):
        yield change, each.data
    for change in changes:
        if kind := large.get(change.object_id):
            yield change, partial(git_store.opened, repository, change.object_id, kind)
