from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.languages import languages
from notion_lsp.rewrite.breaking import holding
from notion_lsp.rewrite.source import Source
from notion_lsp.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

JAVASCRIPT = next(each for each in languages() if each.id == "javascript")
SOURCE = Source("1;\nb\n", JAVASCRIPT)
# A statement ends with either of the two; without both, `1b` is no number.
SEMICOLON, BREAK = Edit(Span(1, 2), ""), Edit(Span(2, 3), "")
NAME = Edit(Span(3, 4), "c")


def together(edits: Sequence[Edit]) -> Iterable[Edit]:
    return edits


def test_of_two_that_break_a_text_only_together_the_first_holds() -> None:
    assert SEMICOLON in holding(SOURCE, [SEMICOLON, BREAK], together)
    assert BREAK not in holding(SOURCE, [SEMICOLON, BREAK], together)


def test_what_breaks_nothing_holds_beside_two_that_do() -> None:
    assert holding(SOURCE, [SEMICOLON, BREAK, NAME], together) == (SEMICOLON, NAME)


def test_what_breaks_a_text_by_itself_does_not_hold() -> None:
    assert holding(SOURCE, [Edit(Span(0, 1), "("), NAME], together) == (NAME,)


def test_all_hold_where_nothing_breaks() -> None:
    assert holding(SOURCE, [SEMICOLON, NAME], together) == (SEMICOLON, NAME)


def test_none_hold_where_there_are_none() -> None:
    assert holding(SOURCE, [], together) == ()
