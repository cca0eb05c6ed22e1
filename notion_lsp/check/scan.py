"""The tokens in what a call names: files and folders, the index of git, or standard input.

Only files with tokens are kept, and of these only excerpts if they are large: the memory does not
depend on the size of the tree.
"""

from __future__ import annotations

import os
import re
import time
from dataclasses import dataclass, field, replace
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from notion_lsp.check import names
from notion_lsp.check.left_out import LeftOut
from notion_lsp.check.look import LeakyFile, Looked, is_shown, look_at, look_into
from notion_lsp.detect import prefilters
from notion_lsp.detect.repeated import UNKNOWN, find_repeated
from notion_lsp.files import git, read_write
from notion_lsp.files.read_write import PAUSE, Unreadable
from notion_lsp.project import archives
from notion_lsp.project.names import files_named
from notion_lsp.project.project import is_project, load_project, may_be_half_written
from notion_lsp.project.search import searchable_files
from notion_lsp.settings import PROJECT_FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import PurePath

    from notion_lsp.detect.repeated import Known
    from notion_lsp.project.project import Project

    Track = Callable[[Sequence[Path]], Iterable[Path]]


# What tells a file by its name: both are looked for in one list of the folder's files.
_TOLD_BY_NAME = re.compile(b"|".join((names.LIKE_A_TOKEN.pattern, archives.NAMED)))
# A partial clone leaves contents on the server, and we ask no network.
_NOT_HERE = "git has not fetched its content; git diff --cached --stat fetches it"


@dataclass(slots=True)
class Scan:
    """What a scan has found so far, what it could not read, and the projects that it came to.

    `looked` are the text files that it has read, with tokens or without.
    """

    today: date
    leaky: list[LeakyFile] = field(default_factory=list)
    unread: list[Unreadable] = field(default_factory=list)
    archives: set[Path] = field(default_factory=set)
    projects: dict[Path | None, Project] = field(default_factory=dict)
    folders: dict[Path, Path | None] = field(default_factory=dict)
    looked: set[Path] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    left_out: LeftOut = field(default_factory=LeftOut)

    def project(self, path: Path) -> Project:
        """Return the project that a file belongs to."""
        folder = self._folder(path.parent)
        if folder not in self.projects:
            self.projects[folder] = _settled(folder)
        return self.projects[folder]

    def _folder(self, path: Path) -> Path | None:
        # Kept for each folder on the way up, as the disk is asked for some names in each. Not
        # recursive: folders may lie deeper than Python's calls.
        every = (path, *path.parents)
        new = list(takewhile(lambda each: each not in self.folders, every))
        for each in reversed(new):
            above = self.folders.get(each.parent)
            self.folders[each] = each if is_project(each) else above
        return self.folders[path]

    def add(self, path: Path, found: Looked, *, named: bool = True) -> None:
        """Keep what was found; a binary or vanished file matters only if a person `named` it."""
        if isinstance(found, Unreadable):
            is_text = found.reason not in read_write.NOT_FOR_READING
            if named or (is_text and read_write.exists(path)):
                self.unread.append(found)
            elif found.reason == read_write.PACKED:
                self.archives.add(path)
            return
        project = self.project(path)
        if not self.left_out.add_file(path, project):
            self.looked.add(path)
        if found:
            self.left_out.add_tokens(found.left_out, project)
        self.leaky += [found] if isinstance(found, LeakyFile) else []

    def look_again(self, contents: Iterable[tuple[Path, bytes | Unreadable | None]]) -> None:
        """Look for the tokens found so far in other files, where they may be part of a word."""
        tokens = {token: each for file in self.leaky for token, each in file.tokens.items()}
        leaky = {file.path: file for file in self.leaky}
        for path, data in contents if tokens else ():
            own = leaky[path].tokens if path in leaky else UNKNOWN
            others = {token: tokens[token] for token in tokens.keys() - own.keys()}
            if isinstance(data, bytes) and _repeats(data, others):
                found = look_at(path, data, self.project(path), self.today, others)
                leaky |= {path: found} if isinstance(found, LeakyFile) else {}
        self.leaky = sorted(leaky.values(), key=lambda file: file.path)

    def look_at_names(self, paths: Iterable[Path]) -> None:
        """Look for tokens in the paths of files, as far as a report shows them."""
        leaky = {file.path: file for file in self.leaky}
        for path in paths:
            project, name = self.project(path), relative_name(path, absolute("."))
            if project.excludes(path):
                continue
            found = tuple(names.in_name(name, project.ignored(path, self.today), self.names))
            shown = tuple(each for each in found if is_shown(each.finding, project))
            file = leaky.get(path, LeakyFile(path, None, project))
            leaky |= {path: replace(file, excerpts=(*shown, *file.excerpts))} if shown else {}
        self.leaky = sorted(leaky.values(), key=lambda file: file.path)


def scan_paths(paths: Iterable[str], track: Track, today: date, known: Sequence[Path] = ()) -> Scan:
    """Return the tokens in files, and in all files below folders, sorted by path.

    `track` is given the files to read, and gives them back one by one, to show progress. Files
    below the paths that are `known` to have held a token are read even if the search of a folder
    finds none in them: only a file that was read can show that its token is gone.
    """
    scan = Scan(today)
    named: dict[Path, bool] = {}
    listed: list[Path] = []
    for path in map(absolute, paths):
        if read_write.is_folder(path):
            project = scan.project(path / PROJECT_FILE)
            again = [each for each in known if path in each.parents and read_write.is_file(each)]
            found = [*searchable_files(project, path), *again]
            told = files_named(path, _TOLD_BY_NAME)
            listed += told
            named |= dict.fromkeys(found, False) | named
            packed = filter(archives.is_archive, told)
            scan.archives.update(each for each in packed if not project.excludes(each))
        else:
            named[path] = True
    for path in track(sorted(_without_doubles(named))):
        scan.add(path, look_into(path, scan.project(path), today), named=named[path])
    scan.look_again((path, read_write.read_bytes(path)) for path in sorted(scan.looked))
    scan.look_at_names(sorted({*named, *listed}))
    return scan


def scan_staged(paths: Sequence[str], today: date) -> Scan | None:
    """Return the tokens that the next commit would add, below the paths if there are any.

    `None` if git cannot tell.
    """
    folder = absolute(".")
    staged = git.staged_files(folder)
    if staged is None:
        return None
    # git answers with real paths: a path through a link would be below none of them.
    below = [absolute(path).resolve() for path in paths]
    wanted = [
        file
        for file in staged
        if not below or any(path in (file.path, *file.path.parents) for path in below)
    ]
    scan = Scan(today)
    for path, data in git.contents(folder, wanted):
        project = scan.project(path)
        packed = archives.is_archive(path) or archives.is_packed(data or b"")
        if packed and not project.excludes(path):
            scan.archives.add(path)
        if data is None:
            scan.add(path, Unreadable(path, _NOT_HERE))
        # A pattern of the settings may match anything: then no content can be left out unread.
        elif project.patterns or prefilters.can_hold_a_token(data):
            scan.add(path, look_at(path, data, project, today), named=False)
        else:
            scan.looked.add(path)
    scan.look_again(git.contents(folder, wanted))
    scan.look_at_names(file.path for file in wanted)
    return scan


def scan_text(data: bytes, name: str, today: date) -> Scan:
    """Return the tokens in bytes, read as the content of a file of that name."""
    path = absolute(name)
    scan = Scan(today)
    scan.add(path, look_at(path, data, scan.project(path), today))
    scan.look_at_names([path])
    return scan


def _settled(folder: Path | None) -> Project:
    project = load_project(folder)
    if not may_be_half_written(project):
        return project
    time.sleep(PAUSE)
    return load_project(folder)


def relative_name(path: PurePath, folder: PurePath) -> str:
    """Return a path with `/`, relative to the folder if it is inside; a token may stand in it."""
    return (path.relative_to(folder) if folder in path.parents else path).as_posix()


def absolute(path: str) -> Path:
    """Return the absolute path, with its links left as they are."""
    return Path(os.path.abspath(path))  # noqa: PTH100, Path.resolve would follow links


def _repeats(data: bytes, known: Known) -> bool:
    return any(find_repeated(read_write.decode_any(data).text, (), known))


def _without_doubles(paths: Iterable[Path]) -> Iterator[Path]:
    # Files come before links: a link is read only if its target is not among the files.
    seen = set()
    for path in sorted(paths, key=read_write.is_link):
        real = os.path.realpath(path)
        if real not in seen:
            yield path
        seen.add(real)
