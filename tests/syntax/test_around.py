"""Around a place, a question about the whole text finds what one about the place alone does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from test_fixtures import language_of_folder, sources, unmarked

from notion_lsp.detect.find import find_tokens
from notion_lsp.positions import ByteIndex
from notion_lsp.syntax.around import Around, Nested
from notion_lsp.syntax.line_patterns import read
from notion_lsp.syntax.trees import Grammar, Parsed
from notion_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from notion_lsp.syntax.trees import Match, Node


def told(matches: Iterable[Match]) -> list[tuple[str, dict[str, list[tuple[int, int]]]]]:
    return [
        (match.row, {name: list(map(span, nodes)) for name, nodes in match.nodes.items()})
        for match in matches
    ]


def span(node: Node) -> tuple[int, int]:
    return node.start_byte, node.end_byte


def longest() -> dict[str, Path]:
    """Return for each language the fixture with the most to find around a token."""
    by_size = sorted(sources(), key=lambda path: path.stat().st_size)
    return {path.parent.name: path for path in by_size}


@pytest.mark.parametrize("path", longest().values(), ids=longest())
def test_around_the_tokens_of_a_fixture(path: Path) -> None:
    text, _ = unmarked(path.read_bytes().decode("utf-8", "surrogatepass"))
    language = language_of_folder(path)
    if language is None or not isinstance(language.grammar, Grammar):
        return
    query, index = language.grammar.context, ByteIndex(text)
    parsed = read(text, language.grammar)
    assert isinstance(parsed, Parsed)
    assert parsed.nests
    alone = Around(parsed, query, len(index.encoded))
    of_all = Nested(parsed.matches(query, None))
    for each in find_tokens(text):
        place = Span(index.byte(each.span.start), index.byte(each.span.end))
        assert told(of_all.around(place)) == told(alone.matches(place))
