from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from token_factory import (
    access_token,
    development_token,
    file_cookie,
    integration_token,
    letter_headed_access_token,
    new_session_cookie,
    old_session_cookie,
    refresh_token,
    session_cookie,
)

from notion_lsp.detect import kinds
from notion_lsp.detect.finding import Finding, fingerprint, mask
from notion_lsp.detect.kinds import TOKEN_KINDS
from notion_lsp.detect.needles import plain_texts
from notion_lsp.detect.plain import candidates, confirm, find_plain
from notion_lsp.explain.masking import mask_text
from notion_lsp.text import split_lines

FACTORIES = (
    *(access_token, development_token, file_cookie, integration_token, new_session_cookie),
    *(letter_headed_access_token, old_session_cookie, refresh_token, session_cookie),
)
NOISE = (
    *("notion", "client_secret", "token_v2", "webhook", "NotionClient(", "ntn_", "secret_", "v02:"),
    *("\n", "\r\n", "\r", " ", '"', "\\n", "%20", "é", "🎉", "\u2028", "\f", "x", "0", "_", "="),
)
any_token = st.builds(lambda make, seed: make(seed), st.sampled_from(FACTORIES), st.integers(0, 99))
pieces = st.one_of(
    st.sampled_from(NOISE),
    any_token,
    any_token.map(lambda token: token[:-1]),
    any_token.map(lambda token: f"notion {token[:-2]}"),
    st.integers(1, 12).map("\n".__mul__),
    st.integers(1, 12).map("\r\n".__mul__),
)
texts = st.lists(pieces, max_size=12).map("".join)


def found_by_line(text: str) -> list[Finding]:
    """Find as an editor's document does: each line alone, its context looked at afterwards."""
    lines = split_lines(text)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    confirmed = []
    for number, line in enumerate(lines):
        first = max(number - kinds.CONTEXT_LINES, 0)
        around = "".join(lines[first : number + kinds.CONTEXT_LINES + 1])
        for shapes in candidates(line):
            shifted = tuple(
                shape._replace(span=shape.span.shifted(starts[number])) for shape in shapes
            )
            confirmed.append(confirm(shifted, around, starts[first]))
    return [finding for finding in confirmed if finding]


@given(texts)
def test_a_text_has_the_tokens_of_its_lines(text: str) -> None:
    assert list(find_plain(text)) == found_by_line(text)


@given(texts)
def test_tokens_come_in_order_and_apart(text: str) -> None:
    borders = [
        border for found in find_plain(text) for border in (found.span.start, found.span.end)
    ]
    assert borders == sorted(borders)


@given(texts)
def test_a_text_with_a_token_holds_one_of_the_prefilters(text: str) -> None:
    assert not find_plain(text) or any(each in text for each in plain_texts(TOKEN_KINDS))


@given(st.lists(any_token, max_size=5))
def test_a_masked_text_has_no_token_left(drawn: list[str]) -> None:
    shown = mask_text("\n".join(f"token_v2={token}" for token in drawn))
    assert not any(token in shown for token in drawn)


@given(st.text())
def test_no_text_is_too_odd_to_be_searched(text: str) -> None:
    assert find_plain(text) == ()


@pytest.mark.parametrize("make", FACTORIES, ids=lambda make: make.__name__)
def test_a_mask_shows_the_last_four_characters_at_most(make: type[str]) -> None:
    token = make(1)
    (found,) = find_plain(f"token_v2 = {token}")
    shown = mask(token, found.kind)
    assert shown == f"{found.kind.label}…{token[-4:]}"


def test_a_fingerprint_is_the_sha256_of_the_token() -> None:
    token = access_token(1)
    assert fingerprint(token) == hashlib.sha256(token.encode()).hexdigest()


@pytest.mark.parametrize("kind", TOKEN_KINDS, ids=lambda kind: kind.id)
def test_what_stands_in_for_a_token_is_no_token(kind: kinds.TokenKind) -> None:
    assert not find_plain(f"notion token_v2 client_secret webhook {kind.placeholder}")


def test_the_ids_of_the_kinds_differ() -> None:
    assert len({kind.id for kind in TOKEN_KINDS}) == len(TOKEN_KINDS)


def test_a_finding_moves_with_its_text() -> None:
    (found,) = find_plain(access_token(1))
    assert find_plain(f"é {access_token(1)}") == (found.shifted(2),)
