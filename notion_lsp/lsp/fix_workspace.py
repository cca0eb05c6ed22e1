"""Tokens taken out of all files of the workspace: one edit, which the editor may ask about."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from notion_lsp.assists import Change, FileChange
from notion_lsp.check.fix import fix, keep
from notion_lsp.check.outcomes import summary
from notion_lsp.explain.shown import composed, joined, plain, plain_masked
from notion_lsp.files.uris import uri_to_path
from notion_lsp.lsp import convert, notebooks
from notion_lsp.lsp.applying import applied
from notion_lsp.lsp.edits import EditForm, Opened
from notion_lsp.lsp.everywhere import leaky_files, of_token
from notion_lsp.lsp.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.check.fix import FixedFile
    from notion_lsp.check.look import LeakyFile
    from notion_lsp.check.outcomes import Outcome
    from notion_lsp.explain.shown import Shown
    from notion_lsp.lsp.session import NotionServer

_LABEL = plain("Read Notion tokens from their store")
_NO_FOLDER = plain("notion-lsp: no folder is open.")
_NOT_MADE = plain("No token was replaced: the editor has not made the change.")


async def replace_everywhere(server: NotionServer, token: str | None) -> dict[str, Any]:
    """Have the editor take a token, by its fingerprint, or all of them out of the folders' files.

    Return how many tokens there were and how many it replaced: 0 where the edit was refused.
    """
    async with Progress(server, plain("Replacing Notion tokens")) as progress:
        leaky = of_token([each async for each in leaky_files(server, progress)], token)
        if progress.cancelled:
            return {"tokens": 0, "replaced": 0}
    fixed = await asyncio.to_thread(lambda: list(fix(leaky, None, keep)))
    outcomes = [outcome for file in fixed for outcome in file.outcomes]
    done = sum(outcome.done for outcome in outcomes)
    if done and (why_not := await _why_not_made(server, fixed)):
        server.window_show_message(convert.message(types.MessageType.Info, why_not))
        return {"tokens": len(outcomes), "replaced": 0}
    said = [summary(outcomes, written=True) if server.configuration.folders else _NO_FOLDER]
    said += [
        _left(file.file.path, each) for file in fixed for each in file.outcomes if not each.done
    ]
    for uri in notebooks.leaky(server):
        name = plain_masked(Path(uri_to_path(uri) or uri).name)
        said.append(composed("{name}: It is open as a notebook: fix its cells there.", name=name))
    server.window_show_message(convert.message(types.MessageType.Info, joined(said, "\n")))
    return {"tokens": len(outcomes), "replaced": done}


def _left(path: Path, outcome: Outcome) -> Shown:
    return composed(
        "{name}:{line}: {message}",
        name=plain_masked(path.name),
        line=outcome.line,
        message=outcome.message,
    )


async def _why_not_made(server: NotionServer, fixed: Sequence[FixedFile]) -> Shown | None:
    # What was typed since has moved the places; and one file may need what is put into another.
    if typed_in := [each.file.path for each in fixed if not _is_as_read(server, each.file)]:
        name = plain_masked(typed_in[0].name)
        return composed("No token was replaced: {name} has changed meanwhile.", name=name)
    # An editor that asks first may come back with a no.
    return None if await applied(server, _edit(server, fixed), _LABEL) else _NOT_MADE


def _is_as_read(server: NotionServer, file: LeakyFile) -> bool:
    document = server.documents_on_disk().get(file.path)
    # Without a document, the file was closed since, or comes from the disk.
    return document.source == file.text if document else file.language_id is None


def _edit(server: NotionServer, fixed: Sequence[FixedFile]) -> types.WorkspaceEdit | None:
    beside = tuple(
        FileChange(file.file.path, file.file.text, file.edits) for file in fixed if file.edits
    )
    opened = {
        path: Opened(document.uri, document.version)
        for path, document in server.documents_on_disk().items()
    }
    form = EditForm(server.capabilities, server.encoding, opened)
    return form.workspace_edit(Change((), beside), None, _LABEL)
