"""What the query of a language finds that code lays over other values, by the names of these.

`_overlaid` says what the captures are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from notion_lsp.syntax.site import Syntax

_WORD = re.compile(r"[^\W\d]\w*")
# What makes a copy of a collection, which then has the same values.
_COPY = re.compile(
    r"(?:[\s{\[(&%$]|\*\*|\.{3}|new\b|[\w.:]{0,80}(?:dict|[Cc]opy|[Cc]lone\w*|create|parse|stringify|Map"
    r"|Namespace|OpenStruct\.new)\(){0,20}(?P<name>[$@\w.:>-]{0,80}\w)(?:\(\))?\s*(?:[,)}\]]|\Z)"
)
_COPIES = re.compile(r"(?:\.|->)(?:clone|copy|deep_dup|dup)\Z")
_LONGEST_COPY = 200  # code points


class Set(NamedTuple):
    """What an assignment gives a value, and the words of its name."""

    span: Span
    words: Sequence[str]


class Overlays(NamedTuple):
    """What a text lays over others, by the last word of each name."""

    overlaid: Mapping[str, Sequence[Span]]
    sets: Mapping[str, Sequence[Set]]
    copies: Mapping[str, Sequence[Sequence[str]]]
    given: Mapping[str, Sequence[Span]]
    shared: frozenset[str]
    taken: frozenset[str]
    fallbacks: frozenset[Span]


def words_of(text: str) -> list[str]:
    """Return the words that a name consists of."""
    # In Ruby `@token` is a member, as `self.token` is.
    return [*(["self"] if text.startswith("@") else []), *_WORD.findall(text)]


def overlays_of(syntax: Syntax, query: str) -> Overlays:
    """Return what the query finds in the text."""
    shared, taken, fallbacks = set[str](), set[str](), set[Span]()
    overlaid: dict[str, list[Span]] = {}
    sets: dict[str, list[Set]] = {}
    copies: dict[str, list[Sequence[str]]] = {}
    given: dict[str, list[Span]] = {}
    for row in syntax.found(query):
        if "shared" in row:
            shared.update(words_of(row["shared"].of(syntax.text)))
        if "taken" in row:
            taken.update(words_of(row["taken"].of(syntax.text)))
        elif "overlaid" in row:
            for word in words_of(row["overlaid"].of(syntax.text))[-1:]:
                overlaid.setdefault(word, []).append(row["overlaid"])
        elif "fallback" in row and _is_asked_for(syntax.text, row):
            fallbacks.add(row["fallback"])
        elif "set" in row and (words := words_of(row["set"].of(syntax.text))):
            sets.setdefault(words[-1], []).append(Set(row["set"], words))
        elif "given" in row:
            target = words_of(row["target"].of(syntax.text))
            given.setdefault(" ".join(target), []).append(row["target"])
            if copied := _copied(row["given"].of(syntax.text)):
                copies.setdefault(copied, []).append(target)
    return Overlays(
        {name: sorted(spans) for name, spans in overlaid.items()},
        {name: sorted(each) for name, each in sets.items()},
        copies,
        {name: sorted(spans) for name, spans in given.items()},
        frozenset(shared),
        frozenset(taken),
        frozenset(fallbacks),
    )


def _is_asked_for(text: str, row: Mapping[str, Span]) -> bool:
    # `given if given else DEFAULT` falls back, and `LIVE if live else TRIAL` does not.
    if "condition" not in row:
        return True
    asked, other = (words_of(row[name].of(text)) for name in ("condition", "other"))
    return not set(asked).isdisjoint(other)


def _copied(given: str) -> str | None:
    found = _COPY.match(given) if len(given) <= _LONGEST_COPY else None
    words = words_of(_COPIES.sub("", found["name"])) if found else []
    return words[-1] if words else None
