"""The value of a known token is found wherever it stands, in a longer word too."""

from __future__ import annotations

import base64
from itertools import pairwise

import pytest
from corpus.encoders import ENCODERS, Text
from token_factory import access_token, file_cookie, integration_token, refresh_token

from notion_lsp.detect.find import find_tokens
from notion_lsp.detect.finding import token_of
from notion_lsp.detect.plain import find_plain

TOKEN = access_token(31)
OTHER = integration_token(32)
COOKIE = file_cookie(35)


def starts(text: str) -> list[int]:
    return [finding.span.start for finding in find_tokens(text)]


@pytest.mark.parametrize("token", [TOKEN, OTHER, refresh_token(33)])
@pytest.mark.parametrize("again", ['"x{}"', "y9{}", "{}z", "a_{}0", "X{}{}X", "é{}é"])
def test_a_token_is_found_again_within_a_word(token: str, again: str) -> None:
    text = f'first = "{token}"\nsecond = {again.replace("{}", token)}\n'
    assert len(starts(text)) == text.count(token)
    assert {token_of(text, each) for each in find_tokens(text)} == {token}


@pytest.mark.parametrize("again", ["x{}", "9{}", "_{}.z"])
def test_a_cookie_is_found_again_within_a_word(again: str) -> None:
    text = f"{COOKIE} {again.replace('{}', COOKIE)}"
    assert {token_of(text, each) for each in find_tokens(text)} == {COOKIE}
    assert len(starts(text)) == 2


def test_a_token_that_was_only_encoded_is_found_again_within_a_word() -> None:
    text = f"x{TOKEN} and {base64.b64encode(TOKEN.encode()).decode()}"
    assert starts(text) == [1, text.index(" and ") + 5]


def test_a_split_token_is_found_again_within_a_word() -> None:
    text = f't = "{TOKEN[:20]}" + "{TOKEN[20:]}"\nu = "x{TOKEN}"\n'
    assert len(starts(text)) == 2


def holders(text: str) -> list[str]:
    """Return the encodings in which a text holds its first token, that of the text itself first."""
    found = find_tokens(text)
    return [each.encoding for each in found if token_of(text, each) == token_of(text, found[0])]


@pytest.mark.parametrize("way", sorted(ENCODERS.keys() - {"markdown"}))
@pytest.mark.parametrize("word", [f"{TOKEN}y", f"{OTHER}y", f"{refresh_token(33)}y", COOKIE])
def test_an_encoded_token_is_found_again_within_a_word(word: str, way: str) -> None:
    again = ENCODERS[way](Text(f"see x{word}", ())).text
    assert len(find_tokens(f"{word.removesuffix('y')}\n\na: {again}\n")) == 2


def test_a_token_that_is_only_encoded_is_found_again_encoded_within_a_word() -> None:
    first, again = (base64.b64encode(each.encode()).decode() for each in (TOKEN, f"x{TOKEN}y"))
    assert holders(f"a: {first}\n\nb: {again}\n") == ["base64", "base64"]


@pytest.mark.parametrize(
    "again", ['"x{}" + "{}y"', '"".join(["x{}", "{}"])', '"x{}" \\\n    "{}y"', '"_{}" . "{}"']
)
def test_a_token_is_found_again_in_pieces_of_a_word(again: str) -> None:
    pieces = again.format(TOKEN[:20], TOKEN[20:])
    assert len(holders(f'first = "{TOKEN}"\nsecond = {pieces}\n')) == 2


@pytest.mark.parametrize("colons", [(":", "%3A"), ("%3A", ":"), ("%3a", "%3A")])
def test_a_cookie_is_found_again_with_other_colons(colons: tuple[str, str]) -> None:
    first, again = (COOKIE.replace(":", each) for each in colons)
    assert len(find_tokens(f"{first} x{again}")) == 2


def test_a_token_within_a_word_alone_is_none() -> None:
    assert find_tokens(f'"x{TOKEN}" "x{OTHER}"') == ()


def test_no_two_findings_overlap_where_a_known_token_ends_another() -> None:
    inner = TOKEN
    text = f'"{inner}" "development_{inner}" "xdevelopment_{inner}"'
    spans = [finding.span for finding in find_tokens(text)]
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert len(spans) == 3


def test_a_repeated_token_says_what_it_goes_by() -> None:
    _, again = find_tokens(f'"{TOKEN}" "x{TOKEN}"')
    assert again.shape.reason == "value of a token that stands elsewhere"


def test_a_keystroke_does_not_look_for_repeated_tokens() -> None:
    assert len(find_plain(f'"{TOKEN}" "x{TOKEN}"')) == 1
