"""How far something long has come, shown in the editor."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from typing_extensions import Self

    from notion_lsp.explain.shown import Shown
    from notion_lsp.lsp.session import NotionServer


class Progress:
    """A progress bar in the editor, where it has one, and its cancel button."""

    def __init__(self, server: NotionServer, title: Shown) -> None:
        self._title = title
        self._server = server
        self._token = str(uuid.uuid4())
        self._shown = server.capabilities.progress
        self._percentage = -1
        self.summary: Shown | None = None

    @property
    def cancelled(self) -> bool:
        """Whether the person has pressed the button."""
        future = self._server.work_done_progress.tokens.get(self._token)
        return future is not None and future.cancelled()

    def report(self, done: int, total: int) -> None:
        """Show that so many of the files are done."""
        percentage = done * 100 // total
        # Once a percent: with many files, a message a file would cost more than reading it.
        if self._shown and percentage != self._percentage:
            self._percentage = percentage
            report = types.WorkDoneProgressReport(
                message=f"{done} of {total} files", percentage=percentage
            )
            self._server.work_done_progress.report(self._token, report)

    async def __aenter__(self) -> Self:
        if self._shown:
            # LSP 3.15: the client must know the token before progress is reported under it.
            await self._server.work_done_progress.create_async(self._token)
            # LSP: without a percentage at the beginning, a client may ignore all later ones.
            begin = types.WorkDoneProgressBegin(self._title, cancellable=True, percentage=0)
            self._server.work_done_progress.begin(self._token, begin)
        return self

    async def __aexit__(self, *_exception: object) -> None:
        if self._shown:
            end = types.WorkDoneProgressEnd(message=self.summary)
            self._server.work_done_progress.end(self._token, end)
