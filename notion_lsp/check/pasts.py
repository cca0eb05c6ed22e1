"""Where in its history a token stands, told of all versions that have it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from notion_lsp.explain.masking import mask_text
from notion_lsp.explain.past import Brought, Past
from notion_lsp.files import git_history
from notion_lsp.files.uris import relative_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from notion_lsp.check.content import Version
    from notion_lsp.files.git_stream import Repository

_HEADS, _TAGS = "refs/heads/", "refs/tags/"


def pasts(repository: Repository, versions: Mapping[str, Sequence[Version]]) -> dict[str, Past]:
    """Return the past of each token that some versions have; paths are told from the top."""
    every = [version for each in versions.values() for version in each]
    if not every:
        return {}
    commits = {version.commit.object_id for version in every if version.commit}
    refs = git_history.reached_from(repository, commits)
    here = git_history.in_tree(
        repository, {_sought(version, repository.folder) for version in every}
    )
    here |= {commit.encode() for commit, names in refs.items() if git_history.HEAD in names}
    return {token: _past(each, refs, here, repository.folder) for token, each in versions.items()}


def _past(
    versions: Sequence[Version], refs: Mapping[str, Sequence[str]], here: set[bytes], top: Path
) -> Past:
    # In one second, as in a script, the children come first among those that are reached.
    order = {commit: number for number, commit in enumerate(reversed(tuple(refs)))}
    commits = sorted(
        {version.commit for version in versions if version.commit},
        key=lambda commit: (commit.seconds, order.get(commit.object_id, -1)),
    )
    reached = dict.fromkeys(name for commit in commits for name in refs.get(commit.object_id, ()))
    names = (relative_name(version.path, top) for version in versions)
    return Past(
        commits=tuple(Brought(each.object_id, each.author, each.day) for each in commits),
        paths=tuple(map(mask_text, dict.fromkeys(names))),
        refs=tuple(mask_text(_short(name)) for name in reached if name != git_history.HEAD),
        in_head=any(_sought(version, top) in here for version in versions),
    )


def _sought(version: Version, top: Path) -> bytes:
    # What tells that it is in `HEAD`.
    named = version.path.relative_to(top).as_posix()
    return os.fsencode(named) if version.named else version.object_id.encode()


def _short(ref: str) -> str:
    # A tag and a branch may have one name: then git, too, takes it for the tag.
    return ref.removeprefix(_HEADS).removeprefix(_TAGS).removeprefix("refs/")
