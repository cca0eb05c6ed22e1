"""What the next commit would add: the contents in git's index that the last commit has not."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from notion_lsp.check.content import Content, Source
from notion_lsp.files import git_index, git_store
from notion_lsp.files.read_write import Unreadable
from notion_lsp.project import archives

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from notion_lsp.check.content import ProjectOf
    from notion_lsp.files.git_index import Staged
    from notion_lsp.files.git_stream import Repository

# A partial clone leaves contents on the server, and we ask no network.
_NOT_HERE = "git has not fetched its content; git diff --cached --stat fetches it"


def source(folder: Path, paths: Sequence[Path], project_of: ProjectOf) -> Source | None:
    """Return the source of what is staged, below the paths if there are any.

    `None` if git cannot tell.
    """
    index = git_index.staged(folder)
    if index is None:
        return None
    # git answers with real paths: a path through a link would be below none of them.
    below = [path.resolve() for path in paths]
    wanted = [
        file
        for file in index.files
        if not below or any(path in (file.path, *file.path.parents) for path in below)
    ]
    named = [file.path for file in wanted]
    packed = (path for path in named if archives.is_archive(path))
    left = frozenset(path for path in packed if not project_of(path).excludes(path))
    earlier = frozenset(file.path for file in wanted if not file.is_new)
    return Source(partial(_contents, index.repository, wanted), named, left, earlier=earlier)


def _contents(here: Repository, wanted: Sequence[Staged]) -> Iterator[Content]:
    for file, data in git_index.contents(here, wanted):
        if data is None:
            yield Content(file.path, Unreadable(file.path, _NOT_HERE), named=True)
        else:
            before = partial(git_store.read_small, here, file.before) if file.before else None
            yield Content(file.path, data, sifted=False, before=before)
