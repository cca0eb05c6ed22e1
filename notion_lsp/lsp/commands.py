"""The commands that a client can have the server run, by their names."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from notion_lsp.detect.finding import fingerprint
from notion_lsp.explain.pages import ON_REFUSALS
from notion_lsp.explain.shown import plain_masked
from notion_lsp.lsp import closed_files, convert
from notion_lsp.lsp.ids import (
    ASK_NOTION,
    FIX_WORKSPACE,
    KEEP,
    LEAKED,
    SCAN_WORKSPACE,
    WHY_NO_REWRITE,
)
from notion_lsp.lsp.session import NotionServer  # noqa: TC001, pygls reads the annotations

if TYPE_CHECKING:
    from collections.abc import Callable


# pygls takes a parameter with a default for one that has to come: what may come is `*arguments`.
async def scan_workspace(server: NotionServer) -> dict[str, Any]:
    """Scan the folders; return what was counted."""
    return await closed_files.scan(server)


async def fix_workspace(server: NotionServer, *arguments: Any) -> dict[str, Any]:  # noqa: ANN401, what the client sends
    """Take all tokens out of the folders, or the one at a place."""
    from notion_lsp.lsp import actions, fix_workspace

    token = actions.token_at(server, arguments[0]).token if arguments else None
    return await fix_workspace.replace_everywhere(server, fingerprint(token) if token else None)


async def ask_notion(server: NotionServer, place: Any) -> None:  # noqa: ANN401, what the client sends
    """Ask Notion whether the token at a place is live, if the person agrees."""
    from notion_lsp.lsp import actions, liveness

    await liveness.ask_notion(server, actions.token_at(server, place))


async def put_into_store(server: NotionServer, place: Any) -> dict[str, bool]:  # noqa: ANN401, what the client sends
    """Put the token at a place into a store, and have the code read it from there."""
    from notion_lsp.lsp import keeping

    return await keeping.put_into_store(server, place)


async def leaked(server: NotionServer, *arguments: Any) -> dict[str, str]:  # noqa: ANN401, what the client sends
    """Open the page on what to do after a leak: about the token at a place, or about any."""
    from notion_lsp.lsp import guide

    return await guide.open_page(server, next(iter(arguments), None))


async def why_no_rewrite(server: NotionServer, *arguments: Any) -> None:  # noqa: ANN401, what the client sends
    """Open the page on places without a rewrite, or else say why there is none."""
    page = types.ShowDocumentParams(ON_REFUSALS, external=True)
    if server.capabilities.show_document:
        with contextlib.suppress(JsonRpcException):
            if (await server.window_show_document_async(page)).success:
                return
    said = plain_masked(" ".join((*map(str, arguments), f"More: {ON_REFUSALS}")))
    server.window_show_message(convert.message(types.MessageType.Info, said))


COMMANDS: dict[str, Callable[..., Any]] = {
    SCAN_WORKSPACE: scan_workspace,
    FIX_WORKSPACE: fix_workspace,
    ASK_NOTION: ask_notion,
    KEEP: put_into_store,
    LEAKED: leaked,
    WHY_NO_REWRITE: why_no_rewrite,
}
