"""The command that asks Notion whether a token is live, once the person has agreed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lsprotocol import types

from notion_lsp.explain.liveness import (
    Live,
    Restricted,
    may_be_anothers,
    sentence,
    what_is_sent,
    why_not_asked,
)
from notion_lsp.explain.shown import plain
from notion_lsp.lsp.questions import agrees, tell
from notion_lsp.respond.liveness import ask, host

if TYPE_CHECKING:
    from notion_lsp.lsp.session import NotionServer
    from notion_lsp.respond.named import Named

_YES = plain("Ask Notion")


async def ask_notion(server: NotionServer, named: Named) -> None:
    """Tell the person what Notion says of a token, unless they do not want it sent.

    What keys of other vendors look like is asked about once more.
    """
    if why_not := why_not_asked(named.finding):
        tell(server, types.MessageType.Info, why_not)
        return
    questions = [what_is_sent(named.shown, host())]
    if named.finding.kind.is_shared:
        questions.append(may_be_anothers(named.shown, host()))
    for question in questions:
        if not await agrees(server, question, _YES, "notion-lsp live"):
            return
    liveness = await asyncio.to_thread(ask, named.token)
    alarming = isinstance(liveness, Live | Restricted)
    level = types.MessageType.Warning if alarming else types.MessageType.Info
    tell(server, level, f"{named.shown}: {sentence(liveness)}")
