"""Queries with a choice in a choice."""

from __future__ import annotations

import pytest

from notion_lsp.syntax.choices import flat
from notion_lsp.syntax.site import Syntax
from notion_lsp.syntax.trees import Grammar


def test_each_part_of_a_choice_in_a_choice_is_found() -> None:
    grammar = Grammar("tree_sitter_javascript", "(comment) @comment")
    query = "(assignment_expression right: [[(number) (string)] @value (array (number) @value)])"
    text = 'a = 1; a = "b"; a = [2];'
    found = [row["value"].of(text) for row in Syntax(text, grammar).found(query)]
    assert found == ["1", '"b"', "2"]


@pytest.mark.parametrize(
    "query",
    ["(a [(b) (c)] @d) ; [[", '(a "[[" [(b [(c) (d)])])', "[(a) (b [(c) (d)] @e)] @f"],
)
def test_a_query_without_one_stays_as_it_is(query: str) -> None:
    assert flat(query) == query
