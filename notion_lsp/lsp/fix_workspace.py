"""Tokens taken out of all files of the workspace: one edit, which the editor may ask about."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from lsprotocol import types

from notion_lsp.assists import Change, FileChange
from notion_lsp.check.fix import fix, keep, summary
from notion_lsp.check.scan import LeakyFile
from notion_lsp.detect.finding import fingerprint, token_of
from notion_lsp.explain import messages
from notion_lsp.files import read_write
from notion_lsp.files.read_write import Decoded
from notion_lsp.files.uris import path_to_uri, uri_to_path
from notion_lsp.ignore.review import review
from notion_lsp.lsp import closed_files, notebooks
from notion_lsp.lsp.edits import EditForm
from notion_lsp.lsp.progress import Progress
from notion_lsp.project.search import belongs_here

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from notion_lsp.check.fix import FixedFile
    from notion_lsp.ignore.ignore_file import Ignored
    from notion_lsp.lsp.session import NotionServer
    from notion_lsp.project.project import Project

_LABEL = "Read Notion tokens from their store"
_NO_FOLDER = "notion-lsp: no folder is open."


class _Open(NamedTuple):
    text: str
    language_id: str | None


async def replace_everywhere(server: NotionServer, token: str | None) -> dict[str, Any]:
    """Have the editor take a token, by its fingerprint, or all of them out of the folders' files.

    Return how many tokens there were and how many it replaced: 0 where the edit was refused.
    """
    async with Progress(server, "Replacing Notion tokens") as progress:
        leaky = [each async for each in _leaky_files(server, token, progress)]
        if progress.cancelled:
            return {"tokens": 0, "replaced": 0}
    fixed = await asyncio.to_thread(lambda: list(fix(leaky, None, keep)))
    outcomes = [outcome for file in fixed for outcome in file.outcomes]
    done = sum(outcome.done for outcome in outcomes)
    # An editor that asks first may come back with a no.
    if done and not await _applied(server, fixed):
        return {"tokens": len(outcomes), "replaced": 0}
    said = summary(outcomes, written=True) if server.configuration.folders else _NO_FOLDER
    for file in fixed:
        left = [outcome for outcome in file.outcomes if not outcome.done]
        said += "".join(f"{file.file.path.name}:{each.line}: {each.message}\n" for each in left)
    for uri in notebooks.leaky(server):
        name = Path(uri_to_path(uri) or uri).name
        said += f"{name}: It is open as a notebook: fix its cells there.\n"
    message = types.ShowMessageParams(types.MessageType.Info, said.rstrip("\n"))
    server.window_show_message(message)
    return {"tokens": len(outcomes), "replaced": done}


async def _applied(server: NotionServer, fixed: Sequence[FixedFile]) -> bool:
    beside = tuple(
        FileChange(file.file.path, file.file.text, file.edits) for file in fixed if file.edits
    )
    versions = {path: document.version for path, document in server.documents_on_disk()}
    form = EditForm(server.capabilities, server.encoding, versions)
    edit = form.workspace_edit(Change((), beside), None, _LABEL)
    if edit is None:
        return False
    params = types.ApplyWorkspaceEditParams(edit, label=_LABEL)
    return (await server.workspace_apply_edit_async(params)).applied


async def _leaky_files(
    server: NotionServer, token: str | None, progress: Progress
) -> AsyncIterator[LeakyFile]:
    opened = {
        path: _Open(document.source, document.language_id)
        for path, document in server.documents_on_disk()
    }
    for project in closed_files.projects(server):
        # What is typed and not saved yet is not found by a search of the disk.
        inside = [path for path in opened if project.folder in path.parents]
        found = {*await closed_files.files_to_read(server, project), *inside}
        # What is on the disk of an open notebook may be older than its cells.
        paths = sorted(path for path in found if not server.notebook(path_to_uri(path)))
        for done, path in enumerate(paths):
            if progress.cancelled:
                return
            progress.report(done, len(paths))
            ignored = project.ignored(path, server.today)
            leaky = await asyncio.to_thread(
                _leaky_file, project, path, opened.get(path), token, ignored
            )
            if leaky is not None:
                yield leaky


def _leaky_file(
    project: Project, path: Path, opened: _Open | None, token: str | None, ignored: Ignored
) -> LeakyFile | None:
    read = Decoded(opened.text, "utf-8", b"") if opened else read_write.read(path)
    # Open files come without a search, which would have left these out.
    if isinstance(read, read_write.Unreadable) or project.excludes(path) or belongs_here(path):
        return None
    found = tuple(
        finding
        for finding in review(read.text, ignored, patterns=project.patterns).findings
        if messages.severity(finding, project.settings) != "off"
        and token in {None, fingerprint(token_of(read.text, finding))}
    )
    language_id = opened.language_id if opened else None
    return LeakyFile(path, read, project, (), found, language_id) if found else None
