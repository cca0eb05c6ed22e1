"""Scalars of YAML in every style, rewritten: a parser reads what was meant."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st
from test_fixtures import rewritten
from token_factory import access_token

from notion_lsp.languages import languages
from notion_lsp.rewrite.source import Source

TOKEN = access_token(7900)
EXPRESSION = "${{ secrets.NOTION_TOKEN }}"
(ACTIONS,) = (language for language in languages() if language.id == "github-actions")

# With what makes a scalar something else, and what a style has to escape.
TEXT = st.text(
    st.one_of(st.sampled_from(" \n\t'\"\\:#-?,[]{}&*!|>%@`é😀"), st.characters(codec="utf-8")),
    max_size=12,
)


def result(text: str) -> str:
    return rewritten(Source(text, ACTIONS)).result


@given(before=TEXT, after=TEXT, style=st.sampled_from(["", "'", '"', "|", ">"]), wide=st.booleans())
def test_only_the_token_of_a_scalar_changes(
    before: str, after: str, style: str, *, wide: bool
) -> None:
    value = f"{before} {TOKEN} {after}"
    document = {"env": {"A": {"B": "x"}, "k": value}, "on": "push"}
    text = yaml.safe_dump(
        document, default_style=style or None, allow_unicode=wide, width=1000 if wide else 20
    )
    assume(yaml.safe_load(text) == document)
    made = result(text)
    if made != text:
        document["env"]["k"] = value.replace(TOKEN, EXPRESSION)  # type: ignore[index] # any YAML
        assert yaml.safe_load(made) == document


@pytest.mark.parametrize(
    ("source", "becomes"),
    [
        ("T!", EXPRESSION),
        ("'T!'", f"'{EXPRESSION}'"),
        (r'"\x41\u00e9\U0001F600\n\"T!\\"', rf'"\x41\u00e9\U0001F600\n\"{EXPRESSION}\\"'),
        ("[a, T!]", f'[a, "{EXPRESSION}"]'),
        ("{b: T!, c: d}", None),
        ("&a T!", f"&a {EXPRESSION}"),
        ("!!str T!", f"!!str {EXPRESSION}"),
        ("a\n    T!\n\n    b", f"a\n    {EXPRESSION}\n\n    b"),
        ('"a\n    T!\\\n    b"', f'"a\n    {EXPRESSION}\\\n    b"'),
        ("|2-\n      T!", f"|2-\n      {EXPRESSION}"),
        (">+ # why\n    T!\n\n\n", f">+ # why\n    {EXPRESSION}\n\n\n"),
    ],
)
def test_each_style_keeps_its_own(source: str, becomes: str | None) -> None:
    text = f"env:\n  k: {source.replace('T!', TOKEN)}\n"
    assert result(text) == (text if becomes is None else f"env:\n  k: {becomes}\n")


@pytest.mark.parametrize(
    ("source", "becomes"),
    [
        ("echo T!", 'echo "${NOTION_TOKEN:?}"'),
        ("T! now", "'\"${NOTION_TOKEN:?}\" now'"),
        ("'a ''b'' T!'", "'a ''b'' \"${NOTION_TOKEN:?}\"'"),
        ('"echo \\"T!\\""', '"echo \\"${NOTION_TOKEN:?}\\""'),
        ("T! 'a'", "'\"${NOTION_TOKEN:?}\" ''a'''"),
    ],
)
def test_a_script_is_quoted_where_it_has_to_be(source: str, becomes: str) -> None:
    head = "jobs:\n  a:\n    steps:\n      - run: "
    made = result(head + source.replace("T!", TOKEN) + "\n")
    assert made.partition("run: ")[2] == becomes + "\n"
