from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from token_factory import access_token, integration_token, refresh_token, session_cookie

from notion_lsp.detect import glance

if TYPE_CHECKING:
    from collections.abc import Callable

TOKEN = access_token(71)
OTHER = integration_token(72)
FAR = "\n" * 20_000  # more than is looked at around a needle


@pytest.mark.parametrize(
    "text",
    [
        "secret_key = read()",
        '"secret_key": "value"',
        'open("secret", "rb")',
        'print("ntn", 1, "bus", "rt")',
        "sha256=6e5f4a3b6e5f4a3b6e5f4a3b",
        base64.b64encode(b"a secret_agent and an ntn_name of this book").decode(),
        "\\x5f\\x65\\x6e\\x74\\x72\\x69\\x65\\x73",
        f"ntn_{'x' * 46}",
        TOKEN[:-8],
    ],
)
def test_a_needle_that_no_token_follows_is_let_go(text: str) -> None:
    assert not glance.can_hold_a_token(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        f'PREFIX = "ntn_"{FAR}token = PREFIX + "{TOKEN[4:]}"',
        f'BODY = "{TOKEN[4:]}"{FAR}token = "ntn_" + BODY',
        f'HEAD = "secret"{FAR}token = "_".join((HEAD, "{OTHER[7:]}"))',
        f'token = f"ntn_{{BODY}}"{FAR}BODY = "{TOKEN[4:]}"',
    ],
)
def test_pieces_may_be_far_from_each_other(text: str) -> None:
    assert glance.can_hold_a_token(text.encode())


@pytest.mark.parametrize("rest", ["", 'BODY = "value"', "BODY = read()"])
def test_a_head_beside_a_name_that_is_no_piece_is_let_go(rest: str) -> None:
    assert not glance.can_hold_a_token(f'clock = "nrt_bus" + BODY{FAR}{rest}'.encode())


@pytest.mark.parametrize("word", [f"x{TOKEN}", f"client_{OTHER}", f"{TOKEN}x"])
def test_what_may_be_the_value_of_a_known_token_needs_no_edges(word: str) -> None:
    assert glance.can_hold_a_token(word.encode())


def test_what_follows_a_cookie_in_a_table_does_not_count() -> None:
    assert glance.can_hold_a_token(f"{session_cookie(74)}{'a' * 20}\0".encode())


@pytest.mark.parametrize("codes", ["\\U{:08x}", "&#x{:x};", "\\\\\\\\x{:x}"])
def test_all_of_a_token_may_be_in_codes(codes: str) -> None:
    written = "".join(codes.format(ord(each)) for each in TOKEN)
    assert glance.can_hold_a_token(f"{FAR}{written}{FAR}".encode())


@pytest.mark.parametrize("token", [TOKEN, OTHER, refresh_token(73), session_cookie(74)])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
@pytest.mark.parametrize("fold", ["\n", "\r\n> ", '" +\n  "', "\\n"])
def test_a_file_that_is_named_may_be_folded_in_any_column(
    token: str, encoding: str, fold: str
) -> None:
    encoded = base64.b64encode(f"key={token}".encode(encoding)).decode()
    for column in range(4, 40):
        text = f"{encoded[:column]}{fold}{encoded[column:]}\n"
        assert glance.can_hold_a_token(text.encode()), text


@pytest.mark.parametrize("token", [TOKEN, OTHER, refresh_token(73), session_cookie(74)])
@pytest.mark.parametrize("colour", ["\x1b[01;31m\x1b[K", "^[[1m", "\\u001b[0m"])
def test_a_file_that_is_named_may_have_a_colour_in_any_column(token: str, colour: str) -> None:
    for column in range(12):
        text = f"key={token[:column]}{colour}{token[column:]}\n"
        assert glance.can_hold_a_token(text.encode()), text


@pytest.mark.parametrize("token", [TOKEN, OTHER])
@pytest.mark.parametrize(
    "block",
    [
        *(
            lambda token, before=before: base64.b64encode(f"{before}{token}".encode())
            for before in ("", "a", "ab")
        ),
        lambda token: base64.b64encode(base64.b64encode(token.encode())),
        lambda token: base64.b64encode(f"x={token}".encode("utf-16-le")),
        lambda token: token.encode().hex().encode(),
        lambda token: token.encode().hex().upper().encode(),
    ],
)
def test_all_of_a_token_may_be_in_a_block(block: Callable[[str], bytes], token: str) -> None:
    assert glance.can_hold_a_token(block(token))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_base64_in_a_named_file_of_utf_16_without_a_mark_is_looked_into(encoding: str) -> None:
    text = f'$value = "{base64.b64encode(TOKEN.encode()).decode()}"\r\n'
    assert glance.can_hold_a_token(text.encode(encoding))
