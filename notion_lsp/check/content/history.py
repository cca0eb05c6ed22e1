"""The contents that a repository keeps: files of all commits, and messages of commits and tags.

What no commit has any more is among them: amended commits, dropped stashes, what was staged once.
"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from notion_lsp.check.content import Content, Source, Version
from notion_lsp.check.content.old_names import OldNames, in_no_commit, told_by_name
from notion_lsp.check.content.sieve import Sieve
from notion_lsp.detect import prefilters
from notion_lsp.detect.find import find_tokens
from notion_lsp.files import git_history, git_store, read_write
from notion_lsp.files.git_history import Change
from notion_lsp.files.read_write import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from notion_lsp.check.content import Opener, ProjectOf
    from notion_lsp.detect.custom import Patterns
    from notion_lsp.files.git_history import Commit
    from notion_lsp.files.git_store import Object
    from notion_lsp.files.git_stream import Repository

_SHORT = 10  # digits of an id in a name


def source(repository: Repository, project_of: ProjectOf, revisions: Sequence[str] = ()) -> Source:
    """Return the source of a history, or of what the revisions bring: see `git_store.objects`.

    What the revisions bring has what stood there before.
    """
    told = OldNames(repository.folder)
    contents = partial(_contents, repository, project_of, revisions, told)
    return Source(contents, told.versions, told.archives, once=True, versions=told.versions)


def _contents(
    repository: Repository, project_of: ProjectOf, revisions: Sequence[str], told: OldNames
) -> Iterator[Content]:
    top = repository.folder
    problem = "" if revisions else git_history.incomplete(repository)
    if problem:
        yield Content(top, Unreadable(top, problem), named=True)
    patterns = project_of(top / "any").patterns
    with git_store.objects(repository, revisions) as every:
        sought = () if patterns else prefilters.patterns()
        hits: list[str] = []
        sieve = Sieve(top)
        for candidate in git_store.candidates(repository, every.batches(), sought):
            stored = candidate.stored
            if stored.kind != "blob":
                yield from _message(top, stored, patterns)
            elif (patterns or sieve.may_hold(stored.data, candidate.places)) and _has_token(
                stored.data, patterns
            ):
                hits.append(stored.object_id)
        found, called = {*hits, *every.large}, told_by_name(repository, every.trees())
        commits_to_ask = every.commits() if found or called else ()
        changes = list(git_history.changes(repository, commits_to_ask, found, called.keys()))
        commits = git_history.commits_of(repository, {each.commit for each in changes})
        # A tree that a new commit has may be an old one, of a folder that it did not touch.
        rest = [] if revisions else in_no_commit(called, changes)
        told.add([*changes, *rest], commits, project_of)
        brought = [each for each in changes if each.object_id in found]
        in_none = found - {each.object_id for each in brought}
        brought += [Change("", b"", each, ()) for each in sorted(in_none)]
        ordered = sorted(brought, key=lambda each: _age(commits.get(each.commit)))
        for change, data in _read(repository, ordered, every.large):
            before = change.before if revisions else ()
            path = top / (os.fsdecode(change.path) or _named(change.object_id, every.large))
            yield Content(
                path,
                data,
                in_folder=False,
                version=Version(change.object_id, path, commits.get(change.commit)),
                before=partial(git_store.read_small, repository, before) if before else None,
            )


def _named(object_id: str, large: Mapping[str, str]) -> str:
    what = "object" if large.get(object_id, "blob") == "blob" else "message of"
    return f"{what} {object_id[:_SHORT]}"


def _message(top: Path, stored: Object, patterns: Patterns) -> Iterator[Content]:
    data = git_history.message_of(stored)
    if _has_token(data, patterns):
        path = top / f"message of {stored.object_id[:_SHORT]}"
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
