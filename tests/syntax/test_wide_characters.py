from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notion_lsp.languages import languages
from notion_lsp.syntax.site import Syntax
from notion_lsp.syntax.trees import Grammar, Parsed, parse
from notion_lsp.syntax.wide_characters import bearable

BASH = "tree_sitter_bash"


# Each of these may end the process: it depends on what lies behind a table in the memory.
@pytest.mark.parametrize("character", ["\U000ceddd", "\U00056981", "🎉"])
def test_no_character_behind_a_brace_reaches_the_parser(character: str) -> None:
    parsed = parse(f"{{8{character}".encode(), Grammar(BASH, "(comment) @comment"))
    assert isinstance(parsed, Parsed)
    assert parsed.root.text == bearable(f"{{8{character}", BASH)


@given(st.text())
def test_a_parser_that_fears_wide_characters_is_given_none_of_them(text: str) -> None:
    assert all(each < "\u0800" for each in bearable(text, BASH).decode())


@given(st.text())
def test_each_character_keeps_its_place(text: str) -> None:
    given_to_it = bearable(text, BASH).decode()
    assert len(given_to_it.encode()) == len(text.encode())
    narrow = [at for at, each in enumerate(text.encode()) if each < 0x80]
    assert all(given_to_it.encode()[at] == text.encode()[at] for at in narrow)


def test_another_parser_is_given_the_text_itself() -> None:
    assert bearable("名 = 1", "tree_sitter_python") == "名 = 1".encode()


@pytest.mark.parametrize("word", ["🎉", "名", "é"])
def test_what_stands_behind_such_a_character_is_found(word: str) -> None:
    [shell] = [each for each in languages() if each.id == "shell"]
    assert shell.grammar
    text = f'echo "{word}"; NAME="value"\n'
    spans = Syntax(text, shell.grammar).outline.captures["variable"]
    assert [span.of(text) for span in spans] == ["NAME"]
