"""Which open documents hold the same tokens, so that each can name the places in the others."""

from __future__ import annotations


class SharedTokens:
    """The tokens that were last shown in each document, as hashes."""

    def __init__(self) -> None:
        self._shown: dict[str, frozenset[int]] = {}

    def show(self, uri: str, tokens: frozenset[int]) -> list[str]:
        """Note a document's tokens; return the others that share one it has gained or lost."""
        changed = tokens ^ self._shown.get(uri, frozenset())
        self._shown[uri] = tokens
        return self._sharing(uri, changed)

    def close(self, uri: str) -> list[str]:
        """Forget a document; return the others that share a token with it."""
        return self._sharing(uri, self._shown.pop(uri, frozenset()))

    def _sharing(self, uri: str, tokens: frozenset[int]) -> list[str]:
        if not tokens:
            return []
        return [other for other, its in self._shown.items() if other != uri and tokens & its]
