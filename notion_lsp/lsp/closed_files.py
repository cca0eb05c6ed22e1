"""The files of the workspace that nobody has open: for workspace pulls and the scan command.

A file at a time, each in a thread of the loop's own pool, so that typing stays quick.
"""

from __future__ import annotations

import asyncio
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from lsprotocol import types

from notion_lsp.detect.repeated import UNKNOWN, Known
from notion_lsp.explain import messages
from notion_lsp.explain.shown import plain
from notion_lsp.files import read_write
from notion_lsp.files.read_write import Unreadable
from notion_lsp.files.uris import path_to_uri
from notion_lsp.lsp import convert, diagnostics
from notion_lsp.lsp.progress import Progress
from notion_lsp.positions import LineIndex
from notion_lsp.project.search import searchable_files

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from notion_lsp.check.excerpts import Excerpt
    from notion_lsp.check.left_out import LeftOut
    from notion_lsp.check.look import LeakyFile, Looked, QuietFile
    from notion_lsp.explain.shown import Shown
    from notion_lsp.lsp.session import NotionServer
    from notion_lsp.project.project import Project


async def workspace_report(
    server: NotionServer, known: dict[str, str]
) -> types.WorkspaceDiagnosticReport:
    """Return what the client does not know, by result id; wait until there is something.

    An answer without news would be asked for again at once: VS Code does so every two seconds.
    """
    server.told.pulls = True
    while True:
        # Taken before the files are read, so that a change meanwhile wakes this pull, too.
        change = server.next_change()
        reports = await _reports(server, known)
        news = [
            each
            for each in reports
            if isinstance(each, types.WorkspaceFullDocumentDiagnosticReport)
        ]
        server.told.pulled |= {*known, *(each.uri for each in news)}
        server.told.pulled -= {each.uri for each in news if not each.items}
        if news:
            return types.WorkspaceDiagnosticReport(reports)
        await change.wait()


class _Scanned(NamedTuple):
    """What a scan has found, by address, and what it could not or was not to look at."""

    found: dict[str, list[types.Diagnostic]]
    unread: list[str]
    left_out: LeftOut
    held: dict[Path, Known]  # the tokens of each file

    @property
    def tokens(self) -> int:
        return sum(map(len, self.found.values()))

    def add(self, path: Path, made: list[types.Diagnostic]) -> None:
        """Add the diagnostics of a file, if there are any."""
        self.found.update({path_to_uri(path): made} if made else {})

    def summary(self) -> Shown:
        said = f"Tokens found: {self.tokens}. Files that could not be read: {len(self.unread)}."
        return plain(" ".join([said, *self.left_out.sentences()]))


async def scan(server: NotionServer) -> dict[str, Any]:
    """Scan the folders; show what is found, and return how many files and tokens that is."""
    from notion_lsp.check.left_out import LeftOut  # a start need not wait for it

    scanned = _Scanned({}, [], LeftOut(), {})
    async with Progress(server, plain("Looking for Notion tokens")) as progress:
        await _scan_into(scanned, server, progress)
        progress.summary = scanned.summary()
    _show(server, scanned.found, complete=not progress.cancelled)
    return {
        "files": len(scanned.found),
        "tokens": scanned.tokens,
        "unread": scanned.unread,
        "leftOut": scanned.left_out.sentences(),
        "cancelled": progress.cancelled,
    }


async def _scan_into(scanned: _Scanned, server: NotionServer, progress: Progress) -> None:
    paths = [
        (project, path)
        for project in projects(server)
        for path in await files_to_read(server, project)
    ]
    for done, (project, path) in enumerate(paths):
        if progress.cancelled:
            return
        progress.report(done, len(paths))
        scanned.left_out.add_file(path, project)
        looked = await asyncio.to_thread(_look, server, project, path)
        if isinstance(looked, Unreadable):
            scanned.unread.extend([path_to_uri(path)] if _matters(looked) else [])
        elif looked:
            scanned.left_out.add_tokens(looked.left_out, project)
            scanned.add(path, await asyncio.to_thread(_made, server, looked))
            scanned.held[path] = _tokens(looked)
    await _look_again(scanned, server, progress, paths)


async def _look_again(
    scanned: _Scanned, server: NotionServer, progress: Progress, paths: list[tuple[Project, Path]]
) -> None:
    # What one file has may be part of a longer word in another one.
    held = scanned.held.values()
    known = Known({token: at for each in held for token, at in each.findings.items()})
    for project, path in paths:
        if progress.cancelled:
            return
        if not known.are_among(scanned.held.get(path, UNKNOWN)):
            looked = await asyncio.to_thread(_look, server, project, path, known)
            scanned.add(path, await asyncio.to_thread(_made, server, looked))


async def _reports(
    server: NotionServer, known: dict[str, str]
) -> list[types.WorkspaceDocumentDiagnosticReport]:
    reports: list[types.WorkspaceDocumentDiagnosticReport] = []
    seen = set[str]()
    async for uri, made in _closed_files(server):
        result = convert.result_id(made)
        seen.add(uri)
        # LSP 3.17: "unchanged" may answer only a result id that the client has sent.
        if known.get(uri) == result:
            reports.append(types.WorkspaceUnchangedDocumentDiagnosticReport(uri, result))
        elif made or uri in known:
            reports.append(types.WorkspaceFullDocumentDiagnosticReport(uri, made, result_id=result))
    # A file that is deleted or clean is not read: an empty report takes back what was shown.
    opened = {path_to_uri(path) for path in server.documents_on_disk()}
    # VS Code forgets the result of one that it closes, and shows it on until it is told otherwise.
    empty = convert.result_id([])
    reports += [
        types.WorkspaceFullDocumentDiagnosticReport(uri, [], result_id=empty)
        for uri in sorted((known.keys() | server.told.pulled) - seen - opened)
        if known.get(uri) != empty
    ]
    return reports


async def _closed_files(
    server: NotionServer,
) -> AsyncIterator[tuple[str, list[types.Diagnostic]]]:
    for project in projects(server):
        for path in await files_to_read(server, project):
            uri = path_to_uri(path)
            # An open file has its own pull, and its buffer counts, not the disk.
            if not server.is_open(uri):
                made = await asyncio.to_thread(file_diagnostics, server, project, path)
                yield uri, made or []


def projects(server: NotionServer) -> list[Project]:
    """Return the projects of the workspace's folders."""
    return [server.configuration.folder_project(folder) for folder in server.configuration.folders]


async def files_to_read(server: NotionServer, project: Project) -> list[Path]:
    """Return the files of a folder that can hold a token."""
    # A workspace folder inside another one has its own project, and is searched with that.
    found = await asyncio.to_thread(searchable_files, project)
    folder = server.configuration.folder
    return [path for path in found if folder(path_to_uri(path)) == project.folder]


def file_diagnostics(
    server: NotionServer, project: Project, path: Path
) -> list[types.Diagnostic] | None:
    """Return the diagnostics of a file as it is on the disk, `None` where it cannot be read."""
    looked = _look(server, project, path)
    return None if isinstance(looked, Unreadable) and _matters(looked) else _made(server, looked)


def _look(server: NotionServer, project: Project, path: Path, known: Known = UNKNOWN) -> Looked:
    from notion_lsp.check.look import look_into  # a start need not wait for it

    return look_into(path, project, server.today, known)


def _matters(unread: Unreadable) -> bool:
    # A binary file has no text to look into: nothing of it is left unread.
    return unread.reason not in read_write.NOT_FOR_READING


def _made(server: NotionServer, looked: Looked) -> list[types.Diagnostic]:
    from notion_lsp.check.look import LeakyFile

    return _diagnostics(server, looked) if isinstance(looked, LeakyFile) else []


def _tokens(looked: LeakyFile | QuietFile) -> Known:
    from notion_lsp.check.look import LeakyFile

    return looked.tokens if isinstance(looked, LeakyFile) else UNKNOWN


def _diagnostics(server: NotionServer, file: LeakyFile) -> list[types.Diagnostic]:
    project = file.project
    example = project.is_example(file.path)
    severities = [
        (excerpt, shown)
        for excerpt in file.excerpts
        if (shown := convert.severity(excerpt.finding, project.settings, example=example))
    ]
    most = project.settings.maximum_findings
    more = len(severities) - most
    # As in an open document: of too many, the worst, and the last says how many more.
    chosen = sorted(severities, key=itemgetter(1))[:most] if more > 0 else severities
    made = [_diagnostic(server, file.path, *each, example=example) for each in chosen]
    if more > 0:
        made[-1].message += messages.and_more(more)
    return made


def _diagnostic(
    server: NotionServer,
    path: Path,
    excerpt: Excerpt,
    shown: types.DiagnosticSeverity,
    *,
    example: bool,
) -> types.Diagnostic:
    index, uri = LineIndex(excerpt.text, excerpt.origin), path_to_uri(path)
    first, *others = (
        convert.span_range(index, span, server.encoding) for span in excerpt.finding.spans
    )
    message = messages.describe_again(
        excerpt.finding, excerpt.text, excerpt.expired, example=example
    )
    pieces = [(types.Location(uri, place), diagnostics.ANOTHER_PIECE) for place in others]
    return convert.diagnostic(excerpt.finding, message, first, shown, pieces)


def _show(
    server: NotionServer, found: dict[str, list[types.Diagnostic]], *, complete: bool
) -> None:
    if server.told.pulls:
        diagnostics.refresh(server)
        return
    closed = {uri: made for uri, made in found.items() if not server.is_open(uri)}
    # Of the files that a cancelled scan has not come to, what was known still holds.
    for uri in server.told.pushed - closed.keys() if complete else ():
        diagnostics.clear(server, uri)
    for uri, made in closed.items():
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, made))
    server.told.pushed = set(closed) | (set() if complete else server.told.pushed)
