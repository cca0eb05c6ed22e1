"""The files that a project is read from: noticed when they change, read again when half written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.lsp import diagnostics
from notion_lsp.lsp.configuration import SECTION

if TYPE_CHECKING:
    from notion_lsp.lsp.session import NotionServer


def refresh_if_changed(server: NotionServer) -> bool:
    """Have all shown anew if a file has changed on the disk; return whether one has."""
    if not server.configuration.refresh():
        return False
    diagnostics.refresh(server)
    _read_half_again(server)
    return True


def warn(server: NotionServer) -> None:
    """Tell the person what is wrong with the settings, once they are written."""
    server.warn()
    _read_half_again(server)


def _read_half_again(server: NotionServer) -> None:
    def read() -> None:
        server.configuration.read_half_again()
        diagnostics.refresh(server)
        warn(server)

    if server.configuration.is_half_read:
        server.pauses.put_off(SECTION, read)
