"""What a person is told in the editor, and asked before something is sent away or replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from notion_lsp.explain.shown import plain, plain_masked
from notion_lsp.lsp import convert

if TYPE_CHECKING:
    from notion_lsp.explain.shown import Shown
    from notion_lsp.lsp.session import NotionServer

_NO = plain("Cancel")


async def agrees(server: NotionServer, question: str, yes: Shown, command: str) -> bool:
    """Ask a person, and return whether the answer is yes.

    Where the client cannot ask, the answer is no, and the person is told which command can.
    """
    params = convert.question(plain_masked(question), yes, _NO)
    try:
        chosen = await server.window_show_message_request_async(params)
    except JsonRpcException:
        cannot = f"This editor cannot ask you first. In a terminal, `{command}` does."
        tell(server, types.MessageType.Info, cannot)
        return False
    return chosen is not None and chosen.title == yes


def tell(server: NotionServer, level: types.MessageType, said: str) -> None:
    """Show a message, with tokens masked."""
    server.window_show_message(convert.message(level, plain_masked(said)))
