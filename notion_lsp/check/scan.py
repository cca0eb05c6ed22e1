"""The tokens in what a call names: files and folders, the index of git, or standard input.

Only files with tokens are kept, and of these only excerpts if they are large: the memory does not
depend on the size of the tree.
"""

from __future__ import annotations

import os
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from notion_lsp.check import names
from notion_lsp.check.content import Content, Source
from notion_lsp.check.content.paths import source as from_paths
from notion_lsp.check.left_out import LeftOut
from notion_lsp.check.projects import Projects
from notion_lsp.detect import glance
from notion_lsp.files import read_write
from notion_lsp.files.git_stream import GitError
from notion_lsp.files.read_write import Unreadable
from notion_lsp.files.uris import relative_name
from notion_lsp.project import archives

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from notion_lsp.check.content import Version
    from notion_lsp.check.content.image import Image
    from notion_lsp.check.content.paths import Track
    from notion_lsp.check.excerpts import Excerpt
    from notion_lsp.check.look import LeakyFile
    from notion_lsp.detect.repeated import Known
    from notion_lsp.files.git_stream import Repository
    from notion_lsp.files.image_archive import Member


def moment() -> datetime:
    """Return the time in UTC."""
    return datetime.now(timezone.utc)


def _what_failed() -> str:
    from notion_lsp.files import git_history
    from notion_lsp.files.git_stream import repository_around

    return git_history.what_failed(repository_around(absolute(".")))


class Scan:
    """What a scan has found so far, what it could not read, and the projects that it came to.

    `looked` are the text files that it has read, with tokens or without. Unless `everything` is
    wanted, tokens that were there before are `older`. `versions` has the contents of a history that
    have a token, by the token. `image` is what was scanned, if that is one. `began` is in UTC.
    """

    def __init__(self, today: date, *, everything: bool = True, image: Image | None = None) -> None:
        self.today = today
        self.everything = everything
        self.image = image
        self.began = moment()
        self.leaky: list[LeakyFile] = []
        self.unread: list[Unreadable] = []
        self.archives: set[Path] = set()
        self.projects = Projects()
        self.project = self.projects.of
        self.looked: set[Path] = set()
        self.left_out = LeftOut()
        self.older: list[tuple[Path, Excerpt]] = []
        self.versions: dict[str, list[Version]] = {}
        self._told: set[str] = set()
        self._names: set[str] = set()

    def look_at(self, source: Source) -> Scan:
        """Look for tokens in all that a source has, and return the scan."""
        try:
            for content in source.contents():
                self._add(content)
            # As far as a report shows them.
            odd = list(filter(names.may_hold_a_token, source.names))
            if known := self._known(odd):
                self._look_again(source, known)
                self._look_at_names(source, odd, known)
        except GitError:
            self.unread.append(Unreadable(absolute("."), _what_failed()))
        self.leaky.sort(key=lambda file: file.path)
        self.archives |= source.archives
        # What one version brings, the next one has had before; to all of them together it is new.
        self.older = [each for each in self.older if each[1].token not in self._told]
        return self

    def _add(self, content: Content) -> None:
        path, project = content.path, self.project(content.path)
        if not (project.patterns or _is_to_be_read(content)):
            # A pattern of the settings may match anything: then nothing is left unread.
            self.looked.add(path)
            self._add_archive(content)
            return
        # Most calls of a hook never come here, and this loads all that finds and ignores tokens.
        from notion_lsp.check.look import LeakyFile, look

        found = look(content, project, self.today)
        if isinstance(found, Unreadable):
            self._add_unread(content, found)
            return
        if not self.left_out.add_file(path, project):
            self.looked.add(path)
            self._add_archive(content)
        if found:
            self.left_out.add_tokens(found.left_out, project)
        if isinstance(found, LeakyFile):
            self._add_leaky(found, content)

    def _add_leaky(self, found: LeakyFile, content: Content) -> None:
        tokens, found = found.tokens, self._brought(found, content)
        if content.version:
            for token in tokens.findings:
                self.versions.setdefault(token, []).append(content.version)
            # Of all the versions that bring a token, the first one shows it.
            old = tuple(each for each in found.excerpts if each.token in self._told)
            self._told |= found.tokens.findings.keys()
            found = _without(found, old)._replace(content=None)
        self.leaky += [found] if found.excerpts else []

    def _brought(self, found: LeakyFile, content: Content) -> LeakyFile:
        if self.everything or not content.before:
            return found
        from notion_lsp.check.look import tokens_before

        earlier = tokens_before(content.before(), found.project.patterns, found.tokens)
        old = tuple(each for each in found.excerpts if each.token in earlier)
        told = ((found.path, each) for each in old)
        self.older += [each for each in told if each not in self.older]
        return _without(found, old)

    def _add_unread(self, content: Content, found: Unreadable) -> None:
        # A binary or vanished file matters only if somebody has named it.
        is_text = found.reason not in read_write.NOT_FOR_READING
        if content.named or (is_text and not read_write.is_gone(content.path)):
            self.unread.append(found)
        elif found.reason == read_write.PACKED:
            self.archives.add(content.path)

    def _add_archive(self, content: Content) -> None:
        # One that a search has found is told by what it cannot be read for.
        if not content.sifted and isinstance(content.data, bytes):
            self.archives |= {content.path} if archives.is_packed(content.data) else set()

    def _look_again(self, source: Source, known: Known) -> None:
        # For the tokens found so far elsewhere, where they may be part of a word.
        from notion_lsp.check.look import LeakyFile, look
        from notion_lsp.detect.repeated import UNKNOWN

        told, again = {file.path: file.tokens for file in self.leaky}, dict[Path, LeakyFile]()
        for content in source.contents() if source.again is None else source.again():
            path, project = content.path, self.project(content.path)
            has_all = isinstance(content.data, bytes) and known.are_among(told.get(path, UNKNOWN))
            if not has_all and (project.patterns or _is_to_be_read(content)):
                found = look(content, project, self.today, known)
                found = self._brought(found, content) if isinstance(found, LeakyFile) else None
                again |= {path: found} if found and found.excerpts else {}
        self.unread = [each for each in self.unread if each.path not in again]
        others = (file for file in self.leaky if file.path not in again)
        self.leaky = sorted([*others, *again.values()], key=lambda file: file.path)

    def _known(self, odd: Sequence[Path]) -> Known | None:
        told = [each for file in self.leaky for each in file.excerpts]
        told += [each for _, each in self.older]
        if not (told or odd):
            return None
        from notion_lsp.detect.repeated import Known

        known = {each.token: each.finding for each in told}
        for path in odd:
            known |= {} if self.project(path).excludes(path) else names.tokens_in(_name(path))
        return Known(known)

    def _look_at_names(self, source: Source, odd: Sequence[Path], known: Known) -> None:
        from notion_lsp.check.look import is_shown

        named: dict[Path, tuple[Excerpt, ...]] = {}
        for path in odd:
            project, name = self.project(path), _name(path)
            if project.excludes(path):
                continue
            for token in names.tokens_in(name) if path in source.versions else ():
                self.versions.setdefault(token, []).extend(source.versions[path])
            found = tuple(
                names.in_name(name, project.ignored(path, self.today), self._names, known)
            )
            shown = tuple(each for each in found if is_shown(each.finding, project))
            if path in source.earlier and not self.everything:
                self.older += ((path, each) for each in shown)
            else:
                named |= {path: shown} if shown else {}
        self._add_names(named)

    def _add_names(self, named: dict[Path, tuple[Excerpt, ...]]) -> None:
        from notion_lsp.check.look import LeakyFile

        # A file that is there more than once, as in a history, has its name once.
        files = [
            file._replace(excerpts=(*named.pop(file.path, ()), *file.excerpts))
            for file in self.leaky
        ]
        files += [LeakyFile(path, None, self.project(path), each) for path, each in named.items()]
        self.leaky = sorted(files, key=lambda file: file.path)


def scan_paths(paths: Iterable[str], track: Track, today: date, known: Sequence[Path] = ()) -> Scan:
    """Return the tokens in files, and in all files below folders, sorted by path.

    `track` and `known` are those of the source of paths.
    """
    scan = Scan(today)
    return scan.look_at(from_paths(map(absolute, paths), scan.project, track, known))


def scan_staged(paths: Sequence[str], today: date, *, everything: bool) -> Scan | None:
    """Return the tokens that the next commit brings, below the paths if there are any.

    With `everything`, those too that stood there before. `None` if git cannot tell.
    """
    from notion_lsp.check.content.staged import source as from_index

    scan = Scan(today, everything=everything)
    source = from_index(absolute("."), [absolute(path) for path in paths], scan.project)
    return scan.look_at(source) if source else None


def scan_history(
    repository: Repository,
    today: date,
    revisions: Sequence[str] = (),
    refs: Sequence[str] = (),
    *,
    everything: bool = True,
) -> Scan:
    """Return the tokens of all that a repository has ever held, or of what the revisions bring.

    Each is told once; the names of the refs are searched too. With `everything`, what the revisions
    bring counts too where it stood before.
    """
    from notion_lsp.check.content.history import source as from_history

    scan = Scan(today, everything=everything)
    return scan.look_at(from_history(repository, scan.project, revisions, refs))


def scan_image(name: str, parts: Iterable[Member], today: date) -> Scan:
    """Return the tokens in the parts of an image."""
    from notion_lsp.check.content.image import Image

    image = Image(absolute(name))
    scan = Scan(today, image=image)
    return scan.look_at(image.source(parts, scan.project))


def scan_text(data: bytes, name: str, today: date) -> Scan:
    """Return the tokens in bytes, read as the content of a file of that name."""
    path = absolute(name)
    contents = [Content(path, data, named=True)]
    return Scan(today).look_at(Source(lambda: contents, [path]))


def absolute(path: str) -> Path:
    """Return the absolute path, with its links left as they are."""
    return Path(os.path.abspath(path))  # noqa: PTH100, Path.resolve would follow links


def _name(path: Path) -> str:
    return relative_name(path, absolute("."))


def _without(found: LeakyFile, excerpts: Sequence[Excerpt]) -> LeakyFile:
    if not excerpts:
        return found
    left = tuple(each for each in found.excerpts if each not in excerpts)
    return found._replace(excerpts=left)


def _is_to_be_read(content: Content) -> bool:
    data = content.data
    if content.sifted or not isinstance(data, bytes) or glance.can_hold_a_token(data):
        return True
    # Whoever names a file that is no text is told so.
    return content.named and read_write.decode(data) is None
