"""What a file declares at its top level, as the query of its language finds it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.syntax.captures import Captures, first_text
from notion_lsp.syntax.directives import is_for_the_file
from notion_lsp.syntax.trees import text_of
from notion_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from notion_lsp.syntax.captures import Spans
    from notion_lsp.syntax.trees import Match, Node


class Import(NamedTuple):
    """An import the file has: where, of what, and the name it is called by here."""

    span: Span
    module: str
    member: str
    name: str


class Defined(NamedTuple):
    """A function that the file has, or a type that has one."""

    name: str
    span: Span


class Home(NamedTuple):
    """The body of a type, in which a helper may stand that does not begin with `without`."""

    span: Span
    without: str


@dataclass(frozen=True)
class Outline:
    """What a file declares at its top level."""

    imports: tuple[Import, ...]
    header_end: int
    declared: frozenset[str]
    handed: frozenset[str]
    definitions: tuple[Defined, ...]
    homes: tuple[Home, ...]
    captures: Mapping[str, tuple[Span, ...]]

    def earlier(self, offset: int) -> int:
        """Return the end of the last statement that what comes at the offset stands below."""
        last = bisect_right(self._earlier, offset)
        return self._earlier[last - 1] if last else 0

    @cached_property
    def _earlier(self) -> list[int]:
        return sorted(each.end for each in self.captures.get("earlier", ()))

    def home(self, offset: int) -> Home | None:
        """Return the outermost body of a type around the offset."""
        return next((home for home in self.homes if home.span.start < offset < home.span.end), None)


def outline_of(matches: Sequence[Match], spans: Spans) -> Outline:
    """Return what the matches of an `outline` query say."""

    def found(capture: str) -> list[Node]:
        return [node for match in matches for node in match.nodes.get(capture, ())]

    headers = found("header") + [each for each in found("banner") if _stands_apart(each, spans)]
    return Outline(
        imports=tuple(_import(match, spans) for match in matches if "import" in match.nodes),
        header_end=max((_content_end(node, spans) for node in headers), default=0),
        declared=frozenset(map(text_of, found("declared"))),
        handed=frozenset(map(text_of, found("handed"))),
        definitions=tuple(
            Defined(text_of(node), spans.of(node.parent or node)) for node in found("definition")
        ),
        homes=tuple(home for match in matches for home in _homes(match, spans)),
        captures=Captures(matches, spans),
    )


def _content_end(node: Node, spans: Spans) -> int:
    # Some grammars end a comment or an import behind its line break.
    span = spans.of(node)
    return span.start + len(span.of(spans.text).rstrip("\r\n"))


def _stands_apart(node: Node, spans: Spans) -> bool:
    span = spans.of(node)
    comment, follows = span.of(spans.text), spans.text[span.end :][:4]
    apart = follows.replace("\r", "").startswith("\n\n")
    return apart or is_for_the_file(comment)


def _homes(match: Match, spans: Spans) -> list[Home]:
    # Where the code does not close it, the parser puts an empty end.
    closed = all(map(text_of, match.nodes.get("end", ())))
    without = match.settings.get("without") or ""
    return [Home(spans.of(node), without) for node in match.nodes.get("home", ()) if closed]


def _import(match: Match, spans: Spans) -> Import:
    module = first_text("module", [match]) or ""
    member = first_text("member", [match]) or ""
    alias = first_text("alias", [match])
    node = match.nodes["import"][0]
    span = Span(spans.of(node).start, _content_end(node, spans))
    return Import(span, module, member, alias or member or module)
