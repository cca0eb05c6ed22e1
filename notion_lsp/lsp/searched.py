"""A search of the workspace that holds until a saved file changes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from notion_lsp.check.look import LeakyFile

# A lightbulb waits so long for its count: where the search takes longer, a later one has it.
_SECONDS = 1.0


class Searched:
    """The last search of one connection, and the change that it came after."""

    def __init__(self) -> None:
        self._change: asyncio.Event | None = None
        self._search: asyncio.Task[list[LeakyFile]] | None = None

    async def files(
        self, change: asyncio.Event, search: Callable[[], Coroutine[Any, Any, list[LeakyFile]]]
    ) -> list[LeakyFile] | None:
        """Return what the search after a change has found; `None` where it has not ended yet."""
        if self._search is None or self._change is not change:
            self._change, self._search = change, asyncio.create_task(search())
        searching = self._search
        await asyncio.wait({searching}, timeout=_SECONDS)
        return searching.result() if searching.done() else None
