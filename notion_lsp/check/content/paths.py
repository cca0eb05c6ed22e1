"""The contents of files, and of all files below folders that can hold a token."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.check.content import Content, Source
from notion_lsp.files import read_write
from notion_lsp.files.read_write import Unreadable
from notion_lsp.settings import PROJECT_FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from notion_lsp.check.content import ProjectOf
    from notion_lsp.project.project import Project

    Track = Callable[[Sequence[Path]], Iterable[Path]]


def source(
    paths: Iterable[Path], project_of: ProjectOf, track: Track, known: Sequence[Path] = ()
) -> Source:
    """Return the source of files and folders, sorted by path.

    `track` is given the files to read, and gives them back one by one, to show progress. Files
    below the paths that are `known` to have held a token are read even if the search of a folder
    finds none in them: only a file that was read can show that its token is gone.
    """
    named: dict[Path, bool] = {}
    listed: list[Path] = []
    packed: set[Path] = set()
    for path in paths:
        if read_write.is_folder(path):
            again = [each for each in known if path in each.parents and read_write.is_file(each)]
            below = _below(path, project_of(path / PROJECT_FILE))
            listed += below.told_by_name
            named |= dict.fromkeys([*below.found, *again], False) | named
            packed |= below.packed
        else:
            named[path] = True
    contents = partial(_contents, named, project_of, track)
    return Source(contents, sorted({*named, *listed}), frozenset(packed))


class _Below(NamedTuple):
    """The files of a folder that can hold a token, those told by their names, and archives."""

    found: Sequence[Path]
    told_by_name: Sequence[Path]
    packed: frozenset[Path]


def _below(folder: Path, project: Project) -> _Below:
    # Hooks and editors name a file: then nothing of this is loaded.
    from concurrent.futures import ThreadPoolExecutor

    from notion_lsp.check.names import like_a_token
    from notion_lsp.project.archives import is_named_archive, named_so
    from notion_lsp.project.names import files_named, listed
    from notion_lsp.project.search import searchable_files

    # While other programs look into the files, the names are looked at, and what is named so.
    with ThreadPoolExecutor(max_workers=2) as others:
        by_git = others.submit(listed, folder)
        found = others.submit(searchable_files, project, folder, by_git.result)
        told = files_named(
            folder, by_git.result(), lambda names: (*like_a_token(names), *named_so(names))
        )
        archives = {each for each in told if is_named_archive(each) and not project.excludes(each)}
    return _Below(found.result(), told, frozenset(archives))


def content(path: Path, *, named: bool = False) -> Content:
    """Return the content of a file."""
    data = read_write.read_bytes(path)
    if isinstance(data, Unreadable) and data.reason == read_write.TOO_LARGE:
        return Content(path, partial(read_write.open_file, path), named)
    return Content(path, data, named, sifted=not named)


def _contents(named: Mapping[Path, bool], project_of: ProjectOf, track: Track) -> Iterator[Content]:
    for path in track(sorted(_without_doubles(named))):
        if project_of(path).excludes(path):
            # Counted, and never read.
            yield Content(path, b"", named[path])
        else:
            yield content(path, named=named[path])


def _without_doubles(paths: Iterable[Path]) -> Iterator[Path]:
    # Files come before links: a link is read only if its target is not among the files.
    seen = set()
    for path in sorted(paths, key=read_write.is_link):
        real = os.path.realpath(path)
        if real not in seen:
            yield path
        seen.add(real)
