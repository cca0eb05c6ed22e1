"""What git has said of the tokens of open documents: how far each has got."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.detect.finding import fingerprint

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Iterable, Mapping


class _Told(NamedTuple):
    """The tokens that git was asked about, by fingerprints, and what there is to say of some."""

    asked: frozenset[str]
    said: Mapping[str, str]


_NOTHING = _Told(frozenset(), {})


class Exposed:
    """What is known of the documents of one connection, and those that wait to be asked about."""

    def __init__(self) -> None:
        self._told: dict[str, _Told] = {}
        self._waiting: dict[str, None] = {}
        self._asking: set[asyncio.Task[None]] = set()

    def sentence(self, uri: str, token: str) -> str:
        """Return what is to be said of a token of a document, after a space."""
        said = self._told.get(uri, _NOTHING).said
        # Nearly all documents have nothing to say.
        return said.get(fingerprint(token), "") if said else ""

    def knows(self, uri: str, tokens: Iterable[str]) -> bool:
        """Whether git was asked about all of these tokens of a document."""
        asked = self._told.get(uri, _NOTHING).asked
        return all(fingerprint(token) in asked for token in tokens)

    def learn(self, uri: str, said: Mapping[str, str]) -> bool:
        """Take what is to be said of a document's tokens; return whether it is something else."""
        before = self._told.get(uri, _NOTHING)
        after = {token: sentence for token, sentence in said.items() if sentence}
        self._told[uri] = _Told(frozenset(said), after)
        return after != before.said

    def wait(self, uri: str) -> None:
        """Have a document wait until git is asked."""
        self._waiting[uri] = None

    def take_waiting(self) -> list[str]:
        """Return the documents that wait, which then wait no more."""
        waiting = list(self._waiting)
        self._waiting.clear()
        return waiting

    def keep(self, task: asyncio.Task[None]) -> None:
        """Keep a task until it is done: the loop itself would let it go."""
        self._asking.add(task)
        task.add_done_callback(self._asking.discard)

    def forget(self, uri: str) -> None:
        """Forget a document that is closed."""
        self._told.pop(uri, None)
        self._waiting.pop(uri, None)
