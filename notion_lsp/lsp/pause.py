"""What waits until the typing pauses, because it takes the whole text: the next key puts it off."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS = 0.2  # longer than between two keys, shorter than a person waits for


class Pauses:
    """The work that waits for a pause, by the document that it is about."""

    def __init__(self) -> None:
        self._waiting: dict[str, asyncio.TimerHandle] = {}

    def put_off(self, uri: str, work: Callable[[], None]) -> None:
        """Do the work once the document has not changed for a while."""
        # Each key begins the pause anew.
        self.drop(uri)
        later = asyncio.get_running_loop().call_later
        self._waiting[uri] = later(SECONDS, self._do, uri, work)

    def drop(self, uri: str) -> None:
        """Drop the work that waits for a document."""
        if waiting := self._waiting.pop(uri, None):
            waiting.cancel()

    def _do(self, uri: str, work: Callable[[], None]) -> None:
        del self._waiting[uri]
        work()
