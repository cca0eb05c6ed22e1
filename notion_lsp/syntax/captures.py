"""What the matches of a query say of a token: spans are in bytes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.syntax.trees import text_of
from notion_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from notion_lsp.positions import ByteIndex
    from notion_lsp.syntax.trees import Match, Node

_READS = frozenset({"replace", "source"})


class Spans(NamedTuple):
    """Where nodes stand in a text, in code points, and where spans of it stand in its bytes."""

    text: str
    places: ByteIndex

    def of(self, node: Node) -> Span:
        """Return the span of a node."""
        start, end = self.places.offset(node.start_byte), self.places.offset(node.end_byte)
        # Some grammars take the first half of a line break for the end of a comment.
        halved = self.text[end - 1 : end + 1] == "\r\n"
        return Span(start, end - halved)

    def in_bytes(self, span: Span) -> Span:
        """Return a span of code points in bytes."""
        return Span(self.places.byte(span.start), self.places.byte(span.end))


class Captures(Mapping[str, tuple[Span, ...]]):
    """The spans of what matches capture, by its name, in code points.

    They are measured when one asks: around a token in a list are as many matches as it has members.
    """

    def __init__(self, matches: Sequence[Match], spans: Spans) -> None:
        self._matches, self._spans = matches, spans
        self._known: dict[str, tuple[Span, ...]] = {}

    def __getitem__(self, name: str) -> tuple[Span, ...]:
        """Return the spans, in the order of the matches; a `KeyError` where there are none."""
        if name not in self._known:
            nodes = (node for match in self._matches for node in match.nodes.get(name, ()))
            self._known[name] = tuple(map(self._spans.of, nodes))
        if not self._known[name]:
            raise KeyError(name)
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        """Yield the names."""
        return iter(dict.fromkeys(name for match in self._matches for name in match.nodes))

    def __len__(self) -> int:
        """Return how many names there are."""
        return len({name for match in self._matches for name in match.nodes})


def holds(match: Match, token: Span) -> bool:
    """Whether a node that the match captures has the token in it."""
    return any(is_around(node, token) for nodes in match.nodes.values() for node in nodes)


def inside(capture: str, matches: Sequence[Match], token: Span) -> bool:
    """Whether a node of that capture has the token in it."""
    return any(is_around(node, token) for match in matches for node in match.nodes.get(capture, ()))


def smallest(capture: str, matches: Sequence[Match], token: Span) -> Node | None:
    """Return the smallest node of that capture that has the token in it."""
    around = [
        node for match in matches for node in match.nodes.get(capture, ()) if is_around(node, token)
    ]
    # A template may hold strings that hold templates: the innermost one is what can be replaced.
    return min(around, key=lambda node: node.end_byte - node.start_byte, default=None)


def setting(name: str, matches: Sequence[Match]) -> str | None:
    """Return the first value that the matches set for a name."""
    values = (match.settings.get(name) for match in matches)
    return next((value for value in values if value is not None), None)


def first_text(capture: str, matches: Sequence[Match]) -> str | None:
    """Return the source of the first node of that capture."""
    nodes = (node for match in matches for node in match.nodes.get(capture, ()))
    return next(map(text_of, nodes), None)


def read_name(matches: Sequence[Match], prefixes: Sequence[str]) -> str | None:
    """Return the variable that the code reads there, behind the prefixes if it is read so."""
    reads = [each for each in matches if each.nodes.keys() & _READS]
    name = first_text("name", reads)
    return "".join([*prefixes, name]) if name and setting("prefixed", reads) else name


def is_around(node: Node, token: Span) -> bool:
    """Whether a node has the token in it."""
    return node.start_byte <= token.start and token.end <= node.end_byte


def reason_of(matches: Sequence[Match], token: Span, handed: frozenset[str]) -> str | None:
    """Return why no expression may stand at a token, if that is so."""
    fixed = [each for each in matches if inside("fixed", [each], token)]
    return setting("reason", [each for each in fixed if counts(each, handed)])


def counts(match: Match, handed: frozenset[str]) -> bool:
    """Whether a match says something: one that names a function, if that is `handed` on."""
    return "handed" not in match.nodes or first_text("handed", [match]) in handed
