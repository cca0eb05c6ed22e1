"""The command that puts a token into a store, and has the code read it from there."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from notion_lsp.assists import KEEP_IN, Change
from notion_lsp.check.keeping import secrets
from notion_lsp.explain.shown import plain
from notion_lsp.files.programs import outside
from notion_lsp.keep import Exists, keep
from notion_lsp.lookup import remaining
from notion_lsp.lsp.applying import applied
from notion_lsp.lsp.progress import Progress
from notion_lsp.lsp.questions import agrees, tell
from notion_lsp.lsp.snapshot import changed, document_at, require_current, snapshot_of
from notion_lsp.refused import Refused
from notion_lsp.stores import stores

if TYPE_CHECKING:
    from notion_lsp.detect.finding import Finding
    from notion_lsp.keep import Kept, Secret
    from notion_lsp.lsp.session import NotionServer
    from notion_lsp.lsp.snapshot import Snapshot
    from notion_lsp.rewrite.one_text import Rewrite
    from notion_lsp.stores import Store

_REPLACE = plain("Replace")
_COMMAND = "notion-lsp fix --keep"
_LATE = "The text is as it was: choose the action once more."
_ROTATE = "Rotate the token: others may have read the file."


async def put_into_store(server: NotionServer, place: Any) -> dict[str, bool]:  # noqa: ANN401, what the client sends
    """Put the token at a place into the store that the action's `data` names, and edit the text.

    Return whether the store has it, and whether the text was changed. Raises `ContentModified`
    where the text is another one already.
    """
    # The action may have been made some edits ago: its offset must be that of the text now.
    snapshot = snapshot_of(server, document_at(server, place))
    store = stores().get(str(place.get("id")).removeprefix(KEEP_IN))
    finding = snapshot.finding_at(place.get("offset"))
    if store is None or finding is None:
        raise changed()
    # What can be refused without the store is refused before anything is put there.
    rewrite, secret, value = await asyncio.to_thread(_prepared, snapshot, store, finding)
    if isinstance(rewrite, Refused):
        return _left(server, rewrite)
    kept = await _kept(server, secret, value)
    if isinstance(kept, Refused):
        return _left(server, kept)
    edited = await _edited(server, snapshot, rewrite)
    # "Put the token into the store" is done.
    to_do = remaining(row for row in rewrite.remains if not row.storing)
    said = " ".join((*to_do, _ROTATE)) if edited else _LATE
    tell(
        server, types.MessageType.Info, f"The token is in {secret.title} as `{secret.name}`. {said}"
    )
    return {"kept": True, "edited": edited}


def _left(server: NotionServer, refused: Refused) -> dict[str, bool]:
    tell(server, types.MessageType.Warning, f"{refused.reason} The code is left as it is.")
    return {"kept": False, "edited": False}


def _prepared(
    snapshot: Snapshot, store: Store, finding: Finding
) -> tuple[Rewrite | Refused, Secret, str]:
    subject = snapshot.subject
    name = subject.names[finding]
    of = secrets(subject.source, store, {finding: name}, subject.project.settings)
    rewrite = subject.read_from(store, finding, name)
    return rewrite, of[finding], subject.alone.token(finding)


async def _kept(server: NotionServer, secret: Secret, value: str) -> Kept | Refused:
    over: Exists | None = None
    environment = outside(os.environ, server.configuration.folders)
    # Somebody may write another value while the person is asked: then there is a new question.
    while True:
        async with Progress(server, plain(f"Putting the token into {secret.title}")):
            made = await asyncio.to_thread(keep, secret, value, environment, over)
        if not isinstance(made, Exists):
            return made
        if not await agrees(server, made.question(secret), _REPLACE, _COMMAND):
            return made.left(secret)
        over = made


async def _edited(server: NotionServer, snapshot: Snapshot, rewrite: Rewrite) -> bool:
    try:
        require_current(server, snapshot)
    except JsonRpcException:
        return False
    return await applied(server, snapshot.edit(Change(rewrite.edits)), plain(rewrite.title))
