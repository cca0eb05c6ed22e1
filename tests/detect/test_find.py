"""Tokens that are not written out, in whatever text they stand."""

from __future__ import annotations

import base64
import string
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from token_factory import access_token, file_cookie, integration_token, session_cookie

from notion_lsp.detect import encodings
from notion_lsp.detect.find import find_tokens
from notion_lsp.detect.finding import token_of
from notion_lsp.detect.plain import find_plain

if TYPE_CHECKING:
    from collections.abc import Callable

TOKENS = (access_token(810), integration_token(811), session_cookie(812))
HEAD, BODY = TOKENS[0][:4], TOKENS[0][4:]
JOINTS = ('" "', '" + "', '" .. "', '" <> "', '" & "', '", "', "' . '", '"\n  "', '" + \\\n "')
# What may stand around pieces, some of which makes a token of them.
SPLINTERS = st.sampled_from(
    (
        *('"', "'", "`", "\\", "\n", "\r\n", "(", ")", "[", "]", "{", "}", "${", "#{", "%s", "{}"),
        *(" + ", ", ", " = ", ".join(", '"".join([', "A", "B", "#", "//", "/*", "*/", "é", "😀"),
        *(HEAD, BODY, BODY[:9], f'A = "{HEAD}"\n', f'B = "{BODY}"\n', f'"{HEAD}"', f'"{BODY}"'),
        *(TOKENS[0].encode().hex(), base64.b64encode(TOKENS[0].encode()).decode(), "bnRuX", "%6E"),
        *("\\u006e", "\\x5f", "&#95;", "ntn\\_", "secret_", "\ud800", "\0"),
    )
)
TEXTS = st.lists(SPLINTERS, max_size=24).map("".join)


@given(TEXTS)
@settings(deadline=None, max_examples=500)
def test_whatever_a_text_holds_what_is_found_is_a_token_in_it(text: str) -> None:
    for finding in find_tokens(text):
        token = token_of(text, finding)
        assert [each.kind for each in find_plain(f"notion {token}")] == [finding.kind]
        assert all(0 <= span.start < span.end <= len(text) for span in finding.spans)


@given(TEXTS)
@settings(deadline=None, max_examples=300)
def test_what_is_written_out_is_not_found_in_another_way_too(text: str) -> None:
    plain = {finding.span for finding in find_tokens(text) if not finding.hidden}
    pieces = [span for each in find_tokens(text) if each.hidden for span in each.spans]
    assert not any(one.start < at.end and at.start < one.end for one in plain for at in pieces)


@pytest.mark.parametrize("joint", JOINTS)
@pytest.mark.parametrize("at", [*range(1, 49, 7), 46, 49])
def test_a_token_is_found_wherever_it_is_taken_apart(joint: str, at: int) -> None:
    whole = TOKENS[0]
    text = f'x = join("{whole[:at]}{joint}{whole[at:]}")'
    if joint[0] == "'":
        text = text.replace('"', "'")
    if at == 1:  # one letter alone is no beginning that anything could be told by
        assert find_tokens(text) == ()
        return
    [found] = find_tokens(text)
    assert token_of(text, found) == whole


@pytest.mark.parametrize("at", [40, 43, 45])
def test_pieces_that_are_nearly_a_token_are_not_taken_for_all_of_it(at: int) -> None:
    text = f'notion = "{HEAD}" + "{BODY[:at]}" + "{BODY[at:]}"'
    [found] = find_tokens(text)
    assert token_of(text, found) == TOKENS[0]


@given(st.text(string.printable, max_size=30), st.text(string.printable, max_size=30))
@settings(deadline=None)
def test_base64_is_found_whatever_stands_around_the_token_in_it(before: str, after: str) -> None:
    text = base64.b64encode(f"{before} {TOKENS[0]} {after}".encode()).decode()
    [found] = find_tokens(f'x = "{text}"')
    assert (found.encoding, found.span.end - found.span.start) == ("base64", len(text))


@pytest.mark.parametrize(
    ("written", "encoding"),
    [
        (TOKENS[0].encode().hex(), "hexadecimal"),
        (TOKENS[0].encode().hex().upper(), "hexadecimal"),
        ("".join(f"%{ord(each):02x}" for each in TOKENS[0]), "percent encoding"),
        ("".join(f"\\x{ord(each):02x}" for each in TOKENS[0]), "escapes"),
        ("".join(f"\\u{ord(each):04x}" for each in TOKENS[0]), "escapes"),
        ("".join(f"\\{ord(each):03o}" for each in TOKENS[0]), "escapes"),
        ("".join(f"&#{ord(each)};" for each in TOKENS[0]), "character references"),
    ],
)
def test_each_encoding_says_its_name_and_gives_the_token_back(written: str, encoding: str) -> None:
    [found] = find_tokens(f"x = '{written}'")
    assert (found.encoding, token_of(f"x = '{written}'", found)) == (encoding, TOKENS[0])


def test_a_cookie_that_is_only_escaped_for_a_url_is_written_out() -> None:
    [found] = find_tokens(f"token_v2={quote(TOKENS[2])}")
    assert not found.hidden


@pytest.mark.parametrize("cookie", [session_cookie(813), file_cookie(814)])
@pytest.mark.parametrize("written", [str, quote])
def test_a_cookie_in_base64_needs_no_name_beside_it(
    cookie: str, written: Callable[[str], str]
) -> None:
    text = base64.b64encode(written(cookie).encode()).decode()
    assert [token_of(text, each) for each in find_tokens(text)] == [written(cookie)]


@pytest.mark.parametrize(
    "code", [name for name, each in encodings.CODES.items() if "hex" in each.pattern.groupindex]
)
def test_a_code_stands_for_what_a_token_or_a_cookie_may_hold_alone(code: str) -> None:
    # A cookie has its colons in percent codes in any case.
    word = set(string.ascii_letters + string.digits + "_-." + ":" * (code != "percent encoding"))
    forms = [
        *(f"%{number:02x}" for number in range(256)),
        *(f"={number:02X}" for number in range(256)),
        *(f"\\x{number:02x}" for number in range(256)),
        *(f"\\{number:03o}" for number in range(256)),
        *(f"&#{number};" for number in range(256)),
    ]
    decoded = {encodings.decode(code, form) for form in forms} - set(forms)
    assert decoded == word


@pytest.mark.parametrize(
    "text",
    [
        '"ntn_",' * 5_000,
        'x = "ntn_" + p + "a"\n' * 2_000,
        "bnRuX" * 20_000,
        "%6E" * 20_000,
        "\\" * 50_000 + '"ntn_"',
        '"ntn_' + "(" * 50_000,
        'A = "ntn_"\n' + "x = A + A + A\n" * 2_000,
    ],
    ids=lambda text: text[:12],
)
def test_a_text_made_to_take_long_holds_nothing(text: str) -> None:
    assert find_tokens(text) == ()
