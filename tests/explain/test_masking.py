"""Lines that are shown with the tokens in them hidden, however they are written."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from token_factory import access_token, integration_token

from notion_lsp.detect.find import find_tokens
from notion_lsp.explain.masking import masked, masks
from notion_lsp.text import Span

TOKEN = access_token(21)
OTHER = integration_token(22)
BLOCK = base64.b64encode(f"{TOKEN} {OTHER}".encode()).decode()
PREFIX = f"ntn_…{TOKEN[-4:]}"


def hidden(text: str) -> str:
    return masked(text, masks(text, find_tokens(text)), Span(0, len(text)), Span(0, 0))[0]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"a {TOKEN} b {OTHER}", f"a {PREFIX} b secret_…{OTHER[-4:]}"),
        (f"data: {BLOCK}", f"data: {PREFIX}"),
        (f'"{TOKEN[:9]}" + "{TOKEN[9:]}"', f'"{PREFIX}" + "…"'),
        (f'a = "ntn_"\nb = a + "{TOKEN[4:]}"', f'a = "{PREFIX}"\nb = a + "…"'),
        (f" {BLOCK[:80]}\n {BLOCK[80:]}\nx", f" {PREFIX}\n …\nx"),
        (f'"{TOKEN[:9]}" + "{TOKEN[9:]}"; log("{TOKEN[9:]}")', f'"{PREFIX}" + "…"; log("…")'),
        ("nothing", "nothing"),
    ],
)
def test_all_that_a_token_stands_in_is_hidden(text: str, shown: str) -> None:
    assert hidden(text) == shown


def test_a_piece_that_two_tokens_share_is_hidden_once() -> None:
    second = access_token(23)
    text = f'a = "ntn_"\nb = a + "{TOKEN[4:]}"\nc = a + "{second[4:]}"'
    first, *others = hidden(text).splitlines()
    assert first in {f'a = "{PREFIX}"', f'a = "ntn_…{second[-4:]}"'}
    assert others == ['b = a + "…"', 'c = a + "…"']


def test_of_two_tokens_that_overlap_both_are_hidden_to_their_ends() -> None:
    [found] = find_tokens(TOKEN)
    halves = [found._replace(span=Span(0, 30)), found._replace(span=Span(20, len(TOKEN)))]
    shown, _ = masked(TOKEN, masks(TOKEN, halves), Span(0, len(TOKEN)), Span(0, 0))
    assert shown == f"ntn_…{TOKEN[26:30]}…"


def test_of_two_tokens_in_one_place_each_is_marked_there() -> None:
    text = f"data: {BLOCK}"
    found = find_tokens(text)
    for finding in found:
        shown, marked = masked(text, masks(text, found), Span(0, len(text)), finding.span)
        assert marked.of(shown) == PREFIX
    assert len(found) == 2


def test_a_part_of_a_text_hides_a_token_that_begins_before_it() -> None:
    text = f"a {TOKEN} b"
    bounds = Span(20, len(text))
    assert masked(text, masks(text, find_tokens(text)), bounds, Span(0, 0))[0] == f"{PREFIX} b"


@given(st.lists(st.sampled_from([TOKEN, OTHER, BLOCK, TOKEN[:9], '"', " + ", TOKEN[9:], "\n"])))
def test_nothing_that_is_found_is_shown(pieces: list[str]) -> None:
    text = " ".join(pieces)
    shown = hidden(text)
    for finding in find_tokens(text):
        assert max((span.of(text) for span in finding.spans), key=len) not in shown
