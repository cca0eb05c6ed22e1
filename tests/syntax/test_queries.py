"""The form of the queries: of a choice in a choice, all of it is found only where it is the last.

tree-sitter 0.26 sees no more than the first part of one that others follow.
"""

from __future__ import annotations

import pkgutil
import re
from dataclasses import fields, is_dataclass
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from notion_lsp import languages
from notion_lsp.syntax.site import Syntax
from notion_lsp.syntax.trees import Grammar

if TYPE_CHECKING:
    from collections.abc import Iterator

MODULES = sorted(module.name for module in pkgutil.iter_modules(languages.__path__))
CAPTURE = re.compile(r"[])\"] @\w")
TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|;.*|[\[\]()]|[^\s\[\]();"]+')


def texts_in(value: object) -> Iterator[str]:
    """Yield the texts that a constant consists of."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from texts_in(each)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from texts_in(getattr(value, field.name))


def choices_before_others(query: str) -> Iterator[str]:
    """Yield each choice that stands in another one, and is not the last there."""
    tokens = [token for token in TOKEN.findall(query) if not token.startswith((";", "@"))]
    opened: list[int] = []
    for at, token in enumerate(tokens):
        if token in {"(", "["}:
            opened.append(at)
        elif token in {")", "]"} and opened:
            start = opened.pop()
            in_choice = bool(opened) and tokens[opened[-1]] == tokens[start] == "["
            if in_choice and tokens[at + 1 : at + 2] != ["]"]:
                yield " ".join(tokens[start : at + 1])


def found(query: str) -> list[str]:
    text = 'a = 1; a = "b"; a = [2];'
    grammar = Grammar("tree_sitter_javascript", "(comment) @comment")
    return [row["value"].of(text) for row in Syntax(text, grammar).found(query)]


def test_all_of_a_choice_that_is_the_last_of_another_is_found() -> None:
    query = "(assignment_expression right: [(array (number) @value) [(number) (string)] @value])"
    assert found(query) == ["1", '"b"', "2"]


def test_a_choice_before_another_part_is_told() -> None:
    query = '(a right: [[(b) "]"] @value (c [(d) (e)]) [(f)] @value])'
    assert list(choices_before_others(query)) == ['[ ( b ) "]" ]']


@pytest.mark.parametrize("name", MODULES)
def test_a_choice_in_a_choice_is_the_last_one(name: str) -> None:
    module = import_module(f"{languages.__name__}.{name}")
    texts = (text for value in vars(module).values() for text in texts_in(value))
    queries = [text for text in texts if CAPTURE.search(text)]
    assert [each for query in queries for each in choices_before_others(query)] == []
