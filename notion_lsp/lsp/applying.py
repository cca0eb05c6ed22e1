"""An edit that the client is asked to make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.exceptions import JsonRpcException

if TYPE_CHECKING:
    from notion_lsp.explain.shown import Shown
    from notion_lsp.lsp.session import NotionServer


async def applied(server: NotionServer, edit: types.WorkspaceEdit | None, label: Shown) -> bool:
    """Have the client make an edit, if there is one, and return whether it has made it."""
    # LSP 3.17: a client need not know the request, and one that fails at it may answer by an error.
    if edit is None or not server.capabilities.apply_edit:
        return False
    try:
        params = types.ApplyWorkspaceEditParams(edit, label=label)
        return (await server.workspace_apply_edit_async(params)).applied
    except JsonRpcException:
        return False
