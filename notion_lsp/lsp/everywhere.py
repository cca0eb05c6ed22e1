"""Where tokens stand in the whole workspace: the files that hold them, and how many places.

For a count, the files are searched once after each change of a saved file, and what is typed is
looked into anew each time.
"""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.check.fix import fix, keep
from notion_lsp.check.look import LeakyFile
from notion_lsp.detect.finding import fingerprint, token_of
from notion_lsp.explain import messages
from notion_lsp.files import read_write
from notion_lsp.files.read_write import Decoded
from notion_lsp.files.uris import path_to_uri
from notion_lsp.ignore.review import review
from notion_lsp.lsp import closed_files
from notion_lsp.positions import LineIndex
from notion_lsp.project.search import belongs_here
from notion_lsp.subject import Places

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from notion_lsp.detect.finding import Finding
    from notion_lsp.ignore.ignore_file import Ignored
    from notion_lsp.lsp.progress import Progress
    from notion_lsp.lsp.session import NotionServer
    from notion_lsp.lsp.snapshot import Snapshot
    from notion_lsp.project.project import Project


class _Buffer(NamedTuple):
    text: str
    language_id: str | None


class _Look(NamedTuple):
    project: Project
    path: Path
    buffer: _Buffer | None
    ignored: Ignored


async def counted(server: NotionServer, snapshot: Snapshot, asked: Sequence[Finding]) -> Snapshot:
    """Return the snapshot with the places of these tokens, as far as they are known by now."""
    files = await server.searched.files(server.next_change(), partial(_all, server))
    if files is None:
        return snapshot
    looks = [
        _look(server, server.configuration.project(document.uri), path)
        for path, document in server.documents_on_disk().items()
        if server.configuration.folder(document.uri)
    ]
    tokens = {each: fingerprint(token_of(snapshot.subject.text, each)) for each in asked}
    every = await asyncio.to_thread(_every, files, looks, set(tokens.values()))
    # What the text itself says of such a token is made for its other actions.
    alone = {each for each, token in tokens.items() if _is_alone(snapshot, each, every.get(token))}
    places = await asyncio.to_thread(_places, every, tokens, alone)
    subject = replace(snapshot.subject, places=places, only_here=frozenset(alone))
    return replace(snapshot, subject=subject)


def _is_alone(snapshot: Snapshot, finding: Finding, files: Sequence[LeakyFile] | None) -> bool:
    path = None if snapshot.subject.cell else snapshot.subject.path
    return [(file.path, file.findings) for file in files or ()] == [(path, (finding,))]


async def leaky_files(
    server: NotionServer, progress: Progress | None = None
) -> AsyncIterator[LeakyFile]:
    """Yield the files of the folders that hold tokens, as they are in their buffers or saved."""
    for project in closed_files.projects(server):
        # What is typed and not saved yet is not found by a search of the disk.
        folder = server.configuration.folder
        opened = {
            path
            for path, document in server.documents_on_disk().items()
            if folder(document.uri) == project.folder
        }
        found = opened.union(_closed(await closed_files.files_to_read(server, project), opened))
        # What is on the disk of an open notebook may be older than its cells.
        paths = sorted(path for path in found if not server.notebook(path_to_uri(path)))
        for done, path in enumerate(paths):
            if progress and progress.cancelled:
                return
            if progress:
                progress.report(done, len(paths))
            leaky = await asyncio.to_thread(_leaky_file, _look(server, project, path))
            if leaky is not None:
                yield leaky


def of_token(files: Iterable[LeakyFile], token: str | None) -> list[LeakyFile]:
    """Return the files that hold a token, by its fingerprint, each with that token alone."""
    kept = (file._replace(findings=_same(file, token)) for file in files)
    return [file for file in kept if file.findings]


def _same(file: LeakyFile, token: str | None) -> tuple[Finding, ...]:
    return tuple(
        each for each in file.findings if token in {None, fingerprint(token_of(file.text, each))}
    )


def _look(server: NotionServer, project: Project, path: Path) -> _Look:
    document = server.documents_on_disk().get(path)
    buffer = _Buffer(document.source, document.language_id) if document else None
    return _Look(project, path, buffer, project.ignored(path, server.today))


async def _all(server: NotionServer) -> list[LeakyFile]:
    return [each async for each in leaky_files(server)]


def _every(
    files: Iterable[LeakyFile], looks: Sequence[_Look], wanted: set[str]
) -> dict[str, list[LeakyFile]]:
    known = {file.path: file for file in files}
    every = [known[path] for path in _closed(known, [look.path for look in looks])]
    every += [file for look in looks if (file := _leaky_file(look))]
    return _by_token(every, wanted)


def _places(
    every: Mapping[str, Sequence[LeakyFile]], tokens: Mapping[Finding, str], alone: set[Finding]
) -> dict[Finding, Places]:
    others = {token for finding, token in tokens.items() if finding not in alone}
    by_token = {token: files for token, files in every.items() if token in others}
    able = _able(by_token) if len(by_token) > 1 else {}
    # Where one stays, another may be in its way: it is tried alone.
    counts = {token: able.get(token) or _count(files) for token, files in by_token.items()}
    return {
        finding: counts.get(token, Places(0, 0))
        for finding, token in tokens.items()
        if finding not in alone
    }


def _closed(paths: Iterable[Path], opened: Iterable[Path]) -> list[Path]:
    # A folder may be a link: a document counts for its file, whatever path that is found by.
    real = set(map(os.path.realpath, opened))
    return [path for path in paths if os.path.realpath(path) not in real]


def _by_token(files: Iterable[LeakyFile], wanted: set[str]) -> dict[str, list[LeakyFile]]:
    # The files that hold each token, with that token alone.
    by_token: dict[str, list[LeakyFile]] = {}
    for file in files:
        own: dict[str, list[Finding]] = {}
        for finding in file.findings:
            own.setdefault(fingerprint(token_of(file.text, finding)), []).append(finding)
        for token in wanted.intersection(own):
            by_token.setdefault(token, []).append(file._replace(findings=tuple(own[token])))
    return by_token


def _able(by_token: Mapping[str, Sequence[LeakyFile]]) -> dict[str, Places]:
    # The tokens that are replaced in all of their places where all tokens are replaced at once.
    together: dict[Path, LeakyFile] = {}
    for file in chain.from_iterable(by_token.values()):
        known = together.get(file.path, file._replace(findings=()))
        together[file.path] = known._replace(findings=known.findings + file.findings)
    done = {
        (fixed.file.path, outcome.line, outcome.column)
        for fixed in fix(tuple(together.values()), None, keep)
        for outcome in fixed.outcomes
        if outcome.done
    }
    indexes = {path: _index(file) for path, file in together.items()}
    places = {token: [*_placed(files, indexes)] for token, files in by_token.items()}
    return {
        token: Places(len(those), len(those))
        for token, those in places.items()
        if done.issuperset(those)
    }


def _index(file: LeakyFile) -> LineIndex:
    return file.content.lines() if file.content else LineIndex("")


def _placed(
    files: Iterable[LeakyFile], indexes: Mapping[Path, LineIndex]
) -> Iterator[tuple[Path, int, int]]:
    # As an outcome says where it is.
    for file in files:
        for finding in file.findings:
            line, column = indexes[file.path].position(finding.span.start, "utf-32")
            yield file.path, line + 1, column + 1


def _count(files: Sequence[LeakyFile]) -> Places:
    outcomes = [each for fixed in fix(files, None, keep) for each in fixed.outcomes]
    return Places(sum(each.done for each in outcomes), len(outcomes))


def _leaky_file(look: _Look) -> LeakyFile | None:
    project, path, buffer, ignored = look
    read = Decoded(buffer.text, "utf-8", b"") if buffer else read_write.read(path)
    # Open files come without a search, which would have left these out.
    if isinstance(read, read_write.Unreadable) or project.excludes(path) or belongs_here(path):
        return None
    found = tuple(
        finding
        for finding in review(read.text, ignored, patterns=project.patterns).findings
        if messages.severity(finding, project.settings) != "off"
    )
    language_id = buffer.language_id if buffer else None
    return LeakyFile(path, read, project, (), found, language_id) if found else None
