"""Why something is taken for a token, as the messages say it."""

from __future__ import annotations

import base64

import pytest
from token_factory import (
    access_token,
    integration_token,
    old_session_cookie,
    refresh_token,
)

from notion_lsp.detect.find import find_tokens
from notion_lsp.explain import messages
from notion_lsp.explain.evidence import evidence, reason

TOKEN = access_token(11)
REFRESH = refresh_token(12)
SECRET = integration_token(13)
CLIENT_ID = "client_id: 12345678-9abc-def0-1234-56789abcdef0"


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def wrapped(text: str, width: int = 64) -> str:
    return "".join(f"  {text[at : at + width]}\n" for at in range(0, len(text), width))


def reasons(text: str) -> list[str]:
    return [reason(finding, text) for finding in find_tokens(text)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TOKEN, "exact form"),
        (f"data: {encoded(TOKEN)}", "exact form, encoded in base64"),
        (TOKEN.encode().hex(), "exact form, encoded in hexadecimal"),
        (TOKEN.replace("_", "%5F"), "exact form, written with percent encoding"),
        (TOKEN.replace("_", "\\x5f"), "exact form, written with escapes"),
        (TOKEN.replace("_", "&#95;"), "exact form, written with character references"),
        (encoded(encoded(TOKEN)), "exact form, encoded in base64 twice"),
        (wrapped(encoded(f"{'x' * 90} {TOKEN}")), "exact form, encoded in base64"),
        (f'"{TOKEN[:9]}" + "{TOKEN[9:]}"', "exact form, put together from 2 pieces"),
        (f"notion: {TOKEN[:-3]}", "prefix and length, with `notion` nearby"),
        (
            f"client_secret = '{SECRET}'\n{CLIENT_ID}",
            "exact form, under the name of a client secret, beside its client id",
        ),
        (f"{CLIENT_ID}, '{SECRET}'", "exact form, beside a client id"),
    ],
)
def test_a_reason_says_what_a_token_goes_by_and_how_it_is_written(text: str, said: str) -> None:
    assert reasons(text) == [said]


def test_an_access_token_and_its_refresh_token_name_each_other() -> None:
    text = f'{{"access_token": "{TOKEN}",\n"bot_id": 1,\n"refresh_token": "{REFRESH}"}}'
    assert reasons(text) == [
        "exact form, beside its refresh token",
        "exact form, beside its access token",
    ]


def test_what_was_encoded_together_was_copied_together() -> None:
    said = "exact form, encoded in base64, beside its"
    assert reasons(encoded(f"{TOKEN} {REFRESH}")) == [
        f"{said} refresh token",
        f"{said} access token",
    ]


def test_what_stands_far_away_was_not_copied_together() -> None:
    assert reasons("\n" * 9 + TOKEN + "\n" * 9 + REFRESH) == ["exact form", "exact form"]


def seen(text: str) -> list[str]:
    (finding, *_) = find_tokens(text)
    return evidence(finding, text).split("; ")


def test_evidence_names_the_words_nearby() -> None:
    cookie = old_session_cookie(14)
    assert "`token_v2` stands nearby" in seen(f"token_v2\n{cookie}")
    near = f"my Notion app\n{SECRET[:-1]}\nclient_id = 1"
    assert {"`Notion` stands nearby", "`client_id` stands nearby"} <= set(seen(near))


def test_evidence_says_on_which_lines_the_pieces_stand() -> None:
    text = f'# é\nhead = "{TOKEN[:9]}"\n\ntoken = head + "{TOKEN[9:20]}" + \\\n  "{TOKEN[20:]}"\n'
    assert seen(text)[1] == "put together from 3 pieces, on lines 2, 4 and 5"
    together = f'"{TOKEN[:9]}" + "{TOKEN[9:]}"'
    assert seen(together)[1] == "put together from 2 pieces, on line 1"


@pytest.mark.parametrize(
    "text",
    [
        f"Notion {SECRET[:-1]} client_id",
        f"client_id = {SECRET[:-1]} of Notion",
        f"notion {encoded(f'{TOKEN} {REFRESH}')}",
        f'"{TOKEN[:9]}" + "{TOKEN[9:]}"',
    ],
)
def test_no_words_give_a_token_away(text: str) -> None:
    for finding in find_tokens(text):
        hover = messages.hover(finding, text, "Quick fix: read it.")
        for shown in (hover, messages.describe(finding, text)):
            assert not [
                body
                for token in (TOKEN, REFRESH, SECRET)
                if (body := token.partition("_")[2])[:9] in shown or body[9:20] in shown
            ]
