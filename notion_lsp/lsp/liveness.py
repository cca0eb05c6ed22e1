"""The command that asks Notion whether a token is live, once the person has agreed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from notion_lsp.explain.liveness import (
    Live,
    Restricted,
    may_be_anothers,
    sentence,
    what_is_sent,
    why_not_asked,
)
from notion_lsp.explain.shown import plain, plain_masked
from notion_lsp.lsp import convert
from notion_lsp.respond.liveness import ask, host

if TYPE_CHECKING:
    from notion_lsp.lsp.session import NotionServer
    from notion_lsp.respond.named import Named

_YES, _NO = plain("Ask Notion"), plain("Cancel")
_CANNOT_ASK = "This editor cannot ask you first. In a terminal, `notion-lsp live` does."


async def ask_notion(server: NotionServer, named: Named) -> None:
    """Tell the person what Notion says of a token, unless they do not want it sent.

    What keys of other vendors look like is asked about once more.
    """
    if why_not := why_not_asked(named.finding):
        _tell(server, types.MessageType.Info, why_not)
        return
    questions = [what_is_sent(named.shown, host())]
    if named.finding.kind.is_shared:
        questions.append(may_be_anothers(named.shown, host()))
    for question in questions:
        if not await _agrees(server, question):
            return
    liveness = await asyncio.to_thread(ask, named.token)
    alarming = isinstance(liveness, Live | Restricted)
    level = types.MessageType.Warning if alarming else types.MessageType.Info
    _tell(server, level, f"{named.shown}: {sentence(liveness)}")


async def _agrees(server: NotionServer, question: str) -> bool:
    params = convert.question(plain_masked(question), _YES, _NO)
    try:
        chosen = await server.window_show_message_request_async(params)
    except JsonRpcException:
        _tell(server, types.MessageType.Info, _CANNOT_ASK)
        return False
    return chosen is not None and chosen.title == _YES


def _tell(server: NotionServer, level: types.MessageType, said: str) -> None:
    server.window_show_message(convert.message(level, plain_masked(said)))
