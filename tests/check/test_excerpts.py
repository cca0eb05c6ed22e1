from __future__ import annotations

import pytest
from token_factory import access_token, integration_token, old_session_cookie, session_cookie

from notion_lsp.check.excerpts import Excerpt, excerpts
from notion_lsp.detect.plain import find_plain
from notion_lsp.files import read_write
from notion_lsp.ignore.ignore_file import NOTHING, Ignored
from notion_lsp.ignore.review import review
from notion_lsp.positions import LineIndex, Origin

TOKENS = (access_token(31), integration_token(31), session_cookie(31), old_session_cookie(31))


def whole(data: bytes, ignored: Ignored = NOTHING) -> list[Excerpt]:
    content = read_write.decode_any(data)
    left = review(content.text, ignored)
    return list(excerpts(content.lines(), left.findings, left.every))


def test_a_long_line_is_not_kept() -> None:
    text = f"é{' ' * 10**6}{TOKENS[0]}{' ' * 10**6}"
    (found,) = excerpts(LineIndex(text), find_plain(text), find_plain(text))
    assert len(found.text) < 3000
    assert found.origin.line == 0
    assert LineIndex(found.text, found.origin).position(found.finding.span.start, "utf-8") == (
        0,
        10**6 + 2,
    )


def test_a_token_that_stands_at_the_edge_of_what_is_kept_is_kept_whole() -> None:
    text = " ".join(access_token(number) for number in range(100))
    for found in excerpts(LineIndex(text), find_plain(text), find_plain(text)):
        assert found.text.split() == [each.span.of(found.text) for each in found.tokens]


@pytest.mark.parametrize(
    ("before", "column"),
    [
        (b"caf\xe9 ", 5),
        (b"\xe9\xe8", 2),
        (b"\xe2\x82", 1),
        (b"\xf0\x9f\x98", 1),
        (b"\xf0\x9f\x98\x80", 2),
        (b"\xed\xa0\x80", 3),
        (b"\xc3\xa9\xc3", 2),
        (b"\xc0\xaf", 2),
        (b"\x80\x80\xff", 3),
        (b"a\0", 2),
    ],
)
def test_bytes_that_are_not_utf_8_take_the_columns_that_an_editor_gives_them(
    before: bytes, column: int
) -> None:
    (found,) = whole(b"\n" + before + b" " + TOKENS[0].encode())
    place = LineIndex(found.text, found.origin).position(found.finding.span.start, "utf-16")
    assert place == (1, column + 1)


def test_a_text_that_is_not_cut_begins_at_the_origin() -> None:
    (found,) = excerpts(LineIndex(TOKENS[0]), find_plain(TOKENS[0]), find_plain(TOKENS[0]))
    assert found.origin == Origin()
